"""The form above the verdicts at a glance: which group, rule, year and verdict."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from consulta.consultations.overview import Filters, Line
from consulta.core.verdicts import Status
from consulta.groups import queries as groups
from consulta.web.ui.words import verdict

NAMES = ("group", "procedure", "year", "verdict")
Choices = Mapping[str, str]


class Asked(forms.Form):
    """Which consultations to show; each list offers only what there is."""

    def __init__(self, asked: Mapping[str, Any], *, lines: Sequence[Line], language: str) -> None:
        super().__init__(asked if any(asked.get(name) for name in NAMES) else None)
        self._add("group", _("Group"), _groups(lines, language))
        self._add("procedure", _("Rule"), _families(lines, language))
        years = sorted({line.year for line in lines if line.year}, reverse=True)
        self._add("year", _("Year"), {str(year): str(year) for year in years})
        self._add("verdict", _("Verdict"), _verdicts(lines))

    def filters(self) -> Filters:
        """Return what was chosen; nothing where the form was not sent or names what there is not."""
        if not self.is_bound:
            return Filters()
        self.is_valid()
        told = {name: self.cleaned_data.get(name, "") for name in NAMES}
        year = int(told["year"]) if told["year"] else None
        return Filters(told["group"], told["procedure"], year, told["verdict"])

    def _add(self, name: str, label: str, words: Choices) -> None:
        choices = [("", _("All")), *words.items()]
        self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)


def _groups(lines: Iterable[Line], language: str) -> Choices:
    found = {one.consultation.group for one in lines}
    return {g.slug: groups.name(g, language).text for g in sorted(filter(None, found), key=str)}


def _families(lines: Iterable[Line], language: str) -> Choices:
    return {line.family: line.rules.title_for(language).text for line in reversed(list(lines))}


def _verdicts(lines: Iterable[Line]) -> Choices:
    there = {row.verdict.status for line in lines for row in line.clock.rows}
    return {status.value: verdict(status, None) for status in Status if status in there}
