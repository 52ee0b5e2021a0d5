"""The forms of the floor: ask for somebody, yield to somebody, hand in what cannot be spoken."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.core import floor as rules
from consulta.core.multilingual import choose
from consulta.live import registration_queries
from consulta.live.floor.speakers import Named, Who
from consulta.live.floor.writing import MOST
from consulta.live.models import FloorRequest, Intervention, Mode, Registration, Sitting
from consulta.meetings import agenda
from consulta.web.ui.languages import current, names


class SomebodyForm(forms.Form):
    """Who is named by a moderator: by the number of the registration, or by name."""

    number = forms.CharField(
        label=_("Number of the registration"),
        required=False,
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr"}),
        help_text=_("Instead of the name, for whoever is registered."),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    organisation = forms.CharField(label=_("Organisation"), required=False, max_length=300)
    mode = forms.ChoiceField(
        label=_("Where the speaker is"),
        choices=Mode.choices,
        initial=Mode.IN_PERSON,
        widget=forms.RadioSelect,
    )
    ask = forms.ChoiceField(label=_("Asks for"), choices=FloorRequest.Ask.choices)

    def __init__(self, *args: Any, sitting: Sitting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.sitting = sitting
        self.found: Registration | None = None

    def clean(self) -> dict[str, Any]:
        """One of the two says who it is."""
        told = super().clean() or {}
        number = str(told.get("number", "")).strip()
        if number:
            self.found = self._registered(number)
        elif not str(told.get("name", "")).strip():
            self.add_error("name", _("Give the name of who speaks, or a registration's number."))
        return told

    def who(self) -> Who:
        """The speaker whom the form names."""
        told = self.cleaned_data
        return self.found or Named(
            name=told["name"], organisation_name=told["organisation"], mode=told["mode"]
        )

    def _registered(self, number: str) -> Registration | None:
        try:
            return registration_queries.one(self.sitting.meeting, int(number))
        except (Registration.DoesNotExist, ValueError):
            self.add_error("number", _("No registration for this meeting has this number."))
            return None


class ItemForm(forms.Form):
    """Which item of the agenda is dealt with, and by which rule one speaks."""

    def __init__(self, *args: Any, sitting: Sitting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.items = {str(item.pk): item for item in agenda.items(sitting.meeting)}
        titles = [
            (pk, f"{item.number} {choose(item.titles, current()).text}")
            for pk, item in self.items.items()
        ]
        known = [(rule.slug, choose(rule.names, current()).text) for rule in rules.every()]
        self.fields["item"] = forms.ChoiceField(
            label=_("Item of the agenda"), required=False, choices=[("", _("none")), *titles]
        )
        self.fields["rule"] = forms.ChoiceField(label=_("Rule of order"), choices=known)


class WrittenForm(forms.Form):
    """A statement or a question in writing."""

    kind = forms.ChoiceField(
        label=_("What it is"),
        choices=[
            (kind.value, kind.label)
            for kind in (Intervention.Kind.STATEMENT, Intervention.Kind.QUESTION)
        ],
        widget=forms.RadioSelect,
        initial=Intervention.Kind.STATEMENT,
    )
    text = forms.CharField(
        label=_("What you want to say"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        error_messages={"required": _("Write what you want to say.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the text"), choices=list(names().items()), initial=current()
        )
