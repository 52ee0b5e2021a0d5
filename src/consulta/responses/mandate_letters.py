"""The letter to an organisation's focal point. It carries no word of the response."""

from typing import Any

from consulta.core import addresses
from consulta.responses import letters, sharing_letters
from consulta.responses.models import MandateRequest
from consulta.responses.sharing_letters import Letter


def ask(request: MandateRequest, token: str) -> None:
    """Ask whether the response speaks for the organisation."""
    response = request.response
    language = response.respondent.language
    words: dict[str, Any] = {
        "number": response.number,
        "organisation": request.organisation.name,
        "mandate_address": letters.link(addresses.mandate(token, language=language)),
        "expires_at": request.expires_at,
    }
    letter = Letter("mandate_ask", request.email, language, response, (token,))
    sharing_letters.post(letter, sharing_letters.about(response.consultation, language) | words)
