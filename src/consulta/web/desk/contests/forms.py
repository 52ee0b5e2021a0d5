"""The form of an answer to a contest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.reports.models import Contest
from consulta.web.desk.forms import choose_language, words
from consulta.web.ui.languages import current


class AnswerForm(forms.Form):
    """What becomes of the passage, and why."""

    outcome = forms.ChoiceField(
        label=_("What becomes of the passage"),
        choices=Contest.Outcome.choices,
        widget=forms.RadioSelect,
    )
    text = words(
        _("Answer"),
        rows=6,
        help_text=_(
            "Everyone can read it beside the passage. The released edition stays as it is; a"
            " correction comes with a later edition."
        ),
    )
    language = forms.ChoiceField(label=_("Language of the answer"))

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_language(self, "language", consultation.languages)
        self.fields["language"].initial = current()
