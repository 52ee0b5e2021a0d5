"""The form by which anyone contests a passage, without an account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.core.languages import LANGUAGES
from consulta.core.submission import RespondentKind
from consulta.web.public.respond import asked as asking
from consulta.web.public.respond.asked import Choices
from consulta.web.public.respond.forms import AnswerField, LineField
from consulta.web.public.respond.small_forms import address_field


class ContestForm(forms.Form):
    """What somebody has against a passage, and who they are."""

    def __init__(self, *args: Any, groups: Choices, may_withhold_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_withhold_name = may_withhold_name
        self.use_required_attribute = False
        self.fields["text"] = AnswerField(
            label=_("What is wrong, and why"),
            help_text=_("Name the responses that the passage should rest on, where you can."),
            error_messages={"required": _("Write what you contest.")},
            widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language in which you write"), choices=asking.language_choices(LANGUAGES)
        )
        self._add_who()
        self._add_place(groups)
        self.fields["email"] = address_field(
            _("Never published. We mail you a button that confirms it is you, and the answer.")
        )
        self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def _add_who(self) -> None:
        self.fields["kind"] = forms.ChoiceField(
            label=_("You contest"),
            choices=[
                (RespondentKind.ORGANISATION.value, _("for an organisation")),
                (RespondentKind.INDIVIDUAL.value, _("as an individual")),
            ],
            widget=forms.RadioSelect,
            initial=RespondentKind.INDIVIDUAL.value,
        )
        self._add_names()

    def _add_names(self) -> None:
        """Each name is needed of one of the two kinds: neither is optional, and neither is always asked."""
        individual = _("Needed of an individual, and published once you confirmed.")
        if self.may_withhold_name:
            individual = _(
                "Needed of an individual, unless it is withheld below. Published once you confirmed."
            )
        self.fields["name"] = LineField(
            label=_("Your name"), required=False, max_length=200, help_text=individual
        )
        if self.may_withhold_name:
            self.fields["withhold_name"] = forms.BooleanField(
                label=_("Do not publish my name (individuals)"), required=False
            )
        self.fields["organisation"] = LineField(
            label=_("Organisation"),
            required=False,
            max_length=300,
            help_text=_(
                "Needed of an organisation, and published once you confirmed. Your own name is not."
            ),
        )
        for name in ("name", "organisation"):
            self.fields[name].needed_later = True  # type: ignore[attr-defined]

    def _add_place(self, groups: Choices) -> None:
        self.fields["stakeholder_group"] = forms.ChoiceField(
            label=_("Stakeholder group"),
            required=False,
            choices=[("", _("Choose one")), *groups],
        )
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"),
            required=False,
            choices=[("", _("None, or international")), *asking.countries()],
        )

    def clean(self) -> dict[str, Any]:
        """An organisation has a name, and so has an individual who lets it be shown."""
        given: dict[str, Any] = super().clean() or {}
        is_organisation = given.get("kind") == RespondentKind.ORGANISATION
        if is_organisation and not given.get("organisation"):
            self.add_error("organisation", ValidationError(_("Give the organisation's name.")))
        if not is_organisation and not given.get("name") and not given.get("withhold_name"):
            self.add_error("name", ValidationError(self._name_missing()))
        return given

    def _name_missing(self) -> str:
        if self.may_withhold_name:
            return _("Give your name, or tick that it stays out.")
        return _("Give your name: under this procedure it is published once you confirmed.")
