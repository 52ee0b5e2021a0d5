"""Marking what the group discussed: a question's responses, one response, the summary; taking back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consulta.consultations.models import Consultation
from consulta.flow import tabling
from consulta.groups import members
from consulta.meetings import agenda, agenda_queries, posting_rules
from consulta.meetings.models import AgendaItem, Meeting
from consulta.reports import discussing, summary_queries
from consulta.reports.models import GroupDiscussion
from consulta.web.members.doors import person
from consulta.web.members.table import shown
from consulta.web.members.table.doors import asked, on_the_table
from consulta.web.members.table.forms import MarkForm
from consulta.web.members.table.reading import about, published
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

Audience = GroupDiscussion.Audience


@require_http_methods(["GET", "HEAD", "POST"])
@on_the_table
def mark(request: HttpRequest, meeting: Meeting, found: Consultation) -> HttpResponse:
    """Mark something as discussed: by one press as usual, or with day, item and note."""
    _only_who_may(request, meeting)
    made = _target(request, meeting, found)
    usual = _usual(meeting, found)
    quick = request.method == "POST" and "quick" in request.POST
    data: Any = request.POST if request.method == "POST" and not quick else None
    form = MarkForm(usual if quick else data, items=agenda.items(meeting), initial=usual)
    said = ""
    if form.is_valid():
        said = _record(request, made, form.values())
        if not said:
            messages.success(request, _("Marked. It can be taken back."))
            return redirect(_back(request, meeting, found, made))
    context = about(request, meeting, found, Link(label=_("Mark what was discussed")))
    context |= {"form": form, "what": shown.what(made), "said": said, "made": made}
    context["came_from"] = request.POST.get("from") or request.GET.get("from", "")
    status = 422 if said or form.errors else 200
    return render(request, "members/table/mark.html", context, status=status)


@require_POST
@on_the_table
def take_back(request: HttpRequest, meeting: Meeting, found: Consultation, pk: int) -> HttpResponse:
    """Take back a mark that was set down in error."""
    _only_who_may(request, meeting)
    for row in discussing.of_consultation(found, meeting=meeting):
        if row.pk == pk:
            discussing.take_back(row, by=person(request))
            messages.success(request, _("The mark is taken back. It stays on record."))
            return redirect(_back(request, meeting, found, row))
    raise Http404


def _only_who_may(request: HttpRequest, meeting: Meeting) -> None:
    if not discussing.may_mark(person(request), meeting.group):
        raise PermissionDenied


def _target(request: HttpRequest, meeting: Meeting, found: Consultation) -> GroupDiscussion:
    """What the page is asked to mark: the summary, a response, a question, or all responses."""
    made = GroupDiscussion(consultation=found, meeting=meeting, language=current())
    given = request.POST if request.method == "POST" else request.GET
    if given.get("summary"):
        made.summary = summary_queries.of(found)
        if made.summary is None or made.summary.carried_at is None:
            raise Http404
        return made
    position = asked(request, found)
    made.question = next((q for q in found.questions.all() if q.position == position), None)
    if number := given.get("response", ""):
        made.response = published(found, number)
    return made


def _usual(meeting: Meeting, found: Consultation) -> dict[str, Any]:
    """What is most likely: discussed today, under the consultation's item, seen as the group's rule says."""
    item = tabling.item_of(found, meeting)
    today = members.today(meeting.group.body) if meeting.group else None
    shows = posting_rules.of(meeting.group).shows_discussed
    return {
        "status": GroupDiscussion.Status.DISCUSSED.value,
        "on": shown.day_within(meeting, today) if today else None,
        "item": str(item.pk) if item else "",
        "note": "",
        "audience": Audience.PUBLIC.value if shows else Audience.MEMBERS.value,
    }


def _record(request: HttpRequest, made: GroupDiscussion, values: dict[str, Any]) -> str:
    """Record the mark; return why it was refused, or empty."""
    for name, value in values.items():
        setattr(made, name, value)
    item: AgendaItem | None = values["item"]
    if item is not None and agenda_queries.is_public(item):
        made.agenda_item = item.number
    try:
        discussing.mark(made, by=person(request))
    except discussing.NotThenError:
        return _("Choose a day on which the meeting had begun, and not one in the future.")
    except discussing.NotAtThisMeetingError:
        return _("This belongs to another meeting. Choose it on the table of that one.")
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _back(
    request: HttpRequest, meeting: Meeting, found: Consultation, made: GroupDiscussion
) -> str:
    """Back to where the button was."""
    here = reverse("members:table_of", args=[meeting.slug, found.slug])
    if made.response is not None and request.POST.get("from") == "response":
        return reverse(
            "members:table_response", args=[meeting.slug, found.slug, made.response.number]
        )
    question = f"?question={made.question.position}" if made.question else ""
    after = request.POST.get("after", "")[:200]
    if after and question:
        question += f"&after={after}"
    anchor = f"#r-{made.response.number}" if made.response else "#marks"
    return f"{here}{question}{anchor}"
