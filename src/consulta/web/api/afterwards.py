"""What follows a report, for machines: the brief summary, and the contests with their answers."""

from dataclasses import asdict
from datetime import date, datetime

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.decorators import decorate_view

from consulta.reports import (
    contest_clock,
    contest_marks,
    contest_queries,
    queries,
    released,
    summary_queries,
)
from consulta.reports.contest_clock import Window
from consulta.reports.models import Agreement, Contest, Edition, GroupDiscussion
from consulta.responses import naming
from consulta.responses.queries import CursorMistypedError
from consulta.web.api import telling
from consulta.web.api.consultations import cursor_mistyped, the_consultation
from consulta.web.api.door import READ, began, speaking
from consulta.web.ui.finished import finished

router = Router()
Json = dict[str, object]


class SummaryFile(Schema):
    """One file of the text: the very bytes that lie before the group."""

    name: str
    media_type: str
    size: int
    sha256: str
    url: str


class SummaryEdition(Schema):
    """The text, or a translation of it: *status* is null for the text that was put."""

    language: str
    edition: int
    content_sha256: str
    status: str | None
    files: list[SummaryFile]


class Taken(Schema):
    """What the group did at one meeting: discussed, in_part or not_discussed."""

    status: str
    meeting: str
    on: date
    agenda_item: str
    note: str
    language: str


class Summary(Schema):
    """A brief summary and what those present said to it.

    *outcome*: agreed, reservations, not_agreed. *void_since*: the text was edited after that.
    """

    consultation: str
    outcome: str
    how: str
    put_by: str
    at: datetime
    agreed_by: str
    reservations: str
    views: str
    language: str
    content_sha256: str
    void_since: datetime | None
    editions: list[SummaryEdition]
    carried_at: datetime | None
    document: str | None
    record: str | None
    discussions: list[Taken]


class SummaryOf(Schema):
    """The summary of a consultation; null while nothing is on record."""

    summary: Summary | None


class ContestShape(Schema):
    """One contest. *text* and *name* are null unless it is published; *verdict* null if declined."""

    number: str
    url: str
    state: str
    received_at: datetime
    edition: int
    edition_language: str
    passage: str | None
    quote: str | None
    text: str | None
    language: str | None
    name: str | None
    ground: str | None
    answer_due_on: date
    outcome: str | None
    answer: str | None
    answer_language: str | None
    answered_at: datetime | None
    verdict: dict[str, str | int | None] | None


class Contests(Schema):
    """The window of the report that is read now, the sums, and a page of every contest from its arrival.

    *next*: the cursor of the next page.
    """

    stand: str
    opened_at: datetime | None
    closes_at: datetime | None
    counts: dict[str, int]
    items: list[ContestShape]
    next: str | None


@router.api_operation(READ, "/consultations/{slug}/summary", response=SummaryOf)
@decorate_view(finished(shows="pages", query=("lang",)))
def summary(request: HttpRequest, slug: str, lang: str = "en") -> Json:
    """Show the brief summary, what those present said to it, and what the group did."""
    found = the_consultation(request, slug)
    shown = summary_queries.shown(found)
    if shown is None:
        return {"summary": None}
    kept = shown.summary
    editions = [
        (shown.agreement.edition, None),
        *((t.edition, t.status) for t in shown.translations),
    ]
    with speaking(lang):
        return {
            "summary": _said(shown.agreement)
            | {
                "consultation": found.slug,
                "editions": [_edition(edition, status) for edition, status in editions],
                "carried_at": kept.carried_at,
                "document": kept.document.number if kept.document else None,
                "record": kept.record.number if kept.record else None,
                "discussions": [_taken(row) for row in shown.discussions],
            }
        }


@router.api_operation(READ, "/consultations/{slug}/contests", response=Contests)
@decorate_view(finished(shows="register", query=("lang", "after")))
def contests(request: HttpRequest, slug: str, lang: str = "en", after: str = "") -> Json:
    """Show the right to contest, and every contest of the report with its answer, 50 to a page."""
    found, now = the_consultation(request, slug), began(request)
    edition = released.to_read(queries.released(found), lang)
    window: Window = contest_clock.window(found, edition, now)
    sums = contest_queries.counts(found)
    try:
        page = contest_queries.register(found, after=after or None)
    except CursorMistypedError as error:
        raise cursor_mistyped() from error
    with speaking(lang):
        items = [_contest(row, now) for row in page.items]
    return {
        "stand": window.stand.value,
        "opened_at": window.opened_at,
        "closes_at": window.closes_at,
        "counts": asdict(sums),
        "items": items,
        "next": page.next,
    }


def _said(agreed: Agreement) -> Json:
    names = ("outcome", "how", "put_by", "at", "agreed_by", "reservations", "views", "language",
             "content_sha256")  # fmt: skip
    return {name: getattr(agreed, name) for name in names} | {"void_since": agreed.voided_at}


def _edition(edition: Edition, status: str | None) -> Json:
    return {
        "language": edition.language,
        "edition": edition.ordinal,
        "content_sha256": edition.content_sha256,
        "status": status,
        "files": [
            {
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
                "url": telling.page("public:edition_file", edition.pk, file.name),
            }
            for file in edition.files.all()
        ],
    }


def _taken(row: GroupDiscussion) -> Json:
    names = ("status", "on", "agenda_item", "note", "language")
    return {name: getattr(row, name) for name in names} | {"meeting": row.meeting.slug}


def _contest(row: Contest, now: datetime) -> Json:
    is_public = row.state == Contest.State.PUBLISHED
    verdict = contest_clock.verdict(row, now)
    quote = "" if row.edition.restricted_at else row.quote
    return {
        "number": row.number,
        "url": telling.page("public:contest", row.number),
        "state": row.state,
        "received_at": row.received_at,
        "edition": row.edition.ordinal,
        "edition_language": row.edition.language,
        "passage": row.passage or None,
        "quote": quote or None,
        "text": contest_marks.public(row) if is_public else None,
        "language": row.language if is_public else None,
        "name": (naming.public(row.contester).name or None) if is_public else None,
        "ground": row.ground or None,
        "answer_due_on": row.answer_due_on,
        "outcome": row.outcome or None,
        "answer": row.answer or None,
        "answer_language": row.answer_language or None,
        "answered_at": row.answered_at,
        "verdict": {"status": verdict.status.value, "days": verdict.days} if verdict else None,
    }
