"""A published agenda becomes a document of its meeting: numbered first, then laid out, then posted.

In one language at a time; another language of the same agenda joins the document, a changed agenda is
a revision of it. A try that was cut short is taken up again under the same number.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from consulta.accounts.models import User
from consulta.core.languages import LANGUAGES, django_code
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.mailroom import spool
from consulta.meetings import documents, following, numbering
from consulta.meetings.agenda import AgendaError
from consulta.meetings.models import AgendaPaper, Document, Meeting
from consulta.reports import agenda_paper
from consulta.reports.renderers.render import MEDIA_TYPES, render

FOLDER = "agendas"


class NotPublishedError(AgendaError):
    """Publish the agenda first: what is a document has readers."""


class StandsAlreadyError(AgendaError):
    """The agenda as it is stands in this language already. *number*: of the document."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


def post(meeting: Meeting, *, language: str, by: User) -> Document:
    """Post the agenda of *meeting* in *language* as PDF and DOCX among its documents.

    Raises NotAllowedError, NotPublishedError, StandsAlreadyError, LayoutFailedError, SpoolFullError.
    """
    permissions.require(by, Act.DELIVER, meeting.group)
    row = _numbered(meeting, language, by=by)
    files = _files(meeting, row.document, language)
    with transaction.atomic():
        document = Document.objects.get(pk=row.document_id)
        if document.posted_at is None:
            return documents.post_reserved(row.document, files, by=by)
        return documents.add_language(document, files, language=language, by=by)


def latest(meeting: Meeting) -> AgendaPaper | None:
    """Return the agenda as it was last made a document, if ever."""
    rows = AgendaPaper.objects.filter(meeting=meeting, document__withdrawn_at__isnull=True)
    return rows.select_related("document__meeting__group").last()


def is_current(row: AgendaPaper) -> bool:
    """Say whether the agenda still says what *row* says."""
    return row.words_sha256 == _hash(row.meeting)


@transaction.atomic
def _numbered(meeting: Meeting, language: str, *, by: User) -> AgendaPaper:
    """The paper whose number the files will carry: the one that stands, or a new one."""
    standing = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if not standing.agenda_audience:
        raise NotPublishedError
    last, words = latest(meeting), _hash(meeting)
    if last is not None and last.document.posted_at is None:
        last.words_sha256 = words
        last.save(update_fields=["words_sha256"])
        return last
    if last is not None and last.words_sha256 == words:
        if documents.had_language(last.document, language):
            raise StandsAlreadyError(last.document.number)
        return last
    made = _document(meeting)
    _reserve(made, last, language, by=by)
    row = AgendaPaper(meeting=meeting, document=made, words_sha256=words, made_by=by)
    row.made_at = timezone.now()
    row.full_clean()
    row.save()
    return row


def _reserve(made: Document, last: AgendaPaper | None, language: str, *, by: User) -> None:
    """As a revision of the agenda before, where the body's numbers have revisions."""
    revision = Document.Kind.REVISION
    if last is not None and revision in following.possible(last.document):
        following.reserve(made, of=last.document, kind=revision, language=language, by=by)
    else:
        documents.reserve(made, language=language, by=by)


def _document(meeting: Meeting) -> Document:
    titles = {}
    for code in LANGUAGES:
        with translation.override(django_code(code)):
            titles[code] = _("Agenda")
    return Document(
        meeting=meeting,
        titles=titles,
        source="Secretariat",
        audience=Document.Audience(meeting.agenda_audience),
        sort=Document.Sort.ADMINISTRATIVE,
    )


def _files(meeting: Meeting, document: Document, language: str) -> list[dict[str, Any]]:
    """Laid out in processes of their own, then kept on the disk before any row names them."""
    number = numbering.number_in(document, language)
    paper = agenda_paper.draw_up(
        meeting, language=language, at=timezone.now(), number=number, member=_for_members(meeting)
    )
    found = []
    for kind in ("pdf", "docx"):
        made = render(paper, kind)[0]
        kept = spool.keep([made.data], folder=FOLDER)
        found.append(
            {
                "name": made.name,
                "path": kept.path,
                "sha256": kept.sha256,
                "size": kept.size,
                "media_type": MEDIA_TYPES[kind],
                "language": language,
            }
        )
    return found


def _hash(meeting: Meeting) -> str:
    return agenda_paper.sha256(meeting, member=_for_members(meeting))


def _for_members(meeting: Meeting) -> bool:
    """A document for everyone holds no item that members alone have."""
    return meeting.agenda_audience == Meeting.AgendaAudience.MEMBERS
