"""Recovery: a respondent lost the private link and asks for a new one, which goes by mail only."""

from django.db import transaction
from django.utils import timezone

from consulta.core import addresses
from consulta.responses import letters, links, receipt
from consulta.responses.models import Response, ReturnLink


@transaction.atomic
def send_link(number: str, *, email: str) -> bool:
    """Mail a new private link for the response *number* if *email* is its sender's.

    An address that was never confirmed gets the confirmation mail instead, which has no word of the
    response. Returns whether they match; the page must not tell.
    """
    response = (
        Response.objects.select_related("consultation", "respondent").filter(number=number).first()
    )
    if response is None or not email or response.respondent.email.lower() != email.lower():
        return False
    if not response.respondent.confirmed:
        receipt.ask_again(response)
        return True
    token = links.give(response, ReturnLink.Purpose.RESPONDENT, now=timezone.now())
    path = addresses.mine(token, language=response.respondent.language)
    letters.write(response, "link", context={"mine_address": letters.link(path)}, secrets=[token])
    return True
