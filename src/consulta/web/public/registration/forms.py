"""The forms of a registration: asked anew, and changed behind the private link."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.flow import presenting
from consulta.live.models import RegistrationTerms
from consulta.live.registering import Told, Wish
from consulta.stakeholders import queries as stakeholders
from consulta.web.public.respond import asked as asking
from consulta.web.public.respond.forms import AddressField
from consulta.web.ui import languages, registration

ALL = "0"


class RegisterForm(forms.Form):
    """Who comes, for whom, how, what is needed; and, of who responded, what to present."""

    def __init__(
        self,
        *args: Any,
        terms: RegistrationTerms,
        spoken: Sequence[str],
        consultation: Consultation | None = None,
        room_is_full: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.consultation, self.wishes = consultation, tuple[Wish, ...]()
        self.fields["name"] = registration.name()
        self.fields["email"] = AddressField(
            label=_("E-mail address"),
            help_text=_("Never listed. We mail you a button, so that nobody can register you."),
            error_messages={
                "required": _("Give an e-mail address."),
                "invalid": _("This is not a whole e-mail address. Write it like name@example.org."),
            },
            widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        )
        self.fields["organisation"] = registration.organisation()
        self._add_places()
        self.fields["mode"] = registration.mode(terms, room_is_full=room_is_full)
        registration.add_needs(self, spoken)
        if consultation is not None:
            self._add_presenting(consultation)
        if terms.may_be_unlisted:
            self.fields["unlisted"] = registration.unlisted()

    def told(self) -> Told:
        """What was typed, checked."""
        values = self.cleaned_data
        return Told(
            name=values["name"],
            email=values["email"],
            language=languages.current(),
            organisation=values["organisation"],
            stakeholder_group=stakeholders.by_slug(values["stakeholder_group"]),
            country=values["country"],
            mode=values["mode"],
            is_unlisted=bool(values.get("unlisted")),
            needs=registration.needs_of(values),
            wishes=self.wishes,
        )

    def clean(self) -> dict[str, Any]:
        """A wish to present names a response of the consultation."""
        told = super().clean() or {}
        number, questions = told.get("response", ""), told.get("questions", [])
        if self.consultation is not None and (number or questions):
            self._read_wishes(self.consultation, number, questions, str(told.get("email", "")))
        return told

    def who(self) -> list[Any]:
        """The fields that say who comes and how."""
        names = ("name", "email", "organisation", "stakeholder_group", "country", "mode")
        return [self[name] for name in names]

    def needs(self) -> list[Any]:
        """The fields of what somebody needs."""
        return [self[name] for name in registration.NEEDS]

    def presenting(self) -> list[Any]:
        """The fields of the wish to present; none where the meeting has no consultation."""
        return [self[name] for name in ("response", "questions") if name in self.fields]

    def _read_wishes(
        self, consultation: Consultation, number: str, questions: Sequence[str], email: str
    ) -> None:
        try:
            self.wishes = presenting.wishes(
                consultation, number, (int(q) for q in questions), email=email
            )
        except presenting.NumberMistypedError:
            self.add_error("response", _("Give the number of your response as the receipt has it."))
        except presenting.ResponseUnknownError:
            self.add_error("response", _("This consultation has no response under this number."))

    def _add_places(self) -> None:
        self.fields["stakeholder_group"] = forms.ChoiceField(
            label=_("Stakeholder group"),
            choices=[("", _("Choose one")), *asking.groups()],
            error_messages={
                "required": _("Choose the stakeholder group for which you come."),
                "invalid_choice": _("Choose a stakeholder group from the list."),
            },
        )
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"),
            required=False,
            choices=[("", _("None, or international")), *asking.countries()],
            error_messages={"invalid_choice": _("Choose a country from the list.")},
        )

    def _add_presenting(self, consultation: Consultation) -> None:
        self.fields["response"] = registration.Line(
            label=_("Number of your response"),
            required=False,
            max_length=30,
            help_text=_("Only if you responded to the consultation and wish to present it."),
            widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        )
        reader = languages.current()
        self.fields["questions"] = forms.MultipleChoiceField(
            label=_("What you wish to present"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[
                (ALL, _("The response as a whole")),
                *(
                    (
                        str(question.position),
                        _("Question %(number)s: %(text)s")
                        % {
                            "number": question.position,
                            "text": consultation_queries.question_text(question, reader).text,
                        },
                    )
                    for question in consultation_queries.questions(consultation)
                ),
            ],
        )


class ChangeForm(forms.Form):
    """What its owner may change; the address stays."""

    def __init__(
        self, *args: Any, terms: RegistrationTerms | None, spoken: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["name"] = registration.name()
        self.fields["organisation"] = registration.organisation()
        self.fields["mode"] = registration.mode(terms)
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the mails"), choices=list(languages.names().items())
        )
        registration.add_needs(self, spoken)
        if terms is not None and terms.may_be_unlisted:
            self.fields["unlisted"] = registration.unlisted()
