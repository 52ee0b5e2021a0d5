"""Forms of campaigns: how they are looked for, what they are called, who is added, why one goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.analysis.models import Campaign, CampaignSearch
from consulta.consultations.models import Consultation
from consulta.core.multilingual import text_in
from consulta.web.ui.templatetags.ui import language_name


class SearchForm(forms.Form):
    """How campaigns are looked for in one consultation."""

    threshold = forms.IntegerField(
        label=_("Least part in common, in per cent"),
        help_text=_("Of all runs of three words. At 50, a letter with as many own words is still found."),
        min_value=30,
        max_value=100,
    )  # fmt: skip
    least_size = forms.IntegerField(label=_("Least responses"), min_value=2, max_value=10_000)
    least_length = forms.IntegerField(
        label=_("Least letters in a text"),
        help_text=_("Shorter ones are no campaign. A Chinese character counts three."),
        min_value=40,
        max_value=10_000,
    )  # fmt: skip

    def __init__(self, data: Any, *, search: CampaignSearch) -> None:
        initial = {
            "threshold": round(search.threshold * 100),
            "least_size": search.least_size,
            "least_length": search.least_length,
        }
        super().__init__(data, initial=initial)

    def method(self) -> dict[str, float]:
        """What was chosen, as the act takes it."""
        chosen = self.cleaned_data
        return {**chosen, "threshold": chosen["threshold"] / 100}


class NumberForm(forms.Form):
    """The number of a response."""

    number = forms.CharField(
        label=_("Number of the response"),
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class ReasonForm(forms.Form):
    """Why a campaign is dissolved."""

    reason = forms.CharField(
        label=_("Short reason"),
        help_text=_("It stays on record."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class NamesForm(forms.Form):
    """What a campaign is called, in each language of the consultation."""

    def __init__(self, data: Any, *, campaign: Campaign, consultation: Consultation) -> None:
        super().__init__(data)
        for code in consultation.languages:
            self.fields[code] = forms.CharField(
                label=language_name(code),
                initial=text_in(campaign.names, code).text,
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )
