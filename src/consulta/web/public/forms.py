"""Forms of the reading pages; all of them ask (GET), none changes anything."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from consulta.responses.queries import Filters
from consulta.stakeholders import queries as stakeholders
from consulta.web.ui.templatetags.ui import country, language_name

Counts = Mapping[str, int]


class FilterForm(forms.Form):
    """Which published responses: by stakeholder group, country and language, with counts."""

    question = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, asked: Mapping[str, Any], *, facets: Mapping[str, Counts], language: str
    ) -> None:
        is_chosen = any(asked.get(name) for name in ("group", "country", "language"))
        super().__init__(asked if is_chosen else None, initial={"question": asked.get("question")})
        names = {
            g.slug: stakeholders.name(g, language).text for g in stakeholders.stakeholder_groups()
        }
        countries = {code: country(code) for code in facets["country"] if code}
        spoken = {code: language_name(code) for code in facets["language"] if code}
        self._add("group", _("Stakeholder group"), names, facets["group"])
        self._add("country", _("Country"), countries, facets["country"])
        self._add("language", _("Language"), spoken, facets["language"])
        if not asked.get("question"):
            del self.fields["question"]

    def filters(self) -> Filters:
        """Return what was chosen; nothing where the form was not sent or names an unknown value."""
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Filters(
            group=chosen.get("group", ""),
            country=chosen.get("country", ""),
            language=chosen.get("language", ""),
        )

    def _add(self, name: str, label: str, words: Mapping[str, str], counts: Counts) -> None:
        choices = [
            (value, _("%(name)s (%(count)s)") % {"name": word, "count": counts[value]})
            for value, word in sorted(words.items(), key=lambda pair: pair[1])
            if value in counts
        ]
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[("", _("All")), *choices], required=False
        )
