"""What follows a document: revisions, addenda, corrigenda. Each is a document with files of its own.

A revision takes the place of a document and may itself be revised; an addendum adds to it; a
corrigendum corrects it, or an addendum. An addendum is corrected, not revised: numbers tell which
document a revision is of, and none could tell that.
"""

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups.permissions import Act
from consulta.meetings import numbering
from consulta.meetings.documents import (
    DocumentError,
    NotPostedError,
    allow,
    give_number,
    keep,
    renewed,
)
from consulta.meetings.models import Document

_KIND = Document.Kind
#: What each kind of document can be followed by.
FOLLOWED_BY: dict[str, frozenset[str]] = {
    _KIND.ORIGINAL: frozenset({_KIND.REVISION, _KIND.ADDENDUM, _KIND.CORRIGENDUM}),
    _KIND.REVISION: frozenset({_KIND.REVISION, _KIND.ADDENDUM, _KIND.CORRIGENDUM}),
    _KIND.ADDENDUM: frozenset({_KIND.CORRIGENDUM}),
    _KIND.CORRIGENDUM: frozenset(),
}
_FIELDS = {_KIND.REVISION: "r", _KIND.ADDENDUM: "a", _KIND.CORRIGENDUM: "c"}


class CannotFollowError(DocumentError):
    """An addendum or a corrigendum cannot be followed by this: follow the document itself."""


class NotInGrammarError(DocumentError):
    """The body's numbers have no such part: change the pattern of the numbers first."""


class SupersededError(DocumentError):
    """A later revision stands: follow that one. *number*: of the latest revision."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@transaction.atomic
def post(made: Document, *, of: Document, kind: str, language: str, by: User | None) -> Document:
    """Post *made* as the next revision, addendum or corrigendum *of* a posted document, now.

    Raises WithdrawnError, NotPostedError, CannotFollowError, SupersededError, NotInGrammarError.
    """
    allow(by, Act.DELIVER, of.meeting)
    _place(made, of=of, kind=kind, language=language)
    made.posted_at = timezone.now()
    return keep(made, "document_posted", by=by)


@transaction.atomic
def reserve(made: Document, *, of: Document, kind: str, language: str, by: User | None) -> Document:
    """Give *made* the number of the next revision, addendum or corrigendum *of* a posted document.

    Raises what :func:`post` raises.
    """
    allow(by, Act.EDIT_REPORT, of.meeting)
    _place(made, of=of, kind=kind, language=language)
    made.reserved_at = timezone.now()
    return keep(made, "document_numbered", by=by)


def possible(document: Document) -> list[str]:
    """Return the kinds that can follow *document* by the body's grammar, in their order."""
    if document.withdrawn_at is not None or document.posted_at is None:
        return []
    grammar = numbering.grammar(document.meeting, document.series)
    allowed = FOLLOWED_BY[document.kind]
    return [k.value for k, name in _FIELDS.items() if k in allowed and grammar.can_write(name)]


def _place(made: Document, *, of: Document, kind: str, language: str) -> None:
    """Write into *made* whom it follows and the next number."""
    standing = renewed(of)
    if standing.posted_at is None:
        raise NotPostedError
    if kind not in FOLLOWED_BY[standing.kind]:
        raise CannotFollowError
    if not numbering.grammar(standing.meeting, standing.series).can_write(_FIELDS[_KIND(kind)]):
        raise NotInGrammarError
    made.meeting, made.sequence = standing.meeting, standing.sequence
    made.sort, made.series = standing.sort, standing.series
    made.kind, made.of = kind, standing
    if kind == _KIND.REVISION:
        made.revision = _next_revision(standing)
    else:
        made.revision, made.addendum = standing.revision, standing.addendum
        setattr(made, kind, _last(standing, kind) + 1)
    give_number(made, language=language)


def _next_revision(standing: Document) -> int:
    """The latest state alone is revised, so that there is one line of revisions."""
    whole = _of_one_number(standing).filter(addendum=0, corrigendum=0)
    last = whole.order_by("revision").last()
    if last is not None and last.pk != standing.pk and last.withdrawn_at is None:
        raise SupersededError(last.number)
    return (last.revision if last else 0) + 1


def _last(standing: Document, kind: str) -> int:
    same = _of_one_number(standing).filter(revision=standing.revision)
    if kind == _KIND.CORRIGENDUM:
        same = same.filter(addendum=standing.addendum)
    return int(same.aggregate(last=Max(kind))["last"] or 0)


def _of_one_number(standing: Document) -> QuerySet[Document]:
    """The document and everything that follows it."""
    return Document.objects.filter(
        meeting=standing.meeting, series=standing.series, sequence=standing.sequence
    )
