"""The forms of documents: what follows one, another language, a withdrawal, the grammar of numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.core.document_numbers import DEFAULT_PATTERN
from consulta.meetings.models import Document, NumberSeries
from consulta.web.desk.forms import words
from consulta.web.ui import languages
from consulta.web.ui.templatetags.ui import language_name

#: What the form's window for choosing a file offers.
ACCEPT = ".pdf,.docx,.odt,.rtf,.html,.htm,.txt,.png,.jpg,.jpeg"


def _languages() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in languages.names()]


class _File(forms.Form):
    """One file in one language."""

    language = forms.ChoiceField(label=gettext_lazy("Language of the file"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=gettext_lazy("It is checked, and a clean copy is kept and shown."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = f"id_{type(self).__name__.lower()}_%s"  # several stand on one page
        self.fields["language"].choices = _languages()  # type: ignore[attr-defined]
        self.fields["language"].initial = languages.current()


class Following(_File):
    """A revision, an addendum or a corrigendum."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Empty: the title of the document that it follows."),
    )
    field_order = ("kind", "title", "language", "file")

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(kind, Document.Kind(kind).label) for kind in kinds]
        self.fields["kind"].choices = named  # type: ignore[attr-defined]


class Version(_File):
    """The document in another language."""


class Withdrawal(forms.Form):
    """Why a document is withdrawn."""

    reason = words(
        gettext_lazy("Why it is withdrawn"), help_text=gettext_lazy("Everyone can read it.")
    )


class Series(forms.Form):
    """How documents of a group's meetings are numbered."""

    pattern = forms.CharField(
        label=gettext_lazy("Pattern"),
        max_length=200,
        initial=DEFAULT_PATTERN,
        widget=forms.TextInput(attrs={"dir": "ltr", "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Fields stand in braces: body, meeting, seq, r (revision), a (addendum), c (corrigendum),"
            " lang. A part that stands only where there is something to say is put in square brackets."
        ),
    )
    symbol = forms.CharField(
        label=gettext_lazy("Symbol of the group's own meetings"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Empty: the group's short name."),
    )
    open_symbol = forms.CharField(
        label=gettext_lazy("Symbol of its open meetings"), required=False, max_length=40
    )
    meeting_by = forms.ChoiceField(
        label=gettext_lazy("What stands for the meeting"), choices=NumberSeries.MeetingBy.choices
    )
    letters = forms.CharField(
        label=gettext_lazy("Suffixes of the languages"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=gettext_lazy(
            "Code and suffix, such as “ar=A zh=C en=E”. Empty: as the ITU does."
        ),
    )

    def clean_letters(self) -> dict[str, str]:
        """Return language -> suffix; refuse what is no pair."""
        found = {}
        for pair in str(self.cleaned_data["letters"]).replace(",", " ").split():
            code, equals, letter = pair.partition("=")
            if not (equals and code.isascii() and code.isalpha() and letter.isalpha()):
                raise forms.ValidationError(
                    _("“%(pair)s” is no code and suffix; write such as “en=E”.") % {"pair": pair}
                )
            found[code.lower()] = letter
        return found
