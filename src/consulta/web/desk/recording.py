"""The form on which a group's decision is put on record, and the decision and meeting that it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.groups.models import Group
from consulta.meetings import queries
from consulta.meetings.models import Decision, Meeting
from consulta.web.desk.forms import TRANSLATIONS, choose_language
from consulta.web.desk.plan.setting import named
from consulta.web.ui.days import day
from consulta.web.ui.languages import direction
from consulta.web.ui.templatetags.ui import language_name

NEW = "new"
LARGEST = 32_767  # number of a meeting: what its column holds
OPENS = "opens"
OUTCOMES = [
    (OPENS, gettext_lazy("Consensus to consult: a consultation is drawn up next")),
    (Decision.Kind.CONSENSUS.value, gettext_lazy("Consensus on something else")),
    (Decision.Kind.NO_CONSENSUS.value, gettext_lazy("No consensus")),
]
#: Who can see what is recorded of a group: chosen each time, nothing is chosen beforehand.
AUDIENCES = [
    ("public", gettext_lazy("Everyone: it stands on the public pages")),
    ("members", gettext_lazy("Members of the group and its secretariat")),
    ("desk", gettext_lazy("The secretariat alone")),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a decision was taken: the group, its meetings so far, the languages, and today."""

    group: Group
    meetings: Sequence[Meeting]
    spoken: list[str]
    today: date


class DecisionForm(forms.Form):
    """What was settled, at which meeting, in which words."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What was settled"), choices=OUTCOMES, widget=forms.RadioSelect
    )
    taken_by = forms.CharField(
        label=gettext_lazy("Taken by another body"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "Empty: the group itself decided. Otherwise the name of that body, for example Council."
        ),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who can see it"), choices=AUDIENCES, widget=forms.RadioSelect
    )
    meeting = forms.ChoiceField(label=gettext_lazy("Meeting that decided"))
    number = forms.IntegerField(
        label=gettext_lazy("Number of the meeting"),
        min_value=1,
        max_value=LARGEST,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=gettext_lazy("Empty: it has none."),
    )
    starts_on = day(gettext_lazy("First day"), required=False)
    ends_on = day(
        gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: it lasted one day."),
    )
    original_language = forms.ChoiceField(label=gettext_lazy("Original language"))
    source = forms.CharField(
        label=gettext_lazy("What shows it"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("An address of a page, or the number of a document."),
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        known = [(str(m.pk), named(m)) for m in place.meetings]
        choices = [*known, (NEW, _("Another one, held on these days:"))]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]
        choose_language(self, "original_language", place.spoken)
        if len(place.spoken) == 1:
            self.fields["original_language"].widget = forms.HiddenInput()
        for code in place.spoken:
            self._add_words(code)

    def _add_words(self, code: str) -> None:
        attributes = {"rows": 4, "lang": code, "dir": direction(code)}
        self.fields[f"text_{code}"] = forms.CharField(
            label=language_name(code),
            widget=forms.Textarea(attrs=attributes),
            max_length=20_000,
            required=False,
        )
        self.fields[f"status_{code}"] = forms.ChoiceField(
            label=language_name(code), choices=TRANSLATIONS, required=False
        )

    def meeting_fields(self) -> list[BoundField]:
        """The days of a meeting that is not on record yet."""
        return [self[name] for name in ("number", "starts_on", "ends_on")]

    def text_fields(self) -> list[BoundField]:
        """The decision in every language of the body, the original first."""
        original = self["original_language"].value()
        ordered = sorted(self.place.spoken, key=lambda code: code != original)
        return [self[f"text_{code}"] for code in ordered]

    def status_fields(self) -> list[BoundField]:
        """What the words in each language are worth, where they are no original."""
        several = self.place.spoken if len(self.place.spoken) > 1 else []
        return [self[f"status_{code}"] for code in several]

    def clean(self) -> dict[str, Any]:
        """Check the meeting's days, and that the original is written."""
        found = super().clean() or {}
        original = found.get("original_language", "")
        if original and not found.get(f"text_{original}") and f"text_{original}" not in self.errors:
            self.add_error(f"text_{original}", _("Write what was settled: this is the original."))
        if found.get("meeting") == NEW:
            self._check_days(found)
        return found

    def _check_days(self, found: dict[str, Any]) -> None:
        first, last = found.get("starts_on"), found.get("ends_on")
        if first is None:
            if "starts_on" not in self.errors:
                self.add_error("starts_on", _("Give the first day of the meeting."))
        elif first > self.place.today:
            self.add_error(
                "starts_on",
                _("This day is still to come: record the decision once the meeting has begun."),
            )
        elif last and last < first:
            self.add_error("ends_on", _("The last day lies before the first; check both."))
        elif clash := queries.clashing(self._new_meeting(found)):
            known = {"meeting": named(clash)}
            self.add_error(
                "meeting",
                _(
                    "A meeting with this number or on these days is on record: %(meeting)s. Choose"
                    " it from the list, or correct the number and the days."
                )
                % known,
            )

    def said_at(self) -> Meeting:
        """The meeting that a valid form names; not saved where it is new."""
        chosen = self.cleaned_data["meeting"]
        if chosen == NEW:
            return self._new_meeting(self.cleaned_data)
        return next(m for m in self.place.meetings if str(m.pk) == chosen)

    def said(self) -> Decision:
        """The decision, not saved, that a valid form says."""
        data = self.cleaned_data
        outcome = data["outcome"]
        return Decision(
            kind=Decision.Kind.CONSENSUS if outcome == OPENS else outcome,
            opens_consultation=outcome == OPENS,
            taken_by=data["taken_by"],
            texts=self._texts(),
            source=data["source"],
            audience=data["audience"],
        )

    def _texts(self) -> dict[str, dict[str, str]]:
        data, original = self.cleaned_data, self.cleaned_data["original_language"]
        return {
            code: {
                "text": data[f"text_{code}"],
                "status": "original" if code == original else data[f"status_{code}"],
            }
            for code in self.place.spoken
            if data[f"text_{code}"]
        }

    def _new_meeting(self, data: dict[str, Any]) -> Meeting:
        days = {"starts_on": data["starts_on"], "ends_on": data.get("ends_on") or data["starts_on"]}
        kind, number = Meeting.Kind.GROUP, data.get("number")
        return Meeting(group=self.place.group, kind=kind, number=number, **days)


def fresh(place: Place) -> dict[str, Any]:
    """The form of a new decision: taken at the latest meeting, to consult."""
    return {
        "outcome": OPENS,
        "meeting": str(place.meetings[0].pk) if place.meetings else NEW,
        "original_language": "en" if "en" in place.spoken else place.spoken[0],
    }
