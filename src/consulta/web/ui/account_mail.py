"""Mails about an account: in our words, with the institution's name, in the reader's language."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from consulta.accounts.adapter import AccountAdapter
from consulta.groups import queries
from consulta.web.ui.languages import current


class NamedAccountAdapter(AccountAdapter):
    """Gives every mail the institution's name and address."""

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: Any = None,
    ) -> EmailMessage:
        """The mail; *name*, *address* and *login_address* stand in its templates."""
        body = queries.body()
        context |= {
            "name": queries.name(body, current()).text if body else "Consulta",
            "address": f"{settings.BASE_URL}/{current()}/",
            "login_address": f"{settings.BASE_URL}{reverse('account_login')}",
        }
        return super().render_mail(template_prefix, email, context, headers)
