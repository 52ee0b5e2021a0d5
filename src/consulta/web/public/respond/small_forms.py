"""The small forms: reasons, appeals, a lost link, a practice, following."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.core.languages import LANGUAGES
from consulta.core.numbering import NumberMistypedError, read_number
from consulta.web.public.respond import asked as asking
from consulta.web.public.respond.asked import Choices
from consulta.web.public.respond.forms import AddressField, AnswerField, LineField


class WithdrawForm(forms.Form):
    """Withdraw a response; a reason may be given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = LineField(
            label=_("Reason"),
            required=False,
            max_length=500,
            help_text=_("For the officers; it is not published."),
        )


class AppealForm(forms.Form):
    """Appeal against declining or removing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = AnswerField(
            label=_("Why should it be decided otherwise?"),
            error_messages={"required": _("Write why the decision should be changed.")},
            widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        )


class NumberField(LineField):
    """The number of a response, however it was typed."""

    def clean(self, value: Any) -> str:
        """The number in its one spelling."""
        typed = str(super().clean(value))
        try:
            return read_number(typed)
        except NumberMistypedError as error:
            raise ValidationError(
                _(
                    "This is not a number that we gave: a digit is missing, wrong or swapped."
                    " Copy it from your receipt."
                )
            ) from error


class LostLinkForm(forms.Form):
    """Ask for a new private link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = NumberField(
            label=_("Number of the response"),
            max_length=40,
            help_text=_("It stands on the receipt, for example 11‑000014."),
            error_messages={"required": _("Give the number that stands on your receipt.")},
            widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        )
        self.fields["email"] = address_field(_("The e-mail address with which you responded."))


class FollowForm(forms.Form):
    """Follow by e-mail, in one of the languages of this installation."""

    def __init__(self, *args: Any, languages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = address_field(_("Never published, and used for nothing else."))
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the mails"), choices=languages
        )


class PracticeForm(forms.Form):
    """Submit an experience on an issue."""

    def __init__(self, *args: Any, issues: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        required = {"required": _("This is needed, so that readers know whose experience it is.")}
        self.fields["title"] = LineField(
            label=_("Title"),
            max_length=300,
            error_messages={"required": _("Give the practice a short title.")},
        )
        self.fields["issue"] = forms.ChoiceField(
            label=_("Issue"), required=False, choices=[("", _("None of these")), *issues]
        )
        self.fields["text"] = AnswerField(
            label=_("The experience"),
            help_text=_("What was done, where, what came of it, and what others can learn."),
            error_messages={"required": _("Describe the experience.")},
            widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language in which you write"),
            choices=asking.language_choices(LANGUAGES),
        )
        self.fields["organisation"] = LineField(
            label=_("Organisation"), max_length=300, error_messages=required
        )
        self._add_place(groups)
        self.fields["email"] = address_field(
            _("Never published. We ask here if something is unclear.")
        )
        self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, required=False)

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


def address_field(help_text: str) -> AddressField:
    """A needed e-mail address, for a small form."""
    return AddressField(
        label=_("E-mail address"),
        help_text=help_text,
        error_messages={
            "required": _("Give an e-mail address."),
            "invalid": _("This is not a whole e-mail address. Write it like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
