"""Forms of coding: a code, into which one is merged, a file, what is looked for among the answers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from consulta.analysis.coding import reading
from consulta.analysis.coding.frames import Wording
from consulta.analysis.coding.queries import Frame
from consulta.analysis.models import Code, CodingFrame
from consulta.consultations import queries as consultations
from consulta.core.coding_frame import DEFINITION, NAME
from consulta.web.desk import page
from consulta.web.desk.coding import shown
from consulta.web.ui import languages
from consulta.web.ui.templatetags.ui import digits

LARGEST = 1024 * 1024  # bytes of a frame
Choices = list[tuple[Any, Any]]


class CodeForm(forms.Form):
    """What a code is called, what it means, and where it stands."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME)
    definition = forms.CharField(
        label=gettext_lazy("Definition"),
        help_text=gettext_lazy(
            "When to give it and when not, so that two coders decide alike. An example helps."
        ),
        required=False,
        max_length=DEFINITION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    parent = forms.TypedChoiceField(
        label=gettext_lazy("Beneath"), coerce=int, empty_value=None, required=False
    )
    question = forms.TypedChoiceField(
        label=gettext_lazy("For"),
        help_text=gettext_lazy("A code beneath one of a single question is for that question too."),
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, data: Any, *, frame: Frame, code: Code | None = None) -> None:
        super().__init__(data, initial=_initial(code) if code else None)
        below = frame.within(code) if code else set()
        above = [one for one in frame.tree if one.code.pk not in below]
        _offer(self, "parent", [("", _("No other code")), *shown.choices(above)])
        _offer(self, "question", [("", _("All questions")), *_questions(frame)])
        for name in ("name", "definition"):
            self.fields[name].widget.attrs |= {"lang": frame.language, "dir": "auto"}

    def wording(self) -> Wording:
        """What was typed, as the act takes it."""
        return Wording(**self.cleaned_data)


class MergeForm(forms.Form):
    """The code under which everything is to stand."""

    into = forms.TypedChoiceField(label=gettext_lazy("Merge into"), coerce=int)

    def __init__(self, data: Any, *, frame: Frame, code: Code) -> None:
        super().__init__(data)
        below = frame.within(code)
        others = [
            one
            for one in frame.tree
            if one.code.pk not in below
            and one.code.state == Code.State.ACTIVE
            and one.code.question_id in (None, code.question_id)
        ]
        _offer(self, "into", shown.choices(others))


class UploadForm(forms.Form):
    """A frame from a file."""

    frame = forms.FileField(
        label=gettext_lazy("Coding frame, JSON or CSV"),
        help_text=gettext_lazy(
            "As it is downloaded here. A table needs a column “name”; “definition”, “number”, “parent”"
            " and “question” are read where they stand."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.csv"}),
    )

    def clean_frame(self) -> UploadedFile[Any]:
        """Not larger than any frame is."""
        file: UploadedFile[Any] = self.cleaned_data["frame"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file has more than 1 MB. That is no coding frame."))
        return file


class TakeForm(forms.Form):
    """The frame of another consultation to begin with."""

    other = forms.TypedChoiceField(label=gettext_lazy("Codes in use in"), coerce=int)

    def __init__(self, data: Any, *, frames: list[CodingFrame]) -> None:
        super().__init__(data)
        _offer(self, "other", [(f.pk, page.topic(f.consultation)) for f in frames])


class LookForm(forms.Form):
    """What is looked for among the answers to one question."""

    words = forms.CharField(
        label=gettext_lazy("Words, or a number"), required=False, max_length=200
    )
    coded = forms.ChoiceField(label=gettext_lazy("Coded"), required=False)
    code = forms.ChoiceField(label=pgettext_lazy("coding frame", "Code"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Stakeholder group"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    option = forms.ChoiceField(label=gettext_lazy("Option chosen"), required=False)
    campaign = forms.ChoiceField(label=gettext_lazy("Campaign"), required=False)
    folded = forms.BooleanField(label=gettext_lazy("Each campaign once"), required=False)
    blind = forms.BooleanField(label=gettext_lazy("Hide what others coded"), required=False)

    def __init__(self, data: Any, *, offered: Mapping[str, Choices]) -> None:
        super().__init__(data)
        for name, choices in offered.items():
            if choices:
                _offer(self, name, [("", _("All")), *choices])
            else:
                del self.fields[name]
        if "campaign" not in self.fields:
            del self.fields["folded"]

    def look(self, number: int) -> reading.Look:
        """What was chosen; a field with a choice that there is not is left aside. *number*: the page."""
        self.is_valid()
        said = self.cleaned_data
        return reading.Look(
            words=said.get("words", ""),
            group=said.get("group", ""),
            region=said.get("region", ""),
            language=said.get("language", ""),
            option=said.get("option", ""),
            code=int(said.get("code") or 0),
            campaign=int(said.get("campaign") or 0),
            coded=said.get("coded", ""),
            folded=bool(said.get("folded")),
            page=number,
        )


def coded_choices() -> Choices:
    """What the reader, or somebody else, has done with an answer."""
    return [
        (reading.NOT_MINE, _("Not by me yet")),
        (reading.MINE, _("By me")),
        (reading.THEIRS, _("By others, not by me")),
        (reading.NOBODY, _("By nobody")),
        (reading.AGAIN, _("To be looked at again")),
    ]


def _initial(code: Code) -> dict[str, Any]:
    return {
        "name": code.name,
        "definition": code.definition,
        "parent": code.parent.ordinal if code.parent else "",
        "question": code.question.position if code.question else "",
    }


def _questions(frame: Frame) -> Choices:
    found = []
    for question in consultations.questions(frame.row.consultation):
        text = consultations.question_text(question, languages.current()).text
        short = text if len(text) <= 80 else text[:80].rstrip() + "…"
        said = _("Question %(number)s: %(text)s")
        found.append(
            (question.position, said % {"number": digits(question.position), "text": short})
        )
    return found


def _offer(form: forms.Form, name: str, choices: Choices) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
