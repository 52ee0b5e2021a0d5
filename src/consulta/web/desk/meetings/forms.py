"""The forms of meetings: an item of the agenda, what is said of a meeting, a reason, a later part."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.consultations.models import TextStatus
from consulta.core.multilingual import text_in
from consulta.meetings import slots
from consulta.meetings.models import AgendaItem, Document, Meeting
from consulta.web.desk.forms import words
from consulta.web.ui import languages
from consulta.web.ui.days import day
from consulta.web.ui.templatetags.ui import language_name

_LTR = {"dir": "ltr", "spellcheck": "false", "autocomplete": "off"}
PURPOSES = [("", gettext_lazy("Choose what it is for")), *AgendaItem.Purpose.choices]


def spoken(meeting: Meeting) -> list[str]:
    """The languages in which the meeting's body speaks."""
    body = meeting.group.body if meeting.group else None
    return (body.languages if body else []) or list(languages.names())


def in_language(label: str, code: str) -> str:
    """Name a field that stands once for each language."""
    return _("%(field)s in %(language)s") % {"field": label, "language": language_name(code)}


class Spoken(forms.Form):
    """A form with fields that stand once for each language."""

    def __init__(self, *args: Any, spoken: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spoken = spoken

    def each(self, name: str, label: str, *, rows: int = 0, limit: int = 300) -> None:
        """Add the field *name* once for each language, as one line or as an area of *rows*."""
        for code in self.spoken:
            attrs = {"lang": code, "dir": languages.direction(code)}
            widget: forms.Widget = forms.TextInput(attrs=attrs)
            if rows:
                widget = forms.Textarea(attrs=attrs | {"rows": rows})
            self.fields[f"{name}_{code}"] = forms.CharField(
                label=in_language(label, code), required=False, max_length=limit, widget=widget
            )

    def texts(self, name: str) -> dict[str, str]:
        """What was written, by language; languages without words are left out."""
        said = {code: self.cleaned_data.get(f"{name}_{code}", "") for code in self.spoken}
        return {code: text.strip() for code, text in said.items() if text.strip()}


class Item(Spoken):
    """An item of the agenda."""

    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=20,
        widget=forms.TextInput(attrs=_LTR),
        help_text=gettext_lazy("For example 3 or 3.1."),
    )
    purpose = forms.ChoiceField(label=gettext_lazy("What it is for"), choices=PURPOSES)
    presenter = forms.CharField(label=gettext_lazy("Presented by"), required=False, max_length=200)
    documents = forms.CharField(
        label=gettext_lazy("Documents"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2} | _LTR),
        help_text=gettext_lazy(
            "Numbers of documents of this meeting, or their places in the series such as 7, with"
            " commas or spaces between them."
        ),
    )
    begins_on = day(gettext_lazy("Day on which it begins"), required=False)
    begins_at = forms.TimeField(
        label=gettext_lazy("Begins at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=gettext_lazy("By the clocks of the meeting."),
    )
    length = forms.IntegerField(
        label=gettext_lazy("How many minutes it has"), required=False, min_value=1, max_value=1440
    )
    for_members = forms.BooleanField(
        label=gettext_lazy("Only members have this item"),
        required=False,
        help_text=gettext_lazy(
            "Where everyone has the agenda, this item is left out of it; the gap in the numbers stays."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, changes: bool, **kwargs: Any) -> None:
        """*changes*: whether the agenda is published, so that a change says why."""
        super().__init__(*args, **kwargs)
        self.each("title", _("Title"))
        statuses = [(choice.value, choice.label) for choice in TextStatus]
        for code in self.spoken:
            self.fields[f"status_{code}"] = forms.ChoiceField(
                label=in_language(_("What the title is worth"), code), choices=statuses,
                required=False,
            )  # fmt: skip
        self.each("minutes", _("Minutes"), rows=4, limit=50_000)
        if changes:
            self.fields["reason"] = words(
                gettext_lazy("Why the published agenda is changed"),
                rows=2,
                help_text=gettext_lazy("Whoever reads the agenda can read it."),
            )

    def clean(self) -> dict[str, Any]:
        """A time is whole: a day, an hour and how long."""
        data = super().clean() or self.cleaned_data
        given = [data.get(name) for name in ("begins_on", "begins_at", "length")]
        if any(given) and not all(value is not None for value in given):
            self.add_error("begins_on", _("Say day, hour and minutes, or none of them."))
        return data

    def time(self, meeting: Meeting) -> dict[str, Any]:
        """When the item begins, as an instant, and how long it is; none where no time was said."""
        on, at = self.cleaned_data.get("begins_on"), self.cleaned_data.get("begins_at")
        if on is None or at is None:
            return {"begins_at": None, "length": None}
        begins = slots.instant(meeting, on, at)
        return {"begins_at": begins, "length": self.cleaned_data["length"]}

    def titles(self) -> dict[str, dict[str, str]]:
        """Language -> title with what it is worth; the first one written is the original."""
        said = self.texts("title")
        first = next(iter(said), "")
        worth = {code: self.cleaned_data.get(f"status_{code}", "") for code in said}
        chosen = {code: status for code, status in worth.items() if status}
        standard = {code: "original" if code == first else "courtesy" for code in said}
        return {code: {"text": text, "status": (standard | chosen)[code]}
                for code, text in said.items()}  # fmt: skip


def of_item(item: AgendaItem, documents: Sequence[Document]) -> dict[str, Any]:
    """What the form shows of *item*."""
    shown: dict[str, Any] = {
        "number": item.number,
        "purpose": item.purpose,
        "presenter": item.presenter,
        "revision": item.revision,
        "documents": ", ".join(document.base_number for document in documents),
        "for_members": bool(item.audience),
        "length": item.length,
    }
    if item.begins_at is not None:
        begins = slots.local(item.meeting, item.begins_at)
        shown |= {"begins_on": begins.date(), "begins_at": begins.time()}
    for code in item.titles:
        title = text_in(item.titles, code)
        shown |= {f"title_{code}": title.text, f"status_{code}": title.status}
    return shown | {f"minutes_{code}": text_in(item.minutes, code).text for code in item.minutes}


class Publication(forms.Form):
    """Who has the agenda: a choice that nobody makes for the officer."""

    to = forms.ChoiceField(
        label=gettext_lazy("Who sees the agenda"),
        choices=Meeting.AgendaAudience.choices,
        widget=forms.RadioSelect,
    )


class Particulars(Spoken):
    """What is said of a meeting beside its dates."""

    mode = forms.ChoiceField(
        label=gettext_lazy("How one takes part"), choices=Meeting.Mode.choices, required=False
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    hours_from = forms.TimeField(
        label=gettext_lazy("Begins each day at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    hours_until = forms.TimeField(
        label=gettext_lazy("Ends each day at"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    timezone = forms.CharField(
        label=gettext_lazy("Time zone"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=_LTR),
        help_text=gettext_lazy("For example Europe/Zurich. Empty: that of the institution's seat."),
    )
    conference_url = forms.URLField(
        label=gettext_lazy("Address of the conference"),
        max_length=500,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs=_LTR),
        help_text=gettext_lazy("Only members of the group see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.each("practical", _("Practical information"), rows=4, limit=20_000)
        first = self.fields.get(f"practical_{self.spoken[0]}") if self.spoken else None
        if first is not None:
            first.help_text = _("Everyone can read it: write no access codes here.")


def of_meeting(meeting: Meeting) -> dict[str, Any]:
    """What the form shows of *meeting*."""
    names = ("mode", "place", "hours_from", "hours_until", "timezone", "conference_url")
    shown = {name: getattr(meeting, name) for name in names}
    said = {f"practical_{c}": text_in(meeting.practical, c).text for c in meeting.practical}
    return shown | said


class Part(forms.Form):
    """A later part of a meeting."""

    starts_on = day(gettext_lazy("First day of the second part"))
    ends_on = day(gettext_lazy("Last day"))
    mode = forms.ChoiceField(
        label=gettext_lazy("How one takes part"), choices=Meeting.Mode.choices, required=False
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    reason = words(gettext_lazy("Reason"), help_text=gettext_lazy("Everyone can read it."))
