"""The words for letters: what became of each one, and what is known of its sender, for the desk."""

from collections import defaultdict
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from consulta.mailroom import incoming
from consulta.mailroom.models import IncomingMail

KINDS: dict[str, Promise] = {
    IncomingMail.Kind.RESPONSE: pgettext_lazy("kind of mail", "Response"),
    IncomingMail.Kind.VERSION: pgettext_lazy("kind of mail", "New version"),
    IncomingMail.Kind.CONFIRMATION: pgettext_lazy("kind of mail", "Confirmation"),
    IncomingMail.Kind.ENQUIRY: pgettext_lazy("kind of mail", "Enquiry"),
    IncomingMail.Kind.SPAM: pgettext_lazy("kind of mail", "Spam"),
    IncomingMail.Kind.ROBOT: pgettext_lazy("kind of mail", "A program's mail"),
    IncomingMail.Kind.POST: pgettext_lazy("kind of mail", "Post to a list"),
    IncomingMail.Kind.COMMAND: pgettext_lazy("kind of mail", "Subscription to a list"),
    "": pgettext_lazy("kind of mail", "Not sorted yet"),
}
OUTCOMES: dict[str, Promise] = {
    "response": gettext_lazy("%(to)s: it is the response %(number)s."),
    "version": gettext_lazy("%(to)s: it is a new version of the response %(number)s."),
    "confirmed": gettext_lazy("%(to)s: it confirmed the sender of the response %(number)s."),
    "automatic": gettext_lazy("%(to)s: a program sent it (%(why)s); it was not answered."),
    "spam": gettext_lazy("%(to)s: a filter on its way called it spam; it was not answered."),
    "answer": gettext_lazy(
        "%(to)s: it confirms nothing, because the mail that it answers is not known or has "
        "expired, or because another address answered."
    ),
    "words": gettext_lazy(
        "%(to)s: it says more than a confirmation; read it, and answer it yourself."
    ),
    "closed": gettext_lazy(
        "%(to)s: it answers the receipt of %(number)s, which cannot be changed any more; answer it"
        " yourself."
    ),
    "not-taken": gettext_lazy(
        "%(to)s: the consultation takes no responses now; answer it yourself."
    ),
    "empty": gettext_lazy(
        "%(to)s: there are no words and no file in it; its sender was told. Look at the letter as it"
        " came."
    ),
    "failed": gettext_lazy("It could not be opened (%(why)s); the letter as it came is kept."),
    "enquiry": gettext_lazy("%(to)s: an enquiry; answer it yourself."),
    "enquiry about": gettext_lazy(
        "%(to)s: an enquiry about the response %(number)s; answer it yourself."
    ),
    "bounce": gettext_lazy("One of our mails came back: %(why)s"),
    "post": gettext_lazy("%(to)s: it is a post to the discussion list."),
    "subscription": gettext_lazy("%(to)s: it confirmed a subscription to the discussion list."),
    "left": gettext_lazy("%(to)s: it ended a subscription to the discussion list."),
    "command": gettext_lazy("%(to)s: it asked the discussion list about a subscription."),
    "suspended": gettext_lazy(
        "%(to)s: a post came back once too often; that subscription is suspended."
    ),
    "notice": gettext_lazy("%(to)s: a post came back; that was counted."),
    "delay": gettext_lazy("One of our mails is delayed, and is still tried: %(why)s"),
}
#: The results of SPF, DKIM, DMARC and ARC in the words of their standards (RFC 8601, section 2.7).
RESULTS: dict[str, Promise] = {
    "pass": gettext_lazy("holds"),
    "fail": gettext_lazy("does not hold"),
    "softfail": gettext_lazy("probably does not hold"),
    "neutral": gettext_lazy("says neither"),
    "none": gettext_lazy("says nothing"),
    "policy": gettext_lazy("holds, but is not accepted"),
    "temperror": gettext_lazy("could not be asked"),
    "permerror": gettext_lazy("cannot be read"),
}
#: How a letter is told to be a program's, as `reading.automatic` and `Opened.automatic` name it.
SIGNS = {
    "auto-submitted": gettext_lazy("it says so itself"),
    "precedence": gettext_lazy("it is marked as an automatic answer"),
    "x-autoreply": gettext_lazy("it is marked as an automatic answer"),
    "list-id": gettext_lazy("it came through a mailing list"),
    "report": gettext_lazy("it is the report of a mail server"),
    "x-failed-recipients": gettext_lazy("it is the report of a mail server"),
    "subject": gettext_lazy("its subject is that of an out-of-office notice"),
    "null-sender": gettext_lazy("it names no sender to answer"),
    "own": gettext_lazy("it comes from an address of ours"),
}


def outcomes(mail: IncomingMail) -> list[str]:
    """Say what became of *mail*, a sentence for each recipient."""
    return [_outcome(told) for told in incoming.outcomes(mail)]


def trust(told: dict[str, Any]) -> str:
    """Say in one sentence what is known of the sender."""
    words = {"domain": _isolated(str(told.get("domain", "")))}
    if not told:
        return _("Nothing was asked about its sender.")
    if told.get("proved"):
        return _("It comes from %(domain)s: that was checked.") % words
    if not told.get("by"):
        return _("Whether it comes from %(domain)s was not checked.") % words
    if told.get("policy") in ("reject", "quarantine"):
        return (
            _("It does not prove to come from %(domain)s, which asks not to believe such letters.")
            % words
        )
    return _("It does not prove to come from %(domain)s: the name may be borrowed.") % words


def checks(told: dict[str, Any]) -> list[tuple[str, str]]:
    """Each check that was made: its name, and what it found for which domain."""
    found = [
        ("SPF", told.get("spf"), told.get("spf_domain")),
        *(("DKIM", result, domain) for result, domain in told.get("dkim") or []),
        ("DMARC", told.get("dmarc"), told.get("domain")),
        ("ARC", told.get("arc"), told.get("arc_domain")),
    ]
    return [(name, _check(str(result), str(domain))) for name, result, domain in found if result]


def _check(result: str, domain: str) -> str:
    words = {"result": RESULTS.get(result, result), "domain": _isolated(domain)}
    return _("%(result)s (%(domain)s)") % words if domain else str(words["result"])


def _outcome(told: dict[str, str]) -> str:
    code = told["outcome"]
    if code == "enquiry" and told.get("number"):
        code = "enquiry about"
    if code == "bounce" and told.get("lasting") == "no":
        code = "delay"
    words = {key: _isolated(value) for key, value in told.items()}
    if code == "automatic":
        words["why"] = _signs(told.get("why", ""))
    return str(OUTCOMES.get(code, OUTCOMES["enquiry"])) % defaultdict(str, words)


def _signs(codes: str) -> str:
    """How a letter was told to be a program's: "auto-submitted, subject" in words, each once."""
    found = (str(SIGNS.get(code, code)) for code in codes.split(", "))
    return ", ".join(dict.fromkeys(found))


def _isolated(value: str) -> str:
    """An address or a number keeps its own direction inside a sentence from right to left."""
    return f"\u2068{value}\u2069" if get_language_bidi() else value
