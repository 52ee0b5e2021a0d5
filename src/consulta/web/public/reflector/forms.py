"""The forms of a list: subscribing, changing a subscription, posting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.reflector.models import Subscription
from consulta.web.public.respond.forms import AddressField, AnswerField, LineField
from consulta.web.ui import languages

RESPONSE, DISCUSSION = "response", "discussion"


class SubscribeForm(forms.Form):
    """Get the posts by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = _address(_("Never shown, and used for nothing else."))
        self.fields["mode"] = _mode()


class SubscriptionForm(forms.Form):
    """Change how posts are sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mode"] = _mode()
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the mails around the posts"),
            choices=list(languages.names().items()),
        )


class PostForm(forms.Form):
    """Write a post. *kinds*: whether it can be a response; *answers*: it answers another post."""

    def __init__(self, *args: Any, kinds: bool, answers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kinds:
            self._add_kind()
        if not answers:
            self.fields["subject"] = LineField(
                label=_("Subject"),
                max_length=200,
                required=False,
                help_text=_("Of discussion. A response is shown under its number.")
                if kinds
                else "",
            )
        self.answers = answers
        self.fields["text"] = AnswerField(
            label=_("Your words"),
            error_messages={"required": _("Write what you want to say.")},
            widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        )
        self.fields["name"] = LineField(
            label=_("Name, as it is shown"),
            max_length=150,
            help_text=_("Your name, or that of your organisation."),
            error_messages={"required": _("Give the name under which the post is shown.")},
        )
        self.fields["email"] = _address(
            _("Never shown. We mail you a button, so that nobody can write in your name.")
        )

    def clean_name(self) -> str:
        """A name is no address: addresses are never shown."""
        name = str(self.cleaned_data["name"])
        if "@" in name:
            raise ValidationError(
                _("Give a name, not an e-mail address: addresses are never shown.")
            )
        return name

    def clean(self) -> dict[str, Any]:
        """A new thread of discussion has a subject."""
        told = super().clean() or {}
        discusses = told.get("kind", DISCUSSION) == DISCUSSION
        if discusses and not self.answers and not told.get("subject"):
            self.add_error("subject", _("Give the thread a subject."))
        return told

    def _add_kind(self) -> None:
        self.fields["kind"] = forms.ChoiceField(
            label=_("What is it?"),
            choices=[
                (RESPONSE, _("A response to the consultation: it gets a number and a receipt")),
                (DISCUSSION, _("Discussion: it has no number")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose whether it is a response or discussion.")},
        )


def _mode() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How often"),
        choices=[
            (Subscription.Mode.EACH, _("Each post, as it is shown")),
            (Subscription.Mode.DIGEST, _("One mail a day with all posts")),
        ],
        initial=Subscription.Mode.EACH,
        widget=forms.RadioSelect,
    )


def _address(help_text: str) -> AddressField:
    return AddressField(
        label=_("E-mail address"),
        help_text=help_text,
        error_messages={
            "required": _("Give an e-mail address."),
            "invalid": _("This is not a whole e-mail address. Write it like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
