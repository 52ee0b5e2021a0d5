"""The forms of registration at the desk: its terms, somebody entered by hand, filters of the list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.core.countries import is_country
from consulta.groups.models import Membership
from consulta.live import registration_days
from consulta.live.models import Mode, Registration, RegistrationTerms
from consulta.live.registering import Told
from consulta.live.registration_queries import Filters
from consulta.live.registration_terms import Terms
from consulta.meetings.models import Meeting
from consulta.stakeholders import queries as stakeholders
from consulta.web.ui import languages, registration
from consulta.web.ui.templatetags.ui import country, locale

Choices = list[tuple[str, Any]]


class InstantField(forms.SplitDateTimeField):
    """A day and a time by the clock of the meeting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        day: dict[str, Any] = {"type": "date", "aria-label": gettext_lazy("Day")}
        hour: dict[str, Any] = {"type": "time", "aria-label": gettext_lazy("Time of day")}
        widget = forms.SplitDateTimeWidget(
            date_attrs=day,
            time_attrs=hour,
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )
        super().__init__(*args, widget=widget, **kwargs)


class TermsForm(forms.Form):
    """From when to when, how, how many, who sees the list."""

    opens_at = InstantField(label=gettext_lazy("Registration opens"))
    closes_at = InstantField(label=gettext_lazy("Registration closes"))
    takes_in_person = forms.BooleanField(
        label=gettext_lazy("One can take part in the room"), required=False
    )
    takes_remote = forms.BooleanField(
        label=gettext_lazy("One can take part remotely"), required=False
    )
    room_capacity = forms.IntegerField(
        label=gettext_lazy("Places in the room"),
        required=False,
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy(
            "Empty: as many as come. Whoever comes when all are taken goes on a waiting list."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who sees the list of participants"), widget=forms.RadioSelect
    )
    may_be_unlisted = forms.BooleanField(
        label=gettext_lazy("One may ask not to be named in the list"), required=False
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        of_group = meeting.kind == Meeting.Kind.GROUP
        everyone = RegistrationTerms.Audience.PUBLIC
        self.fields["audience"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in RegistrationTerms.Audience.choices
            if not (of_group and choice[0] == everyone)
        ]
        if of_group and meeting.group is not None:
            named = dict(Membership.Kind.choices)
            self.fields["kinds"] = forms.MultipleChoiceField(
                label=_("Which members register"),
                choices=[(kind, named[kind]) for kind in meeting.group.member_kinds],
                widget=forms.CheckboxSelectMultiple,
            )

    def terms(self) -> Terms:
        """What was typed, by the clock of the meeting."""
        told = self.cleaned_data
        zone = ZoneInfo(registration_days.zone(self.meeting))
        return Terms(
            opens_at=_there(told["opens_at"], zone),
            closes_at=_there(told["closes_at"], zone),
            audience=told["audience"],
            takes_in_person=told["takes_in_person"],
            takes_remote=told["takes_remote"],
            room_capacity=told["room_capacity"],
            may_be_unlisted=told["may_be_unlisted"],
            kinds=tuple(told.get("kinds", ())),
        )


def of_terms(meeting: Meeting, terms: RegistrationTerms | None) -> dict[str, Any]:
    """What the form of terms shows; of none, what most meetings want."""
    if terms is None:
        virtual = meeting.mode == Meeting.Mode.VIRTUAL
        kinds = meeting.group.member_kinds if meeting.group else []
        is_open = meeting.kind == Meeting.Kind.OPEN
        audience = RegistrationTerms.Audience
        return {
            "takes_in_person": not virtual,
            "takes_remote": meeting.mode != Meeting.Mode.IN_PERSON,
            "audience": audience.PUBLIC if is_open else audience.PARTICIPANTS,
            "kinds": kinds,
        }
    zone = ZoneInfo(registration_days.zone(meeting))
    names = ("takes_in_person", "takes_remote", "room_capacity", "audience", "may_be_unlisted")
    return {name: getattr(terms, name) for name in names} | {
        "opens_at": terms.opens_at.astimezone(zone).replace(tzinfo=None),
        "closes_at": terms.closes_at.astimezone(zone).replace(tzinfo=None),
        "kinds": terms.kinds,
    }


class EnterForm(forms.Form):
    """Somebody entered by hand; without an address no mail goes out."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["name"] = registration.name()
        self.fields["email"] = forms.EmailField(
            label=_("E-mail address"),
            required=False,
            help_text=_(
                "Where the confirmation goes, with the calendar entry. It may be left empty."
            ),
            widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        )
        self.fields["organisation"] = registration.organisation()
        self._add_choices(meeting)
        self.fields["mode"] = registration.mode(None)
        body = meeting.group.body if meeting.group else None
        registration.add_needs(self, list(body.languages) if body else [])
        self.fields["unlisted"] = registration.unlisted()

    def told(self) -> Told:
        """What was typed, checked."""
        values = self.cleaned_data
        return Told(
            name=values["name"],
            email=values["email"],
            language=values["language"],
            organisation=values["organisation"],
            stakeholder_group=stakeholders.by_slug(values["stakeholder_group"]),
            country=values["country"],
            mode=values["mode"],
            is_unlisted=values["unlisted"],
            needs=registration.needs_of(values),
        )

    def _add_choices(self, meeting: Meeting) -> None:
        roles: Choices = list(Registration.Role.choices)
        if meeting.kind == Meeting.Kind.OPEN:
            roles = [role for role in roles if role[0] in ("participant", "secretariat")]
        groups = [
            (group.slug, stakeholders.name(group, languages.current()).text)
            for group in stakeholders.stakeholder_groups()
        ]
        codes = [code for code in map(str, locale().territories) if is_country(code)]
        named: Choices = sorted(((code, country(code)) for code in codes), key=lambda pair: pair[1])
        for name, label, choices, required in (
            ("role", _("Takes part as"), roles, True),
            ("stakeholder_group", _("Stakeholder group"), [("", _("None")), *groups], False),
            ("country", _("Country"), [("", _("None, or international")), *named], False),
            ("language", _("Language of the mails"), list(languages.names().items()), True),
        ):
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=required)


class ListFilter(forms.Form):
    """Which registrations; asked by GET."""

    def __init__(self, asked: Mapping[str, Any], **kwargs: Any) -> None:
        names = ("words", "state", "mode", "group", "presence")
        is_asked = any(asked.get(name) for name in names)
        super().__init__(asked if is_asked else None, **kwargs)
        self.fields["words"] = forms.CharField(
            label=_("Name, organisation, address or number"), required=False, max_length=100
        )
        reader = languages.current()
        groups = [
            (group.slug, stakeholders.name(group, reader).text)
            for group in stakeholders.stakeholder_groups()
        ]
        for name, label, choices in (
            ("state", _("State"), list(STATES.items())),
            ("mode", _("How"), list(Mode.choices)),
            ("group", _("Stakeholder group"), groups),
            ("presence", _("There"), [("there", _("was there")), ("absent", _("was not there"))]),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[("", _("All")), *choices]
            )

    def filters(self) -> Filters:
        """What was asked for; everything where the form names what is not there."""
        told = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Filters(**{name: told.get(name, "") for name in self.fields})


STATES: dict[str, Any] = {
    "seated": gettext_lazy("comes"),
    "waiting": gettext_lazy("on the waiting list"),
    "unconfirmed": gettext_lazy("not confirmed"),
    "cancelled": gettext_lazy("cancelled"),
}


def _there(typed: datetime, zone: ZoneInfo) -> datetime:
    """What was typed is what the clock of the meeting shows."""
    return typed.replace(tzinfo=zone)
