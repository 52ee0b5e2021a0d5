"""The form on which a delegation drafts and gives its position."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.meetings.models import PositionVersion
from consulta.web.ui.languages import direction
from consulta.web.ui.templatetags.ui import language_name

AUDIENCES = [
    ("members", gettext_lazy("Members of the group and its secretariat")),
    ("public", gettext_lazy("Everyone: it stands on the public pages")),
]


class PositionForm(forms.Form):
    """The words in each language, and, to give it, who can see it."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    audience = forms.ChoiceField(
        label=gettext_lazy("Who can see it once it is given"),
        choices=AUDIENCES,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(
        self, *args: Any, spoken: Sequence[str], gives: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spoken, self.gives = list(spoken), gives
        for code in self.spoken:
            attributes = {"rows": 6, "lang": code, "dir": direction(code)}
            self.fields[f"text_{code}"] = forms.CharField(
                label=language_name(code),
                widget=forms.Textarea(attrs=attributes),
                max_length=50_000,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Something is written, and to give it, somebody chose who can see it."""
        found = super().clean() or {}
        if not any(found.get(f"text_{code}", "").strip() for code in self.spoken):
            self.add_error(f"text_{self.spoken[0]}", _("Write it in one language at least."))
        if self.gives and not found.get("audience"):
            self.add_error("audience", _("Choose who can see it."))
        return found

    def texts(self) -> dict[str, dict[str, str]]:
        """What was written, by language; the first is the original."""
        said = {code: self.cleaned_data[f"text_{code}"].strip() for code in self.spoken}
        written = [code for code in self.spoken if said[code]]
        return {
            code: {"text": said[code], "status": "original" if code == written[0] else "courtesy"}
            for code in written
        }


def as_typed(version: PositionVersion | None) -> dict[str, Any]:
    """A version as the fields have it; a given one is the start of the next."""
    if version is None:
        return {}
    words = {f"text_{code}": entry["text"] for code, entry in version.texts.items()}
    draft = version.given_at is None
    return words | {"revision": version.revision if draft else 0}
