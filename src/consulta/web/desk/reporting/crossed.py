"""A cross-tab in words: what it is counted by, its rows and columns, and as CSV."""

import csv
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consulta.analysis.coding import queries as coding
from consulta.consultations import options
from consulta.consultations.models import Consultation
from consulta.core.regions import Regions
from consulta.reports import consolidated, crosstabs, figure_blocks, words
from consulta.reports.crosstabs import CrossTab, Dimension
from consulta.reports.figures import NONE_CHOSEN, regions_of
from consulta.web.desk.importing.tables import safe
from consulta.web.desk.reporting import figured
from consulta.web.ui import languages

#: A table with more rows or columns is not drawn: no picture of it could be read.
DRAWN = 12


@dataclass(frozen=True, slots=True)
class Told:
    """The table in words: *rows* are a label, its counts and their sum (None where sums mean nothing)."""

    caption: str
    corner: str
    columns: list[str]
    rows: list[tuple[str, list[int], int | None]]
    sums: list[int]
    respondents: int
    drawn: SafeString | str


def told(consultation: Consultation, table: CrossTab) -> Told:
    """*table* in the page's language."""
    names = _Names(consultation)
    columns = [names.of(table.across, code) for code in table.columns]
    lines = [(names.of(table.by, code), table.line(code)) for code in table.rows]
    named = {"by": label(table.by), "across": label(table.across)}
    caption = _("Respondents: %(by)s by %(across)s") % named
    return Told(
        caption=caption,
        corner=named["by"],
        columns=columns,
        rows=[(name, line, sum(line) if table.adds_up else None) for name, line in lines],
        sums=[sum(counts) for counts in zip(*(line for _n, line in lines), strict=True)]
        if table.adds_up
        else [],
        respondents=table.respondents,
        drawn=_drawn(table, lines, columns, caption),
    )


def _drawn(
    table: CrossTab, lines: list[tuple[str, list[int]]], columns: list[str], caption: str
) -> SafeString | str:
    """A stacked bar for each row; of options none ever has a bar of its own, that would be a vote.

    Codes are not drawn: a respondent counts under several, and under the codes above them.
    """
    small = 0 < len(lines) <= DRAWN and 0 < len(columns) <= DRAWN and table.respondents
    coded = crosstabs.CODE in (table.by.kind, table.across.kind)
    options_in_rows = table.by.kind == crosstabs.OPTION
    if not small or coded or (options_in_rows and table.across.kind == crosstabs.OPTION):
        return ""
    desc = _("The table says the same.")
    if not options_in_rows:
        return figured.picture(lines, columns, title=caption, desc=desc)
    turned = zip(*(counts for _name, counts in lines), strict=True)
    return figured.picture(
        list(zip(columns, turned, strict=True)),
        [name for name, _c in lines],
        title=caption,
        desc=desc,
    )


def label(dimension: Dimension) -> str:
    """By what is counted, in words."""
    if dimension.question is not None:
        number = words.number(dimension.question.position)
        if dimension.kind == crosstabs.CODE:
            return _("Code given at question %(number)s") % {"number": number}
        return _("Option chosen at question %(number)s") % {"number": number}
    return {
        crosstabs.GROUP: _("Stakeholder group"),
        crosstabs.REGION: _("Region"),
        crosstabs.COUNTRY: _("Country"),
        crosstabs.LANGUAGE: _("Language"),
        crosstabs.CODE: _("Code given"),
    }[dimension.kind]


def as_csv(consultation: Consultation, table: CrossTab) -> HttpResponse:
    """The table as a file that any spreadsheet opens; no cell can be taken for a formula."""
    shown = told(consultation, table)
    name = f"{consultation.slug}-{table.by.code}-{table.across.code}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow([safe(cell) for cell in (shown.corner, *shown.columns)])
    for name, counts, _sum in shown.rows:
        out.writerow([safe(name), *counts])
    return response


class _Names:
    """The names of codes in the page's language; each list is asked for once."""

    def __init__(self, consultation: Consultation) -> None:
        self.language = languages.current()
        self.groups = consolidated.group_names(self.language)
        self.regions: Regions = regions_of(consultation)
        self.codes = {str(code.ordinal): code.name for code in coding.frame(consultation).codes}

    def of(self, dimension: Dimension, code: str) -> str:
        """What *code* is called."""
        if dimension.kind == crosstabs.CODE:
            return self.codes.get(code, _("No code given"))
        if dimension.question is not None:
            return self._option(dimension, code)
        if dimension.kind == crosstabs.GROUP:
            return figure_blocks.group_name(code, self.groups).text
        if dimension.kind == crosstabs.REGION:
            return figure_blocks.region_name(code, self.regions, self.language).text
        if dimension.kind == crosstabs.COUNTRY:
            return words.country(code)
        return words.language(code) or _("Not shown")

    def _option(self, dimension: Dimension, code: str) -> str:
        if code == crosstabs.NOT_ANSWERED:
            return _("Did not answer")
        if code == NONE_CHOSEN:
            return _("None chosen, words alone")
        return options.chosen(dimension.question, [code], self.language)[0].text
