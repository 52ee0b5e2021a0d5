"""Letters to signatories, each in their own language. None carries a word of the response."""

from typing import Any

from consulta.core import addresses
from consulta.responses import letters, sharing_letters
from consulta.responses.models import Signatory
from consulta.responses.sharing_letters import Letter


def ask(signatory: Signatory, token: str, *, letter: str = "sign_ask") -> None:
    """Mail the button; *letter* says whether it is the first time or for a new version."""
    _post(letter, signatory, token)


def signed(signatory: Signatory, token: str) -> None:
    """Mail the receipt of the signature, with the link that withdraws it."""
    _post("sign_receipt", signatory, token)


def _post(template: str, signatory: Signatory, token: str) -> None:
    response, language = signatory.response, signatory.language
    letter = Letter(template, signatory.email, language, signatory, (token,))
    words: dict[str, Any] = {
        "signatory": signatory,
        "number": response.number,
        "sender": sender(signatory),
        "sign_address": letters.link(addresses.sign(token, language=language)),
        "response_address": letters.link(addresses.response(response.number, language=language)),
    }
    sharing_letters.post(letter, sharing_letters.about(response.consultation, language) | words)


def sender(signatory: Signatory) -> str:
    """Who sent the response, as a mail to a stranger may say it: no addresses of pages in it."""
    respondent = signatory.response.respondent
    name = respondent.organisation_name or respondent.name
    return "" if any(sign in name.lower() for sign in ("@", "://", "www.")) else name
