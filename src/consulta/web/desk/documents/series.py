"""By which patterns a group's documents are numbered: the usual one, and those of sorts counted apart."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.core.document_numbers import LETTERS, DocumentNumber, Grammar, InvalidGrammarError
from consulta.groups import permissions
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.meetings import numbering
from consulta.meetings.models import Document, NumberSeries
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person, sent
from consulta.web.desk.documents import forms, refused
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@anywhere(Act.MOVE_MEETING)
def series(request: HttpRequest, slug: str, sort: str = "") -> HttpResponse:
    """The pattern of a group, or that of one *sort*, with examples; laid down when it is sent."""
    group: Group = found(lambda: groups.by_slug(slug))
    permissions.require(person(request), Act.MOVE_MEETING, group)
    if sort and sort not in Document.Sort.values:
        raise Http404
    standing = numbering.series_of(group, sort)
    form = forms.Series(sent(request), initial=_as_typed(standing))
    if request.method == "POST" and form.is_valid():
        made, by = NumberSeries(group=group, sort=sort, **form.cleaned_data), person(request)
        if not (said := refused.refusal(lambda: numbering.set_series(made, by=by))):
            messages.success(request, _("Numbers are written by this pattern from now on."))
            return redirect(request.path)
        form.add_error(None, said)
    context = {
        "form": form,
        "group": group,
        "sort": Document.Sort(sort).label if sort else "",
        "counted_apart": bool(numbering.own_series(group, sort)),
        "refused": bool(form.errors),
        "examples": _examples(standing, group.short_name),
        "sorts": [] if sort else _sorts(group),
    }
    return page.show(request, "documents/series.html", context, trail=_trail(group, sort))


def _sorts(group: Group) -> list[tuple[str, str, list[str]]]:
    """Every sort with its name, and how its numbers are written where it is counted apart."""
    apart = {rule.sort: rule for rule in numbering.apart(group)}
    return [
        (sort, str(name), _examples(apart[sort], group.short_name)[:1] if sort in apart else [])
        for sort, name in Document.Sort.choices
    ]


def _trail(group: Group, sort: str) -> list[Link]:
    usual = reverse("desk:number_series", args=[group.slug])
    way = [Link(label=_("Numbers of documents"), href=usual)]
    return [*way, Link(label=str(Document.Sort(sort).label))] if sort else way


def _as_typed(standing: NumberSeries) -> dict[str, Any]:
    letters = " ".join(f"{code}={letter}" for code, letter in standing.letters.items())
    return {
        "pattern": standing.pattern,
        "symbol": standing.symbol,
        "open_symbol": standing.open_symbol,
        "meeting_by": standing.meeting_by,
        "letters": letters,
    }


def _examples(standing: NumberSeries, name: str) -> list[str]:
    """A document, its revision, addendum and corrigendum, as the pattern writes them."""
    try:
        letters = standing.letters or dict(LETTERS)
        grammar = Grammar(numbering.symbol(name, standing), standing.pattern, letters)
    except InvalidGrammarError:
        return []
    meeting = "12" if standing.meeting_by == NumberSeries.MeetingBy.NUMBER else "2027"
    plain = DocumentNumber(meeting, 7, language="en")
    numbers = {
        "": plain,
        "r": replace(plain, revision=1),
        "a": replace(plain, addendum=2),
        "c": replace(plain, corrigendum=1),
    }
    return [
        grammar.write(number)
        for part, number in numbers.items()
        if not part or grammar.can_write(part)
    ]
