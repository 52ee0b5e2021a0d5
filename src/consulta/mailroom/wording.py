"""The words for letters: what became of each one, for the desk."""

from django.utils.translation import gettext as _

from consulta.mailroom import incoming
from consulta.mailroom.models import IncomingMail


def outcomes(mail: IncomingMail) -> list[str]:
    """Say what became of *mail*, a sentence for each recipient."""
    return [_outcome(told) for told in incoming.outcomes(mail)]


def _outcome(told: dict[str, str]) -> str:
    words = {"to": told.get("to", ""), "number": told.get("number", ""), "why": told.get("why", "")}
    match told["outcome"]:
        case "response":
            return _("%(to)s: it is the response %(number)s.") % words
        case "confirmed":
            return _("%(to)s: it confirmed the sender of the response %(number)s.") % words
        case "automatic":
            return _("%(to)s: a program sent it (%(why)s); it was not answered.") % words
        case "answer":
            return (
                _(
                    "%(to)s: it confirms nothing, because the mail that it answers is not known or has "
                    "expired, or because another address answered."
                )
                % words
            )
        case "not-taken":
            return _("%(to)s: the consultation takes no responses now; answer it yourself.") % words
        case "post":
            return _("%(to)s: it is post %(number)s of the discussion list.") % words
        case "subscription" | "left" | "command":
            return _("%(to)s: it was about a subscription to the discussion list.") % words
        case "bounce" | "suspended" | "notice":
            return _("%(to)s: a copy of a post came back.") % words
        case "failed":
            return _("It could not be opened (%(why)s); the letter as it came is kept.") % words
    return _("%(to)s: an enquiry; answer it yourself.") % words
