"""Our own private links in what people send us: never kept, never shown. The raw letter stays restricted."""

from django.conf import settings

from consulta.core import private_links


def left_out(text: str) -> str:
    """*text* without our private links and secret addresses; whoever quotes them does not publish them."""
    return private_links.left_out(
        text, base_url=settings.BASE_URL, mail_domain=settings.MAIL_DOMAIN
    )
