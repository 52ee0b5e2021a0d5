"""The form on which a delegation drafts and gives its position."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.meetings import queries
from consulta.meetings.models import Document, PositionVersion
from consulta.web.ui.languages import current, direction
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

    documents = forms.MultipleChoiceField(
        label=gettext_lazy("Contributions of your delegation on which it rests"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Whoever reads the position sees those that they may read."),
    )

    def __init__(
        self,
        *args: Any,
        spoken: Sequence[str],
        own: Sequence[Document] = (),
        gives: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spoken, self.gives = list(spoken), gives
        self.own = {str(document.pk): document for document in own}
        offered = [(pk, called(document)) for pk, document in self.own.items()]
        self.fields["documents"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            del self.fields["documents"]
        for code in self.spoken:
            attributes = {"rows": 6, "lang": code, "dir": direction(code)}
            self.fields[f"text_{code}"] = forms.CharField(
                label=language_name(code),
                widget=forms.Textarea(attrs=attributes),
                max_length=50_000,
                required=False,
            )
        self.order_fields([f"text_{code}" for code in self.spoken])

    def linked(self) -> list[Document]:
        """The contributions that were ticked."""
        return [self.own[pk] for pk in self.cleaned_data.get("documents", ())]

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
    words: dict[str, Any] = {f"text_{code}": entry["text"] for code, entry in version.texts.items()}
    draft = version.given_at is None
    words["documents"] = [str(document.pk) for document in version.documents.all()]
    return words | {"revision": version.revision if draft else 0}


def called(document: Document) -> str:
    """A document's number and title, for a list."""
    return f"{document.base_number} · {queries.title(document, current()).text}"
