"""What waits for a person, kind by kind: which rows, since when, of which consultation, and why.

Each row has four columns beside its own: `since` (instant), `place` (id of the consultation or null),
`way` (the channel's code) and `why` (codes, each in double quotes).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable, OuterRef, Subquery
from django.db.models.functions import Cast, Concat

from consulta.core.lifecycle import State
from consulta.core.submission import Channel
from consulta.flow.inbox.scope import Scope
from consulta.mailroom import incoming
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.reflector.models import Post
from consulta.reports import contest_queries
from consulta.reports.models import Contest
from consulta.repository.models import Practice
from consulta.responses import post as response_post
from consulta.responses import waiting
from consulta.responses.models import Response

APPEALS, HELD, RECEIVED, ACCEPTED = "appeals", "held", "received", "accepted"
VERSIONS, MARKS, FILES = "versions", "marks", "files"
LETTERS, POSTS, FAILED, PRACTICES = "letters", "posts", "failed", "practices"
CONTESTS = "contests"
#: The kinds whose rows are responses.
OF_RESPONSES = (APPEALS, HELD, RECEIVED, ACCEPTED, VERSIONS, MARKS, FILES)
#: Codes of `why` that no rule of screening knows.
UNCONFIRMED, UNOPENED = "sender_unconfirmed", "not_opened"
TO_READ, TO_ANSWER = "contest_to_read", "contest_to_answer"
_TEXT = TextField()
Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that waits: its rows with the four columns; *beside*: what a line shows of it."""

    kind: str
    rows: Callable[[Scope], Rows]
    beside: tuple[str, ...] = ()
    heavy: tuple[str, ...] = ()

    def whole(self, scope: Scope) -> Rows:
        """The rows with what a line shows, and without their long texts."""
        return self.rows(scope).select_related(*self.beside).defer(*self.heavy)


def _of_responses(kind: str, **columns: Combinable) -> Source:
    def rows(scope: Scope) -> Rows:
        usual = {"since": F("received_at"), "why": Cast("hold_reasons", _TEXT)} | columns
        mine = waiting.rows(kind).filter(scope.responses.condition("consultation__group"))
        found: Rows = mine.annotate(place=F("consultation_id"), way=F("channel"), **usual)
        return found

    return Source(kind, rows, beside=("respondent",))


def _newest(column: str) -> Subquery:
    """A column of the new version that waits."""
    versions = waiting.new_versions().filter(response=OuterRef("pk")).order_by("-ordinal")
    return Subquery(versions.values(column)[:1])


def _letters(scope: Scope) -> Rows:
    mails = IncomingMail.objects.filter(state__in=incoming.FOR_A_PERSON)
    quoted = Concat(Value('"'), F("kind"), Value('"'), output_field=_TEXT)
    failed = When(state=IncomingMail.State.FAILED, then=Value(f'"{UNOPENED}"'))
    found: Rows = _everywhere(mails, seen=scope.mails.body).annotate(
        since=F("arrived_at"),
        way=_code(Channel.EMAIL),
        why=Case(failed, default=quoted, output_field=_TEXT),
    )
    return found


def _failed(scope: Scope) -> Rows:
    groups = scope.mails.groups
    mails = response_post.placed() if scope.mails.body else response_post.of_groups(groups)
    about = Response.objects.filter(pk=OuterRef("response_pk"))
    found: Rows = mails.filter(state=OutgoingMail.State.FAILED).annotate(
        since=F("created_at"),
        place=Subquery(about.values("consultation_id")[:1]),
        way=_code(Channel.EMAIL),
        why=_code(""),
    )
    return found


def _posts(scope: Scope) -> Rows:
    held = Post.objects.filter(scope.posts.condition("list__group"), state=Post.State.HELD)
    found: Rows = held.annotate(
        since=F("arrived_at"),
        place=F("space__consultation_id"),
        way=_code(Channel.REFLECTOR),
        why=_code(""),
    )
    return found


def _practices(scope: Scope) -> Rows:
    waits = Practice.objects.filter(state=Practice.State.RECEIVED)
    found: Rows = _everywhere(waits, seen=scope.practices).annotate(
        since=F("submitted_at"), way=_code(Channel.WEB), why=_code("")
    )
    return found


def _contests(scope: Scope) -> Rows:
    waits = contest_queries.unanswered().filter(scope.responses.condition("consultation__group"))
    unread = When(state=Contest.State.RECEIVED, then=Value(f'"{TO_READ}"'))
    found: Rows = waits.annotate(
        since=F("received_at"),
        place=F("consultation_id"),
        way=_code(Channel.WEB),
        why=Case(unread, default=Value(f'"{TO_ANSWER}"'), output_field=_TEXT),
    )
    return found


def _everywhere(rows: Rows, *, seen: bool) -> Rows:
    """Rows of no consultation, which are seen by whoever works for the whole body."""
    place = Value(None, output_field=IntegerField(null=True))
    found: Rows = (rows if seen else rows.none()).annotate(place=place)
    return found


def _code(code: str) -> Value:
    return Value(str(code), output_field=_TEXT)


#: Every kind, in the order in which two that wait since the same instant are listed.
SOURCES: dict[str, Source] = {
    source.kind: source
    for source in (
        _of_responses(APPEALS, since=F("appeal__made_at"), why=_code("")),
        _of_responses(str(State.HELD)),
        _of_responses(str(State.RECEIVED), why=_code(f'"{UNCONFIRMED}"')),
        _of_responses(str(State.ACCEPTED)),
        _of_responses(
            VERSIONS, since=_newest("received_at"), why=Cast(_newest("hold_reasons"), _TEXT)
        ),
        _of_responses(MARKS, why=_code("")),
        _of_responses(FILES, why=_code("")),
        Source(LETTERS, _letters, heavy=("trust",)),
        Source(POSTS, _posts, beside=("response", "root__response"), heavy=("text",)),
        Source(FAILED, _failed, heavy=("raw", "masked_text")),
        Source(PRACTICES, _practices, heavy=("text",)),
        Source(CONTESTS, _contests, beside=("consultation",)),
    )
}
