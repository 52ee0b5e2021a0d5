"""How a response came: by which channel, which instant counts and why, and the letters about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.consultations import applied, rule_wording, terms
from consulta.core.multilingual import Text, choose
from consulta.core.regime import PaperCounts
from consulta.core.submission import Channel
from consulta.mailroom import books
from consulta.mailroom import wording as mail_words
from consulta.mailroom.models import IncomingMail
from consulta.responses.models import Response
from consulta.web.desk import wording
from consulta.web.ui import languages, words
from consulta.web.ui.templatetags.ui import written

PAPER, _MAIL = "paper", "mailroom.incomingmail:"
_DAY = re.compile(r"(arrived|postmark) (\d{4}-\d\d-\d\d)")
_ROW = re.compile(r"import \S+ row (\d+)")
WAYS: dict[str, Promise] = {
    PAPER: gettext_lazy("It came on paper."),
    "mail": gettext_lazy("It came by e-mail to an officer."),
    "floor": gettext_lazy("It was handed over at a meeting."),
}
#: Which instant counts, by how a letter reached us.
BY_MAIL: dict[str, Promise] = {
    "smtp": gettext_lazy("What counts is the instant at which our mail server took the last byte."),
    "lmtp": gettext_lazy("What counts is the instant at which the mail server before ours handed it over."),
    "imap": gettext_lazy("What counts is the instant at which the mailbox's own server took it, not when we"
                         " fetched it."),
    "webhook": gettext_lazy("What counts is the instant at which the mail provider handed it over."),
}  # fmt: skip
#: And by every other channel.
BY_CHANNEL: dict[str, Promise] = {
    Channel.WEB: gettext_lazy("What counts is the instant at which our server had the whole form."),
    Channel.API: gettext_lazy("What counts is the instant at which our server had the whole request."),
    Channel.EMAIL: gettext_lazy("What counts is the instant at which a mail server took it for us."),
    Channel.REFLECTOR: gettext_lazy("What counts is the instant at which it reached the discussion list."),
    Channel.IMPORT: gettext_lazy("What counts is the day in the table, else the instant of the import."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: when, what, by whom; *note* in somebody's own words; *href*: where it
    is to be read; *ground*: of the published list; *facts*: short words on how it stands."""

    at: datetime
    what: str
    by: str = ""
    note: str = ""
    href: str = ""
    ground: Text | None = None
    facts: tuple[str, ...] = ()


def told(response: Response, *, letters: bool) -> Iterator[Happening]:
    """The arrival, and the later letters that name the response. *letters*: they may be opened."""
    source = _mail_of(response)
    href = reverse("desk:letter", args=[source.pk]) if source and letters else ""
    what = _("Arrived: %(channel)s") % {"channel": words.channel(response.channel)}
    facts = [wording.hold_reason("late")] if response.late else []
    by = str(response.entered_by) if response.entered_by else wording.by("respondent")
    yield Happening(
        response.received_at, what, by=by, note=counts(response, source), href=href,
        facts=tuple(facts),
    )  # fmt: skip
    for mail in books.naming(response.number):
        if source is None or mail.pk != source.pk:
            yield _letter(mail, letters=letters)


def counts(response: Response, mail: IncomingMail | None) -> str:
    """Say which instant counts for *response*, and why."""
    if response.channel == Channel.DESK:
        return _at_desk(response)
    if response.channel == Channel.IMPORT and "postmark" in days(response.source_id):
        return _dated(response, terms.paper_counts(response.consultation))
    via = books.via(mail) if mail else ""
    return str(BY_MAIL.get(via) or BY_CHANNEL.get(response.channel) or "")


def days(source: str) -> dict[str, date]:
    """The days of `arrived` and `postmark` that an officer entered."""
    return {name: date.fromisoformat(day) for name, day in _DAY.findall(source)}


def how(response: Response) -> str:
    """How it came, where an officer entered it or brought a table; empty for every other channel."""
    if response.channel == Channel.DESK:
        reference = "; ".join(p for p in _parts(response)[1:] if not _DAY.fullmatch(p))
        said = str(WAYS.get(_parts(response)[0], ""))
        return f"{said} {_('Reference: %(words)s') % {'words': reference}}" if reference else said
    row = _ROW.match(response.source_id)
    return _("Row %(row)s of a table that was brought in.") % {"row": row[1]} if row else ""


def ground(response: Response, slug: str) -> Text | None:
    """A ground of the published list in the page's language; None where there is none."""
    grounds = {g.slug: g.text for g in applied.present(response.consultation.procedure).grounds}
    return choose(grounds[slug], languages.current()) if slug in grounds else None


def _parts(response: Response) -> list[str]:
    return response.source_id.split("; ")


def _at_desk(response: Response) -> str:
    """The days that an officer entered, and which of them counts."""
    way, kept = _parts(response)[0], days(response.source_id)
    rule = terms.paper_counts(response.consultation) if way == PAPER else PaperCounts.ARRIVAL
    if "postmark" not in kept:
        rule = PaperCounts.ARRIVAL
    return f"{WAYS.get(way, '')} {_dated(response, rule)}".strip()


def _dated(response: Response, rule: PaperCounts) -> str:
    """The days that are kept with *response*, and which of them counts."""
    named = {"arrived": _("Reached the office on %(day)s."), "postmark": _("Postmark of %(day)s.")}
    kept = days(response.source_id)
    said = [named[name] % {"day": written(day)} for name, day in kept.items()]
    return " ".join([*said, str(rule_wording.PAPER[rule])])


def _mail_of(response: Response) -> IncomingMail | None:
    pk = response.source_id.removeprefix(_MAIL)
    if not response.source_id.startswith(_MAIL) or not pk.isdecimal():
        return None
    try:
        return books.letter(int(pk))
    except IncomingMail.DoesNotExist:
        return None


def _letter(mail: IncomingMail, *, letters: bool) -> Happening:
    what = _("Mail came: %(kind)s") % {"kind": mail_words.KINDS[mail.kind]}
    href = reverse("desk:letter", args=[mail.pk]) if letters else ""
    return Happening(mail.arrived_at, what, by=mail.sender, href=href)
