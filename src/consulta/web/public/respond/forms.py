"""The form of a response. It checks only; what was typed is saved before, right or wrong."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _

from consulta.core.languages import direction
from consulta.core.plaintext import one_line, says_something, storable
from consulta.core.submission import RespondentKind
from consulta.mailroom import outbox
from consulta.web.public.respond import asked as asking
from consulta.web.public.respond import typed
from consulta.web.public.respond.asked import Asked
from consulta.web.ui.templatetags.ui import filesize

#: Bytes of one answer (UTF-8): some 15,000 words of English, 8,000 of Arabic.
MAX_ANSWER = 100_000


class AnswerField(forms.CharField):
    """A long text, kept as it is typed but for what no page can hold."""

    def to_python(self, value: Any) -> str:
        """The text, checked for its size."""
        text = storable(str(value or ""))
        size = len(text.encode())
        if size > MAX_ANSWER:
            raise ValidationError(
                _(
                    "This answer has %(size)s; up to %(limit)s are taken. Shorten it, or add the"
                    " long text as a file below. All of it is still here."
                )
                % {"size": filesize(size), "limit": filesize(MAX_ANSWER)}
            )
        return text

    def validate(self, value: str) -> None:
        """Blanks and signs that nobody sees are no text."""
        super().validate(value if says_something(value) else "")


class LineField(forms.CharField):
    """A name or another text of one line; line breaks and control characters are dropped."""

    def to_python(self, value: Any) -> str:
        """The text in one line."""
        return one_line(str(value or ""))


class AddressField(forms.EmailField):
    """An e-mail address to which our mail can go."""

    def clean(self, value: Any) -> str:
        """The address. Says what is wrong with one that no mail reaches."""
        address = str(super().clean(storable(str(value or ""))))
        if address:
            try:
                outbox.mailable(address)
            except outbox.NotMailableError as error:
                raise ValidationError(
                    _("No mail can be sent to this address. Use Latin letters before the @ sign.")
                ) from error
        return address


class ResponseForm(forms.Form):
    """Answers and, unless it is a new version, who responds."""

    def __init__(self, *args: Any, asked: Asked, files: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.file_count = asked, files
        self.use_required_attribute = False
        for question in asked.questions:
            label = _("Question %(number)s") % {"number": question.number}
            if question.options:
                self._add_choice(question, label)
                label = _("Question %(number)s, in your own words") % {"number": question.number}
            self._add_answer(question.number, label)
        self._add_answer(typed.WHOLE, self._whole_label())
        self._add_language()
        if asked.details:
            self._add_details()

    def answers(self) -> Iterator[tuple[asking.AskedQuestion, BoundField, BoundField | None]]:
        """The questions, each with the field of its text and, where it offers options, of these."""
        for question in self.asked.questions:
            choice = self[typed.choice_field(question.number)] if question.options else None
            yield question, self[typed.field(question.number)], choice

    def whole(self) -> BoundField:
        """The field for a text to the whole consultation."""
        return self[typed.field(typed.WHOLE)]

    def ticks(self) -> list[BoundField]:
        """What an individual may withhold, each with its field."""
        return [self[name] for name in self.asked.ticks]

    def clean(self) -> dict[str, Any]:
        """Something must be said."""
        self._must_say_something()
        return super().clean() or {}

    def _whole_label(self) -> str:
        if not self.asked.questions:
            return _("Your response")
        return _("Anything else, or a text to the whole consultation")

    def _add_answer(self, number: int, label: str) -> None:
        language = str(self.data.get("language") or self.initial.get("language") or "")
        attrs: dict[str, Any] = {"rows": 7, "autocomplete": "off"}
        if language:
            attrs |= {"lang": language, "dir": direction(language)}
        self.fields[typed.field(number)] = AnswerField(
            label=label, required=False, strip=False, widget=forms.Textarea(attrs=attrs)
        )

    def _add_choice(self, question: asking.AskedQuestion, label: str) -> None:
        kind: type[forms.ChoiceField] = forms.ChoiceField
        widget: forms.Widget = forms.RadioSelect()
        choices = [*question.options, ("", _("None of these: I only write, or leave it open"))]
        if question.several:
            kind, choices = forms.MultipleChoiceField, question.options
            widget = forms.CheckboxSelectMultiple()
        self.fields[typed.choice_field(question.number)] = kind(
            label=label,
            choices=choices,
            widget=widget,
            required=False,
            help_text=question.how_many,
            error_messages={
                "invalid_choice": _("This option is not offered here. Choose again from the list.")
            },
        )

    def _add_language(self) -> None:
        self.fields["language"] = forms.ChoiceField(
            label=_("Language in which you write"),
            choices=asking.language_choices(self.asked.languages),
            help_text=_("Any of these. Your text is published in this language, as you wrote it."),
        )

    def _add_details(self) -> None:
        self.fields["kind"] = forms.ChoiceField(
            label=_("I respond"),
            choices=[
                (RespondentKind.ORGANISATION.value, _("for an organisation or a government")),
                (RespondentKind.INDIVIDUAL.value, _("as an individual")),
            ],
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose whether you respond for an organisation or as an individual.")
            },
        )
        self._add_names()
        self._add_address()
        self._add_places()
        self._add_ticks()

    def _add_names(self) -> None:
        self.fields["organisation"] = LineField(
            label=_("Organisation"),
            required=self._is_needed(),
            max_length=300,
            error_messages={
                "required": _(
                    "Give the organisation's name, or choose to respond as an individual."
                )
            },
            help_text=_("Its full name, as it is to be published. Needed for an organisation."),
            widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        )
        self.fields["name"] = LineField(
            label=_("Your name"),
            required=False,
            max_length=200,
            help_text=_(
                "Of an individual it is published, unless you withhold it below. Of an"
                " organisation only the organisation is named."
            ),
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )

    def _add_address(self) -> None:
        self.fields["email"] = AddressField(
            label=_("E-mail address"),
            required=False,
            help_text=_(
                "Never published. We mail a button to it; pressing it puts your name on the"
                " response. Without an address the response counts just the same, but no name"
                " is shown."
            ),
            error_messages={
                "invalid": _("This is not a whole e-mail address. Write it like name@example.org.")
            },
            widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        )

    def _add_places(self) -> None:
        self.fields["stakeholder_group"] = forms.ChoiceField(
            label=_("Stakeholder group"),
            required=self._is_needed() and bool(self.asked.groups),
            choices=[("", _("Choose one")), *self.asked.groups],
            error_messages={
                "required": _("Choose the stakeholder group of the organisation."),
                "invalid_choice": _("Choose a stakeholder group from the list."),
            },
        )
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"),
            required=False,
            choices=[("", _("None, or international")), *asking.countries()],
            error_messages={"invalid_choice": _("Choose a country from the list.")},
        )

    def _is_needed(self) -> bool:
        """Whether what only an organisation must give is marked as needed, and checked."""
        kind = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        return kind == RespondentKind.ORGANISATION or not (kind or self.is_bound)

    def _add_ticks(self) -> None:
        labels = {
            "withhold_name": _("Do not publish my name"),
            "withhold_country": _("Do not publish my country"),
        }
        for name in self.asked.ticks:
            self.fields[name] = forms.BooleanField(label=labels[name], required=False)
        if self.asked.ticks:
            self.fields[self.asked.ticks[-1]].help_text = _(
                "Only an individual may withhold these; an organisation is always named. The text"
                " itself is always public."
            )

    def _must_say_something(self) -> None:
        numbers = asking.numbers(self.asked)
        written = any(says_something(str(self.data.get(typed.field(n), ""))) for n in numbers)
        chosen = any(self.data.get(typed.choice_field(n)) for n in asking.choosing(self.asked))
        if not (written or chosen or self.file_count):
            self.add_error(
                None,
                _(
                    "There is no answer and no file yet. Answer at least one question, or add a file."
                ),
            )
