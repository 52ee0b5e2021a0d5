"""Forms of the report: freezing an edition, explaining what is undecided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.reports.models import Edition
from consulta.web.ui.templatetags.ui import language_name

KINDS = [
    (Edition.Kind.CONSOLIDATED.value, _("Consolidated report: what the secretariat wrote, with citations")),
    (Edition.Kind.COMPILATION.value, _("Compilation: every published response, word for word")),
]  # fmt: skip


class FreezeForm(forms.Form):
    """Which document is frozen as its next edition, in which language, and what changed."""

    kind = forms.ChoiceField(label=_("Document"), choices=KINDS, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the document"))
    errata = forms.CharField(
        label=_("What changed"),
        help_text=_(
            "Needed for a second edition or a later one: it stands on the document's first page. Leave"
            " it empty to be given a list of the changes to start from."
        ),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, language_name(code)) for code in consultation.languages]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]
        self.fields["language"].initial = consultation.original_language


class ExplainForm(forms.Form):
    """Why a report is released while responses are undecided; the report itself says it."""

    explanation = forms.CharField(
        label=_("Why these responses are not decided yet"),
        help_text=_("It stays on record and stands in editions frozen from now on."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WaiveForm(forms.Form):
    """Why a report is released that no second officer approved; everyone reads it beside the report."""

    waiver = forms.CharField(
        label=_("Why no second officer reviewed this text"),
        help_text=_(
            "For instance: this body has one officer. Everyone reads it beside the report."
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
