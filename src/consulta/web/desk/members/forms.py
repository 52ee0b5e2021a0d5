"""The forms of members: one state or organisation, pasted codes, days, a name, an office, the mandate."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.core.multilingual import text_in
from consulta.groups.models import Body, Group, Instrument, Membership, Officeholder
from consulta.stakeholders import states
from consulta.stakeholders.models import MemberState, Organisation
from consulta.web.desk.forms import words
from consulta.web.ui import languages
from consulta.web.ui.days import day
from consulta.web.ui.templatetags.ui import language_name

Choices = list[tuple[str, str]]


class Codes(forms.Form):
    """Member States as lines."""

    codes = words(
        gettext_lazy("Codes"),
        rows=6,
        help_text=gettext_lazy(
            "One Member State a line, by its two letters of ISO 3166-1; if wanted its kind and its"
            " first day: “CH”, or “CH observer 2019-03-01”."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].widget.attrs["dir"] = "ltr"


class Days(forms.Form):
    """What a membership is, and from when to when."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    since_on = day(
        gettext_lazy("Member since"),
        required=False,
        help_text=gettext_lazy("Empty: not known, or from the beginning."),
    )
    until_on = day(
        gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy(
            "A last day ends the membership and every right of its delegates. What they did stays on"
            " record, and drafts stay with the delegation."
        ),
    )

    def __init__(
        self, *args: Any, group: Group, membership: Membership | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        allowed = [*group.member_kinds, *([membership.kind] if membership else [])]
        offered = [choice for choice in Membership.Kind.choices if choice[0] in allowed]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]


class Joining(Days):
    """An organisation and its place."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=Organisation.objects.all()
    )
    field_order = ("organisation", "kind", "since_on", "until_on")


class Naming(forms.Form):
    """Another name of a Member State, by language, from a day on."""

    from_on = day(
        gettext_lazy("From the day"),
        help_text=gettext_lazy("Pages about days before it go on showing the name of that time."),
    )

    def __init__(self, *args: Any, state: MemberState, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_name_%s"
        self.codes = list(body.languages) or list(languages.names())
        for code in self.codes:
            self.fields[f"name_{code}"] = forms.CharField(
                label=language_name(code),
                max_length=200,
                initial=states.name(state, code).text,
                widget=forms.TextInput(attrs={"lang": code, "dir": languages.direction(code)}),
            )

    def names(self) -> dict[str, str]:
        """The names that were typed, by language."""
        return {code: self.cleaned_data[f"name_{code}"] for code in self.codes}


class Office(forms.Form):
    """Who holds an office, for whom, on which days."""

    office = forms.ChoiceField(
        label=gettext_lazy("Office held"), choices=Officeholder.Office.choices
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    state = forms.ChoiceField(label=gettext_lazy("Member State"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy(
            "With an address, the person signs in to the members' pages for the term. It is not shown."
        ),
    )
    since_on = day(gettext_lazy("Since"), required=False)
    until_on = day(gettext_lazy("Last day"), required=False)

    def __init__(self, *args: Any, states: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", "—"), *states]  # type: ignore[attr-defined]


class Leaving(forms.Form):
    """The last day of a term."""

    until_on = day(gettext_lazy("Last day"))


class Rules(forms.Form):
    """Which members a group has, what each kind may do, what the public page shows."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Who may be a member"),
        choices=Membership.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    contributing = forms.MultipleChoiceField(
        label=gettext_lazy("Who submits contributions"),
        choices=Membership.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    positions = forms.MultipleChoiceField(
        label=gettext_lazy("Who states positions"),
        choices=Membership.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    shows_members = forms.BooleanField(
        label=gettext_lazy(
            "Everyone sees on the group's public page who is a member, and since when"
        ),
        help_text=gettext_lazy("Delegates are never named there."),
        required=False,
    )


class Mandate(forms.Form):
    """The words of the mandate by language, its days, the instruments on which it stands."""

    begins_on = day(gettext_lazy("Mandate from"), required=False)
    ends_on = day(
        gettext_lazy("Last day of the mandate"),
        required=False,
        help_text=gettext_lazy("After it, every right of the group's delegates ends."),
    )
    instruments = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Instruments on which the mandate stands"),
        queryset=Instrument.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(group.body.languages) or list(languages.names())
        for code in self.codes:
            label = _("The mandate in words (%(language)s)") % {"language": language_name(code)}
            field = words(label, rows=4, required=False)
            field.initial = text_in(group.mandates, code).text
            field.widget.attrs |= {"lang": code, "dir": languages.direction(code)}
            self.fields[f"words_{code}"] = field
        self.order_fields([f"words_{code}" for code in self.codes])
        known: Any = self.fields["instruments"]
        known.queryset = Instrument.objects.filter(body=group.body)
        known.label_from_instance = _called
        if not known.queryset.exists():
            del self.fields["instruments"]

    def words(self) -> dict[str, str]:
        """The words that were typed, by language."""
        return {code: self.cleaned_data[f"words_{code}"] for code in self.codes}


def _called(instrument: Instrument) -> str:
    return f"{instrument.edition or instrument.slug} ({instrument.get_status_display()})"
