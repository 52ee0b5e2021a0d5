"""The story of one response, from its arrival on: every step, version, mail, citation, in one list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.accounts import queries as account_queries
from consulta.ledger import reading
from consulta.ledger import wording as ledger_words
from consulta.ledger.models import Entry
from consulta.mailroom import shelves
from consulta.mailroom import wording as mail_words
from consulta.reports import queries as report_queries
from consulta.responses import post as response_post
from consulta.responses import queries as response_queries
from consulta.responses.models import ModerationStep, Response, Version
from consulta.web.desk import arrivals, wording
from consulta.web.desk.arrivals import Happening

#: Acts of the respondent where no person of the office did them.
_OWN_ACTS = frozenset({"withdrawn"})
#: Entries of the ledger that tell what a step, a version or an appeal of the list tells better.
_TOLD = frozenset({"response_received", "version_received", "appeal_made", "appeal_decided"})
_STEPS = {
    "passage_redacted": "redacted",
    "file_asked_again": "file_asked",
    "form_asked_again": "form_asked",
}
#: An entry and the step of the same act are written at once.
_AT_ONCE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the story: whether mails about the response, and letters that came, may be opened."""

    mails: bool
    letters: bool


def told(response: Response, versions: Sequence[Version], reader: Reader) -> list[Happening]:
    """Everything that happened to *response*, the earliest first; eight queries at the most."""
    steps = response_queries.steps(response)
    found = [
        *arrivals.told(response, letters=reader.letters),
        *(_version(version) for version in versions if version.ordinal > 1),
        *(_step(step, response) for step in steps),
        *_entries(response, steps),
        *_mails(response, reader),
        *_appeal(response),
        *_citations(response),
    ]
    return sorted(found, key=lambda happening: happening.at)


def _version(version: Version) -> Happening:
    what = _("Version %(number)s received") % {"number": version.ordinal}
    return Happening(
        version.received_at, what, by=wording.by("respondent"),
        facts=(wording.screening(version.screening),),
    )  # fmt: skip


def _step(step: ModerationStep, response: Response) -> Happening:
    own = step.by is None and step.act in _OWN_ACTS
    by_rules = step.by is None and not own
    by = wording.by("respondent" if own else "rules") if step.by is None else str(step.by)
    version = step.version
    what = wording.step(step.act)
    if version is not None:
        what = _("Version %(number)s: %(what)s") % {"number": version.ordinal, "what": what}
    note = _rules(step.reason) if by_rules and not step.ground else step.reason
    return Happening(step.at, what, by=by, note=note, ground=arrivals.ground(response, step.ground))


def _rules(names: str) -> str:
    return "; ".join(wording.hold_reason(name) for name in names.split())


def _entries(response: Response, steps: Sequence[ModerationStep]) -> Iterator[Happening]:
    """What only the ledger tells: confirmations, signatures, mandates, translations, files."""
    entries = [e for e in reading.of(response) if e.act not in _TOLD and not _is_step(e, steps)]
    names = account_queries.named(pk for entry in entries if (pk := account(entry)))
    for entry in entries:
        by = names.get(account(entry), "") or wording.by(entry.by)
        yield Happening(entry.at, ledger_words.act(entry.act), by=by)


def _is_step(entry: Entry, steps: Sequence[ModerationStep]) -> bool:
    act = _STEPS.get(entry.act, entry.act.partition("_")[2])
    return any(step.act == act and abs(step.at - entry.at) < _AT_ONCE for step in steps)


def account(entry: Entry) -> int:
    """The id of the account that acted; 0 where it was none."""
    kind, _colon, pk = entry.by.partition(":")
    return int(pk) if kind == "user" and pk.isdecimal() else 0


def _mails(response: Response, reader: Reader) -> Iterator[Happening]:
    mails = response_post.about(response)
    bounces = shelves.bounces_of(mails)
    for mail in mails:
        href = reverse("desk:mail", args=[mail.pk]) if reader.mails else ""
        what = _("Mail written: %(subject)s") % {"subject": mail.subject}
        yield Happening(
            mail.created_at, what, by=wording.by("system"), href=href, note=mail.last_error,
            facts=(wording.mail(mail.state),),
        )  # fmt: skip
        bounce = bounces.get(mail.pk)
        if bounce is not None:
            what = _("Mail came back: %(subject)s") % {"subject": mail.subject}
            note = " ".join(dict.fromkeys(mail_words.outcomes(bounce)))
            yield Happening(bounce.arrived_at, what, href=href, note=note)


def _appeal(response: Response) -> Iterator[Happening]:
    made = response_queries.appeal_of(response)
    if made is None:
        return
    yield Happening(made.made_at, _("Appeal"), by=wording.by("respondent"), note=made.text)
    if made.decided_at is not None:
        what = _("Appeal upheld") if made.upheld else _("Appeal not upheld")
        yield Happening(made.decided_at, what, by=str(made.decided_by or ""), note=made.answer)


def _citations(response: Response) -> Iterator[Happening]:
    released = response.consultation.report_released_at
    if released is None:
        return
    for sentence in report_queries.cited_in([response]).get(response.number, []):
        what = _("Cited in the report")
        yield Happening(released, what, note=sentence.text)
