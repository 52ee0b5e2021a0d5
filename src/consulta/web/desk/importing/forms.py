"""The forms of an import: a file, and what its columns hold."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core.importing import Field
from consulta.responses import choosing, importing
from consulta.responses import import_wording as wording
from consulta.responses.models import Import
from consulta.web.desk.forms import choose_language
from consulta.web.ui import languages

MAX_SIZE = 200 * 1024 * 1024  # bytes


class Upload(forms.Form):
    """The file."""

    table = forms.FileField(
        label=gettext_lazy("Table of responses"),
        help_text=gettext_lazy(
            "XLSX, ODS, XLS or CSV; the first row holds the headings. Nothing is registered before"
            " you have seen how each row is read."
        ),
    )

    def clean_table(self) -> UploadedFile[Any]:
        """Not larger than what can be read."""
        file: UploadedFile[Any] = self.cleaned_data["table"]
        if (file.size or 0) > MAX_SIZE:
            raise forms.ValidationError(_("The file has more than 200 MB: divide it into several."))
        return file


class Columns(forms.Form):
    """What each column holds, and what counts for every row."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of responses, where the row names none")
    )
    vouched = forms.BooleanField(
        label=gettext_lazy(
            "The senders' addresses were confirmed in the system that this table comes from"
        ),
        required=False,
        help_text=gettext_lazy("You vouch for it, and the record says so."),
    )
    by_mail = forms.BooleanField(
        label=gettext_lazy("Mail each sender a receipt, or the button that confirms the address"),
        required=False,
    )

    def __init__(self, *args: Any, table: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        choose_language(self, "language", list(languages.names()))
        held = importing.mapping(table)
        options = [("", _("Not imported")), *choices(table.consultation)]
        for column, heading in enumerate(table.headings):
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=heading or _("Column %(number)s") % {"number": column + 1},
                choices=options,
                initial=held.get(column, ""),
                required=False,
            )

    def column_fields(self) -> list[forms.BoundField]:
        """The selects, one for each heading."""
        return [field for field in self.visible_fields() if field.name.startswith("column_")]

    def other_fields(self) -> list[forms.BoundField]:
        """What counts for every row."""
        return [field for field in self.visible_fields() if not field.name.startswith("column_")]

    def mapped(self) -> dict[int, str]:
        """Column to what it holds."""
        chosen: Mapping[str, str] = self.cleaned_data
        return {
            int(name.removeprefix("column_")): held
            for name, held in chosen.items()
            if name.startswith("column_") and held
        }

    def clean(self) -> dict[str, Any]:
        """No two columns hold the same."""
        found = super().clean() or {}
        seen: dict[str, str] = {}
        for name, held in list(found.items()):
            if name.startswith("column_") and held:
                if held in seen:
                    self.add_error(name, _("Another column holds this already."))
                seen[str(held)] = name
        return found


def choices(consultation: Consultation) -> list[tuple[str, str]]:
    """What a column can hold in *consultation*."""
    asked = consultation_queries.questions(consultation)
    held = [
        *(f"answer:{question.position}" for question in asked),
        *(f"choice:{number}" for number in choosing.of(asked)),
        "answer:0",
        *(field.value for field in Field),
    ]
    return [(code, wording.what(code)) for code in held]
