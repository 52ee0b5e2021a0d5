"""The agenda editor: items, their order without script, publication, changes on the record."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.core.numbering import western
from consulta.flow import agenda_open, agenda_paper
from consulta.meetings import agenda, agenda_queries, queries, slots
from consulta.meetings.models import AgendaItem, Document, Meeting
from consulta.web.desk import page
from consulta.web.desk.access import found, person, sent
from consulta.web.desk.meetings import forms, refused
from consulta.web.desk.meetings.doors import at_meeting, tabs, trail
from consulta.web.desk.plan.setting import named
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@at_meeting
def listed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The agenda as it stands: its order, who has it, how it was changed."""
    said = ""
    publication = forms.Publication(
        sent(request) if request.POST.get("do") == "publish" else None,
        initial={"to": meeting.agenda_audience},
    )
    if request.method == "POST" and not (said := _do(request, meeting, publication)):
        return redirect("desk:agenda", meeting.slug)
    context = _shown(meeting) | {
        "publication": publication,
        "said": said,
        "reason": request.POST.get("reason", ""),
        "refused": bool(said),
        "tabs": tabs(meeting, request.path),
    }
    return page.show(request, "meetings/agenda.html", context, trail=trail(Link(label=_("Agenda"))))


@require_http_methods(METHODS)
@at_meeting
def new(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Add an item at the end."""
    form = _form(request, meeting, {"number": agenda.next_number(meeting)})
    if request.method == "POST" and form.is_valid():
        documents, unknown = _documents(meeting, form)
        made = AgendaItem(meeting=meeting, **_values(meeting, form))
        act = partial(agenda.add, made, documents=documents, by=person(request), **_why(form))
        if not _refuse(form, unknown, act):
            messages.success(request, _("Item %(number)s is added.") % {"number": made.number})
            return redirect("desk:agenda", meeting.slug)
    return _edit(request, meeting, form, None)


@require_http_methods(METHODS)
@at_meeting
def item(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    """Change an item, write its minutes, or take it off the agenda."""
    one: AgendaItem = found(lambda: agenda_queries.item(meeting, pk))
    form = _form(request, meeting, forms.of_item(one, list(one.documents.all())))
    if request.method == "POST" and request.POST.get("do") == "remove":
        reason = request.POST.get("reason", "")
        said = refused.refusal(lambda: agenda.remove(one, reason=reason, by=person(request)))
        if not said:
            messages.success(request, _("The item is off the agenda."))
            return redirect("desk:agenda", meeting.slug)
        form.add_error(None, said)
    elif request.method == "POST" and form.is_valid():
        documents, unknown = _documents(meeting, form)
        one.revision = form.cleaned_data["revision"] or 0
        values = _values(meeting, form)
        act = partial(agenda.change, one, values, documents=documents, by=person(request))
        if not _refuse(form, unknown, partial(act, **_why(form))):
            messages.success(request, _("The item is saved."))
            return redirect("desk:agenda", meeting.slug)
    return _edit(request, meeting, form, found(lambda: agenda_queries.item(meeting, pk)))


def _edit(
    request: HttpRequest, meeting: Meeting, form: forms.Item, one: AgendaItem | None
) -> HttpResponse:
    crossed = one is not None and form.is_bound and str(one.revision) != form["revision"].value()
    if one is not None and form.is_bound:  # a second save is one that saw what stands now
        form.data = {**request.POST.dict(), "revision": str(one.revision)}
    context = {
        "meeting": meeting,
        "form": form,
        "item": one,
        "standing": agenda_queries.title(one, current()) if one and crossed else None,
        "refused": bool(form.errors),
        "tabs": tabs(meeting, reverse("desk:agenda", args=[meeting.slug])),
        "name": named(meeting),
    }
    back = Link(label=_("Agenda"), href=reverse("desk:agenda", args=[meeting.slug]))
    here = Link(label=_("Item %(number)s") % {"number": one.number} if one else _("New item"))
    return page.show(request, "meetings/item.html", context, trail=trail(back, here))


def _do(request: HttpRequest, meeting: Meeting, publication: forms.Publication) -> str:
    """Do what the form asks; return why it was refused, or empty."""
    by = person(request)
    if request.POST.get("do") == "publish":
        if not publication.is_valid():
            return _("Choose who sees the agenda.")
        to = publication.cleaned_data["to"]
        said = refused.refusal(lambda: agenda.publish(meeting, to=to, by=by))
        if not said:
            messages.success(request, _("The agenda is published."))
        return said
    order, reason = _order(request, meeting), request.POST.get("reason", "")
    said = refused.refusal(lambda: agenda.put_in_order(meeting, order, reason=reason, by=by))
    if not said:
        messages.success(request, _("The items stand in this order."))
    return said


def _order(request: HttpRequest, meeting: Meeting) -> list[int]:
    """The ids in the wanted order: one moved by its button, else by the places that were typed."""
    standing = [item.pk for item in agenda.items(meeting)]
    pressed, _colon, way = request.POST.get("move", "").partition(":")
    if pressed.isdecimal() and int(pressed) in standing:
        place = standing.index(int(pressed))
        other = max(0, place - 1) if way == "up" else min(len(standing) - 1, place + 1)
        standing[place], standing[other] = standing[other], standing[place]
        return standing
    typed = {pk: western(request.POST.get(f"place_{pk}", "")).strip() for pk in standing}
    places = {pk: int(t) if t.isdecimal() else n for n, (pk, t) in enumerate(typed.items(), 1)}
    before = {pk: n for n, pk in enumerate(standing, 1)}
    return sorted(standing, key=lambda pk: (places[pk], places[pk] >= before[pk], before[pk]))


def _shown(meeting: Meeting) -> dict[str, Any]:
    rows = agenda_queries.shown(meeting, queries.numbered(meeting), member=True)
    language = current()
    return {
        "meeting": meeting,
        "name": named(meeting),
        "rows": [(row, agenda_queries.title(row.item, language)) for row in rows],
        "zone": slots.zone(meeting),
        "hidden": agenda_queries.hidden(meeting),
        "too_long": agenda_open.too_long(meeting),
        "paper": (last := agenda_paper.latest(meeting)),
        "paper_is_current": last is not None and agenda_paper.is_current(last),
        "spoken": forms.spoken(meeting),
        "changes": agenda_queries.changes(meeting, member=True),
    }


def _form(request: HttpRequest, meeting: Meeting, initial: dict[str, Any]) -> forms.Item:
    published = meeting.agenda_published_at is not None
    data = sent(request)
    return forms.Item(data, initial=initial, spoken=forms.spoken(meeting), changes=published)


def _values(meeting: Meeting, form: forms.Item) -> dict[str, Any]:
    data = form.cleaned_data
    plain = {name: data[name] for name in ("number", "purpose", "presenter")}
    audience = AgendaItem.Audience.MEMBERS.value if data["for_members"] else ""
    written = {"titles": form.titles(), "minutes": form.texts("minutes"), "audience": audience}
    return plain | written | form.time(meeting)


def _why(form: forms.Item) -> dict[str, str]:
    return {"reason": form.cleaned_data.get("reason", "")}


def _documents(meeting: Meeting, form: forms.Item) -> tuple[list[Document], list[str]]:
    return agenda_queries.documents_named(meeting, form.cleaned_data["documents"])


def _refuse(form: forms.Item, unknown: Sequence[str], act: Any) -> bool:
    """Do *act* unless a document is unknown; say in the form why it was refused."""
    if unknown:
        said = _("No document of this meeting has the number: %(numbers)s.")
        form.add_error("documents", said % {"numbers": ", ".join(unknown)})
        return True
    if said := refused.refusal(act):
        form.add_error(None, said)
    return bool(said)
