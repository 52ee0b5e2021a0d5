"""The members' side: the meetings of one's groups, their documents, and each meeting as one package."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.groups import permissions
from consulta.groups import queries as groups
from consulta.groups.permissions import Act
from consulta.meetings import queries, wording
from consulta.meetings.models import Document, Meeting
from consulta.web.members.doors import at_meeting, member
from consulta.web.members.package import Entry, entries, packed
from consulta.web.ui import downloads
from consulta.web.ui.languages import current
from consulta.web.ui.parts import File, Link


@require_safe
@member
def home(request: HttpRequest) -> HttpResponse:
    """The reader's groups and their meetings, the latest first."""
    language = current()
    mine = [
        (
            groups.name(group, language),
            [(m, wording.name(m, language)) for m in queries.of_group(group)],
        )
        for group in permissions.groups_of(request.user, Act.SEE_RESTRICTED)
    ]
    return render(request, "members/home.html", {"groups": mine} | _sides())


@require_safe
@at_meeting
def meeting(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Every document of one meeting that members have, each with its files."""
    language = current()
    documents = [_shown(document, language) for document in queries.for_members(found)]
    name = wording.name(found, language)
    crumbs = [Link(label=_("Members"), href=reverse("members:home")), Link(label=name.text)]
    context = {"meeting": found, "name": name, "documents": documents, "crumbs": crumbs}
    return render(request, "members/meeting.html", context | _sides())


@require_safe
@member
def document_file(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """Stream one file of a document to a member of the meeting's group."""
    try:
        document = queries.document(pk)
    except Document.DoesNotExist as error:
        raise Http404 from error
    if document.audience == Document.Audience.DESK or not queries.may_read(document, request.user):
        raise Http404
    for file in document.files:
        if file["name"] == name:
            kind = str(file.get("media_type", ""))
            return downloads.download(file["path"], name=name, media_type=kind)
    raise Http404


@require_safe
@at_meeting
def package(_request: HttpRequest, found: Meeting) -> StreamingHttpResponse:
    """The whole meeting as one archive, written while it is sent."""
    held: list[Entry] = entries(queries.for_members(found))
    response = StreamingHttpResponse(packed(held), content_type="application/zip")
    name = f"{found.slug}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _shown(document: Document, language: str) -> dict[str, object]:
    title = queries.title(document, language)
    return {
        "title": title.text,
        "lang": title.language,
        "on": document.posted_at,
        "note": _note(document),
        "files": [
            File(
                href=reverse("members:document_file", args=[document.pk, file["name"]]),
                format=str(file["name"]).rpartition(".")[2].upper(),
                language=file.get("language", ""),
                size=file.get("size"),
            )
            for file in document.files
        ],
    }


def _note(document: Document) -> str:
    """Number, audience, and whether it was withdrawn."""
    said = f"{document.number} · {document.get_audience_display()}"
    return f"{said} · {_('Withdrawn')}" if document.withdrawn_at else said


def _sides() -> dict[str, object]:
    home_link = Link(label=_("Groups and meetings"), href=reverse("members:home"))
    return {"side_sections": [("", [home_link])], "side_label": _("Members")}
