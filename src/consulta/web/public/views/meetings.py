"""A meeting: dates, mode, what it settled, its documents, and the consultations that hang on it."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consulta.consultations import queries as consultations
from consulta.core.multilingual import Text, choose
from consulta.groups import members
from consulta.groups import queries as groups
from consulta.groups.permissions import AnyUser
from consulta.live.captions import queries as captions
from consulta.meetings import agenda_lines, agenda_queries, queries, reading, wording
from consulta.meetings.models import Document, Meeting
from consulta.web.public import stored
from consulta.web.public.moment import began
from consulta.web.public.registration import shown as registration
from consulta.web.public.shown import consultations as shown
from consulta.web.public.shown import extra as extra_shown
from consulta.web.public.shown import meetings as meetings_shown
from consulta.web.ui import agendas
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=())
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one meeting; documents by what the reader may see."""
    try:
        found = queries.by_slug(slug)
    except Meeting.DoesNotExist as error:
        raise Http404 from error
    language, reader = current(), _reader(request)
    hanging = consultations.of_meetings([found], began(request))
    documents = queries.documents(found, reader)
    held = meetings_shown.with_outcomes([found], language)[0]
    readable = queries.readable(found, documents, reader)
    context = {
        "meeting": found,
        "held": held,
        "extra": extra_shown.of_meeting(found, language),
        "parts": list(found.parts.all()),
        "hours": wording.hours(found),
        "practical": choose(found.practical, language),
        "group": groups.name(found.group, language) if found.group else None,
        "moves": queries.moves(found),
        "is_live": bool(captions.public_of(found)),
        "registration": registration.place(found, began(request)),
        "participation": registration.figures(found),
        "consultations": [(c, consultations.topic(c, language), shown.address(c)) for c in hanging],
        "documents": [(d, queries.title(d, language), d.pk in readable) for d in documents],
    }
    if agenda_queries.may_see(found, reader):
        member = members.sees(reader, found.group)
        context |= _agenda(found, documents, held, member=member)
    return render(request, "public/meeting.html", context)


def _agenda(
    found: Meeting, documents: Sequence[Document], held: meetings_shown.Held, *, member: bool
) -> dict[str, object]:
    """The agenda as everyone sees it: minutes are for members, whose page has them."""
    settled: dict[int, list[Text]] = {}
    for outcome in held.outcomes:
        if outcome.decision.item_id is not None:
            settled.setdefault(outcome.decision.item_id, []).append(outcome.text)
    listed, language = agenda_queries.shown(found, documents, member=member), current()
    changes = agenda_queries.changes(found, member=member)
    return {
        "agenda": agenda_lines.lines(
            listed,
            language,
            address=lambda document: f"#document-{document.pk}",
            settled=settled,
            minutes=False,
            beside=agenda_lines.Beside(asked=agendas.asked(listed, language)),
        ),
        "changes": agenda_lines.changed(changes, language, minutes=False),
    }


def document_file(request: HttpRequest, pk: int, name: str) -> FileResponse:
    """Stream a file of a document to a reader who may have it."""
    try:
        found = queries.document(pk)
    except Document.DoesNotExist as error:
        raise Http404 from error
    file = next((f for f in found.files if f["name"] == name), None)
    if file is None or not queries.may_read(found, _reader(request)):
        raise Http404
    reading.note([found], _reader(request), name=name)
    response = stored.download(
        stored.path(file["path"]), name=name, media_type=file.get("media_type", "")
    )
    return response if queries.may_read(found, AnonymousUser()) else stored.unshared(response)


def _reader(request: HttpRequest) -> AnyUser:
    """Return who reads; without a session's cookie nobody is looked up, and the page stays shared."""
    carried = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.user if carried else AnonymousUser()
