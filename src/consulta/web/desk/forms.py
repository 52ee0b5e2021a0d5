"""The small forms of the desk: a day and a reason, a correction, a fact, a ground, an appointment."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.consultations import queries, wording
from consulta.consultations.models import Consultation, TextStatus
from consulta.core.multilingual import choose
from consulta.core.rules import Ground
from consulta.groups.models import Role
from consulta.web.ui import languages
from consulta.web.ui.days import day
from consulta.web.ui.templatetags.ui import language_name

Choices = list[tuple[str, str]]
TRANSLATIONS = [choice for choice in TextStatus.choices if choice[0] != TextStatus.ORIGINAL]


def words(label: Any, *, rows: int = 3, **more: Any) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=20_000, **more
    )


class Extension(forms.Form):
    """A new day for responses, and why."""

    to = day(gettext_lazy("New last day for responses"))
    reason = words(gettext_lazy("Reason"), help_text=gettext_lazy("Everyone can read it."))


class Reason(forms.Form):
    """Why."""

    reason = words(gettext_lazy("Reason"), help_text=gettext_lazy("Everyone can read it."))


class Opening(forms.Form):
    """Why dates lie outside the rule, where they do."""

    reason = words(
        gettext_lazy("Why these dates lie outside the rule"),
        required=False,
        help_text=gettext_lazy("It stays on record, and everyone can read it."),
    )

    def __init__(self, *args: Any, lacking: str, **kwargs: Any) -> None:
        """*lacking*: what is said where the reason is needed and not given; empty where it is not."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = bool(lacking)
        self.fields["reason"].error_messages["required"] = lacking


class Move(forms.Form):
    """A new first day of a meeting, and why."""

    to = day(gettext_lazy("New first day"))
    is_provisional = forms.BooleanField(
        label=gettext_lazy("The new date is provisional"), required=False
    )
    reason = words(gettext_lazy("Reason"), help_text=gettext_lazy("Everyone can read it."))


class Correction(forms.Form):
    """A corrigendum: to the whole or to one question."""

    question = forms.ChoiceField(label=gettext_lazy("What is corrected"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language of the correction"))
    text = words(
        gettext_lazy("Correction"),
        help_text=gettext_lazy("The frozen text stays beside it. For example: read “2027”."),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {str(q.position): q for q in queries.questions(consultation)}
        numbered = [(n, _("Question %(number)s") % {"number": n}) for n in self.asked]
        field = self.fields["question"]
        field.choices = [("", _("The topic or the whole")), *numbered]  # type: ignore[attr-defined]
        choose_language(self, "language", consultation.languages)


class Fact(forms.Form):
    """The day on which a milestone was reached, and what shows it."""

    milestone = forms.ChoiceField(label=gettext_lazy("What was done"))
    on = day(gettext_lazy("On the day"))
    source = forms.CharField(
        label=gettext_lazy("What shows it"),
        max_length=300,
        help_text=gettext_lazy("An address of a page, or the number of a document."),
    )

    def __init__(self, *args: Any, milestones: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(name, wording.milestone_name(name)) for name in milestones]
        self.fields["milestone"].choices = named  # type: ignore[attr-defined]


class Deviation(forms.Form):
    """Which date lies outside the rule, and why."""

    milestone = forms.ChoiceField(label=gettext_lazy("Which part of the rule"))
    reason = words(
        gettext_lazy("Why it lies outside the rule"),
        help_text=gettext_lazy("It stays on record, and everyone can read it."),
    )

    def __init__(self, *args: Any, milestones: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["milestone"].choices = milestones  # type: ignore[attr-defined]


class Translation(forms.Form):
    """A text in another language, with what it is worth."""

    language = forms.ChoiceField(label=gettext_lazy("Language"))
    status = forms.ChoiceField(label=gettext_lazy("What it is worth"), choices=TRANSLATIONS)
    text = words(gettext_lazy("Text"), rows=6)

    def __init__(self, *args: Any, offered: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_language(self, "language", offered)


class Because(forms.Form):
    """A ground from the published list and a short reason, for one act."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"), error_messages={"required": gettext_lazy("Choose a ground.")}
    )
    reason = words(
        gettext_lazy("Short reason"), rows=2, help_text=gettext_lazy("The author reads it.")
    )

    def __init__(self, *args: Any, grounds: Sequence[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(g.slug, choose(g.text, languages.current()).text) for g in grounds]
        offered = [
            ("", gettext_lazy("Choose a ground")),
            *named,
        ]  # none by default: it is published
        self.fields["ground"].choices = offered  # type: ignore[attr-defined]


class Appointment(forms.Form):
    """Whom to appoint, as what, where."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), choices=Role.choices, initial=Role.MODERATOR
    )
    group = forms.ChoiceField(label=gettext_lazy("Where"))

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = places  # type: ignore[attr-defined]


def choose_language(form: forms.Form, name: str, codes: Sequence[str]) -> None:
    """Offer these languages in the field *name*."""
    offered = [(code, language_name(code)) for code in codes]
    form.fields[name].choices = offered  # type: ignore[attr-defined]
