"""The items that every meeting of a group has, laid down once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consulta.core.multilingual import text_in
from consulta.flow.agenda_sources import of_standing
from consulta.flow.agenda_values import Kind
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.groups.permissions import Act, require
from consulta.meetings import matters
from consulta.meetings.models import AgendaItem, Meeting, StandingItem
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person
from consulta.web.desk.meetings import forms, refused
from consulta.web.desk.meetings.doors import trail
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

#: Empty rows for new items.
MORE = 2


class Row(forms.Spoken):
    """One standing item; without a title it is none."""

    pk = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)
    place = django_forms.ChoiceField(
        label=gettext_lazy("Where it stands"), choices=StandingItem.Place.choices
    )
    purpose = django_forms.ChoiceField(
        label=gettext_lazy("What it is for"), choices=AgendaItem.Purpose.choices
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.each("title", _("Title"))

    def values(self) -> dict[str, Any]:
        """The item as it is laid down; the first language written is the original."""
        said = self.texts("title")
        first = next(iter(said), "")
        return {
            "pk": self.cleaned_data["pk"],
            "place": self.cleaned_data["place"],
            "purpose": self.cleaned_data["purpose"],
            "titles": {
                code: {"text": text, "status": "original" if code == first else "courtesy"}
                for code, text in said.items()
            },
        }


@require_http_methods(["GET", "HEAD", "POST"])
@anywhere(Act.MOVE_MEETING)
def items(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit the standing items of a group, in their order; one without a title is gone."""
    group: Group = found(lambda: groups.by_slug(slug))
    require(person(request), Act.MOVE_MEETING, group)
    rows = _rows(request, group)
    said = ""
    if request.method == "POST" and not any(row.errors for row in rows):
        given = [row.values() for row in rows]
        wanted = [one for one in given if one["titles"]]
        said = refused.refusal(lambda: matters.lay_down(group, wanted, by=person(request)))
        if not said:
            messages.success(request, _("Every meeting of the group has these items from now on."))
            return redirect("desk:standing_items", slug)
    context = {
        "rows": rows,
        "group": group,
        "said": said,
        "is_usual": not matters.standing(group),
        "refused": bool(said) or any(row.errors for row in rows),
    }
    steps = trail(Link(label=_("Standing items")))
    return page.show(request, "meetings/standing.html", context, trail=steps)


def _rows(request: HttpRequest, group: Group) -> list[Row]:
    spoken = list(group.body.languages or languages.names())
    initial = _standing(group) + [{"place": "closing", "purpose": "discussion"}] * MORE
    sent: Mapping[str, Any] | None = request.POST if request.method == "POST" else None
    count = len(initial)
    if sent is not None:
        typed = str(sent.get("rows", ""))
        count = min(40, int(typed)) if typed.isdecimal() and typed.isascii() else count
    more: Sequence[dict[str, Any]] = [*initial, *[{}] * max(0, count - len(initial))]
    return [
        Row(sent, prefix=f"row{n}", initial=more[n], spoken=spoken, use_required_attribute=False)
        for n in range(count)
    ]


def _standing(group: Group) -> list[dict[str, Any]]:
    """What the group laid down, or the usual items where it laid nothing down."""
    rows: list[dict[str, Any]] = [
        {"pk": item.pk, "place": item.place, "purpose": item.purpose, "titles": item.titles}
        for item in matters.standing(group)
    ]
    for matter in () if rows else of_standing(Meeting(group=group)):
        place = "opening" if matter.kind is Kind.OPENING else "closing"
        rows.append({"place": place, "purpose": matter.purpose, "titles": matter.titles})
    return [
        row | {f"title_{code}": text_in(row["titles"], code).text for code in row["titles"]}
        for row in rows
    ]
