"""The forms of follow-ups: asking an office, noting what became of it, checking a report, an office."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.core.multilingual import choose
from consulta.meetings.models import (
    Advice,
    Decision,
    Document,
    FollowUp,
    Meeting,
    Office,
    ReportPoint,
    StatusChange,
)
from consulta.web.desk import forms as desk_forms
from consulta.web.desk.plan.setting import named
from consulta.web.desk.recording import AUDIENCES
from consulta.web.ui import languages
from consulta.web.ui.days import day
from consulta.web.ui.languages import direction
from consulta.web.ui.templatetags.ui import language_name


class WordsForm(forms.Form):
    """A form with words in every language of the body, some of which may stay empty."""

    def add_words(self, spoken: Sequence[str], *, rows: int = 3) -> None:
        """Add a field for each of the languages *spoken*."""
        self.spoken = list(spoken)
        for code in self.spoken:
            attributes = {"rows": rows, "lang": code, "dir": direction(code)}
            self.fields[f"text_{code}"] = forms.CharField(
                label=language_name(code),
                widget=forms.Textarea(attrs=attributes),
                max_length=20_000,
                required=False,
            )

    def texts(self) -> dict[str, dict[str, str]]:
        """What was written, by language; the first is the original."""
        said = {code: self.cleaned_data[f"text_{code}"].strip() for code in self.spoken}
        written = [code for code in self.spoken if said[code]]
        return {
            code: {"text": said[code], "status": "original" if code == written[0] else "courtesy"}
            for code in written
        }


class AskForm(WordsForm):
    """Whom a decision asks, how strongly, what, and by when."""

    offices = forms.MultipleChoiceField(
        label=gettext_lazy("Who is asked"), widget=forms.CheckboxSelectMultiple, required=False
    )
    force = forms.ChoiceField(
        label=gettext_lazy("How strongly"), choices=FollowUp.Force.choices, widget=forms.RadioSelect
    )
    asks = forms.ChoiceField(
        label=gettext_lazy("What for"), choices=FollowUp.Asks.choices, initial=FollowUp.Asks.ACT
    )
    paragraph = forms.CharField(
        label=gettext_lazy("Source paragraph"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Where the report of the meeting, or an instrument, says it."),
    )
    due_on = day(
        gettext_lazy("Due"),
        required=False,
        help_text=gettext_lazy("Empty for an invitation: it is never due."),
    )
    is_due_with_report = forms.BooleanField(
        label=gettext_lazy("Due with its next report"), required=False
    )
    is_standing = forms.BooleanField(
        label=gettext_lazy("Standing duty, without an end"), required=False
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who can see it"), choices=AUDIENCES, widget=forms.RadioSelect
    )

    def __init__(
        self, *args: Any, offices: Sequence[Office], spoken: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(office.pk): office for office in offices}
        choices = [(pk, office_name(office)) for pk, office in self.known.items()]
        self.fields["offices"].choices = choices  # type: ignore[attr-defined]
        self.add_words(spoken)

    def said(self, decision: Decision) -> tuple[FollowUp, list[Office]]:
        """The follow-up, not saved, and whom it asks."""
        data, offices = self.cleaned_data, [self.known[pk] for pk in self.cleaned_data["offices"]]
        plain = ("force", "asks", "paragraph", "due_on", "is_due_with_report", "is_standing")
        values = {name: data[name] for name in (*plain, "audience")}
        return FollowUp(decision=decision, texts=self.texts(), **values), offices


class NoteForm(forms.Form):
    """What became of it, who said so, and what shows it."""

    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=FollowUp.Status.choices)
    note = desk_forms.words(gettext_lazy("Note"), required=False)
    said_by = forms.CharField(label=gettext_lazy("Who said it"), max_length=200, required=False)
    done_on = day(gettext_lazy("On the day"), required=False)
    evidence = forms.URLField(
        label=gettext_lazy("Link that shows it"),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    document = forms.ChoiceField(label=gettext_lazy("Document that shows it"), required=False)

    def __init__(self, *args: Any, documents: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(d.pk): d for d in documents}
        self.fields["document"].choices = [("", _("None")), *numbers(documents)]  # type: ignore[attr-defined]

    def said(self, follow_up: FollowUp, language: str) -> StatusChange:
        """The change, not saved."""
        data = dict(self.cleaned_data)
        data["document"] = self.known.get(data["document"])
        return StatusChange(follow_up=follow_up, language=language, **data)


class PointForm(forms.Form):
    """Whether a report covers what was asked of it, and in which paragraph."""

    report = forms.ChoiceField(label=gettext_lazy("Report"))
    covered = forms.ChoiceField(
        label=gettext_lazy("Covered"), choices=ReportPoint.Covered.choices, widget=forms.RadioSelect
    )
    paragraph = forms.CharField(
        label=gettext_lazy("Paragraph of the report"), max_length=120, required=False
    )
    point_note = desk_forms.words(gettext_lazy("Note"), rows=2, required=False)

    def __init__(self, *args: Any, documents: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(d.pk): d for d in documents}
        self.fields["report"].choices = numbers(documents)  # type: ignore[attr-defined]

    def said(self, follow_up: FollowUp) -> ReportPoint:
        """The point, not saved."""
        data = self.cleaned_data
        return ReportPoint(
            follow_up=follow_up,
            report=self.known[data["report"]],
            covered=data["covered"],
            paragraph=data["paragraph"],
            note=data["point_note"],
        )


class OfficeForm(forms.Form):
    """An office: its names, and the address to which reminders go."""

    slug = forms.SlugField(
        label=gettext_lazy("Short name in addresses"),
        help_text=gettext_lazy("For example director-br."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("Reminders go there. It is shown at the desk alone."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of its mails"))

    def __init__(self, *args: Any, spoken: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spoken = list(spoken)
        desk_forms.choose_language(self, "language", self.spoken)
        for code in self.spoken:
            attributes = {"lang": code, "dir": direction(code)}
            self.fields[f"name_{code}"] = forms.CharField(
                label=language_name(code),
                widget=forms.TextInput(attrs=attributes),
                max_length=200,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """An office has a name in one language at least."""
        found = super().clean() or {}
        if not any(found.get(f"name_{code}") for code in self.spoken):
            self.add_error(f"name_{self.spoken[0]}", _("Name the office in one language at least."))
        return found

    def names(self) -> dict[str, str]:
        """The names that were written, by language."""
        written = {code: self.cleaned_data[f"name_{code}"].strip() for code in self.spoken}
        return {code: name for code, name in written.items() if name}


class AdviceForm(WordsForm):
    """What the group said of a report, or puts into activities, and to whom it is carried."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=Advice.Kind.choices, widget=forms.RadioSelect
    )
    meeting = forms.ChoiceField(label=gettext_lazy("Meeting"))
    report = forms.ChoiceField(
        label=gettext_lazy("Report"),
        required=False,
        help_text=gettext_lazy("A comment names the report that it is on."),
    )
    offices = forms.MultipleChoiceField(
        label=gettext_lazy("To which offices"), widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who can see it"), choices=AUDIENCES, widget=forms.RadioSelect
    )

    def __init__(
        self,
        *args: Any,
        meetings: Sequence[Meeting],
        documents: Sequence[Document],
        offices: Sequence[Office],
        spoken: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(m.pk): m for m in meetings}
        self.documents = {str(d.pk): d for d in documents}
        self.known = {str(o.pk): o for o in offices}
        choices = {
            "meeting": [(pk, named(m)) for pk, m in self.meetings.items()],
            "report": [("", _("None")), *numbers(documents)],
            "offices": [(pk, office_name(o)) for pk, o in self.known.items()],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]
        self.add_words(spoken)

    def clean(self) -> dict[str, Any]:
        """A comment is on a report, and something is written."""
        found = super().clean() or {}
        if found.get("kind") == Advice.Kind.COMMENT and not found.get("report"):
            self.add_error("report", _("Choose the report that the comment is on."))
        if not any(found.get(f"text_{code}") for code in self.spoken):
            self.add_error(f"text_{self.spoken[0]}", _("Write it in one language at least."))
        return found

    def said(self) -> tuple[Advice, list[Office]]:
        """The advice, not saved, and to whom it goes."""
        data = self.cleaned_data
        meeting = self.meetings[data["meeting"]]
        made = Advice(meeting=meeting, kind=data["kind"], texts=self.texts())
        made.report, made.audience = self.documents.get(data["report"]), data["audience"]
        return made, [self.known[pk] for pk in data["offices"]]


def numbers(documents: Sequence[Document]) -> list[tuple[str, str]]:
    """Documents by their numbers and titles, for a list."""
    language = languages.current()
    return [(str(d.pk), f"{d.number} {choose(d.titles, language).text}") for d in documents]


def office_name(office: Office) -> str:
    """An office's name in the page's language."""
    return choose(office.names, languages.current()).text or office.slug
