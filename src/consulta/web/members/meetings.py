"""A meeting as members see it: how to take part, the agenda with minutes, every document they have."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.core.multilingual import Text, choose
from consulta.groups import members
from consulta.groups.members import MemberAct
from consulta.meetings import (
    agenda_lines,
    agenda_queries,
    contribution_queries,
    queries,
    wording,
)
from consulta.meetings.models import Document, Meeting
from consulta.web.members import frame
from consulta.web.members.doors import at_meeting, person
from consulta.web.ui.languages import current
from consulta.web.ui.parts import File, Link

_SUBMIT = MemberAct.SUBMIT_CONTRIBUTION


@require_safe
@at_meeting
def meeting(request: HttpRequest, found: Meeting) -> HttpResponse:
    """Everything about one meeting that members have."""
    language = current()
    documents = queries.for_members(found)
    late = contribution_queries.late(documents)
    name = wording.name(found, language)
    context = {
        "meeting": found,
        "name": name,
        "parts": list(found.parts.all()),
        "hours": wording.hours(found),
        "practical": choose(found.practical, language),
        "documents": [shown(d, language, days_late=late.get(d.pk, 0)) for d in documents],
        "contributes": bool(members.memberships(person(request), _SUBMIT, group=found.group)),
        "crumbs": crumbs(Link(label=name.text)),
    }
    if agenda_queries.may_see(found, request.user):
        context |= _agenda(found, documents, language)
    return show(request, "members/meeting.html", context)


def show(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """Draw a page of the members' side with its side navigation."""
    return render(request, template, frame.sides(request) | context, status=status)


def crumbs(*more: Link) -> list[Link]:
    """The way from the members' first page."""
    return [Link(label=_("Members"), href=reverse("members:home")), *more]


def shown(document: Document, language: str, *, days_late: int = 0) -> dict[str, object]:
    """Show a document in a list: title, number, who may read it, its files."""
    title = queries.title(document, language)
    return {
        "pk": document.pk,
        "title": title.text,
        "lang": title.language,
        "on": document.posted_at,
        "note": _note(document),
        "days_late": days_late,
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


def _agenda(found: Meeting, documents: Sequence[Document], language: str) -> dict[str, object]:
    listed = agenda_queries.shown(found, documents)
    return {
        "agenda": agenda_lines.lines(
            listed,
            language,
            address=lambda document: f"#document-{document.pk}",
            settled=_settled(found, language),
            minutes=True,
        ),
        "changes": agenda_lines.changed(agenda_queries.changes(found)),
    }


def _settled(found: Meeting, language: str) -> dict[int, list[Text]]:
    """What was decided, by the item's id; what everyone may read of it."""
    told: dict[int, list[Text]] = {}
    for decision in queries.decisions_of([found])[found.pk]:
        if decision.item_id is not None:
            told.setdefault(decision.item_id, []).append(queries.decision_text(decision, language))
    return told


def _note(document: Document) -> str:
    """Number, sort, source, audience, and whether it was withdrawn."""
    said = [document.number, document.source, str(document.get_audience_display())]
    if document.sort:
        said.insert(1, str(document.get_sort_display()))
    return " · ".join([*said, *([_("Withdrawn")] if document.withdrawn_at else [])])
