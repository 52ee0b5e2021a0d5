"""The table of codes: respondents by question and stakeholder group, to print or as CSV."""

import csv
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from consulta.analysis.coding import counting, queries
from consulta.analysis.coding.counting import Counted
from consulta.analysis.coding.queries import Frame, Level
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text
from consulta.groups.permissions import Act
from consulta.web.desk import page
from consulta.web.desk.access import in_consultation
from consulta.web.desk.coding import shown
from consulta.web.desk.importing.tables import safe
from consulta.web.ui.parts import Link


@dataclass(frozen=True, slots=True)
class Table:
    """The codes given at one question: *lines* are a code, respondents, those of each of the *groups*."""

    position: int
    title: Text
    groups: list[str]
    lines: list[tuple[Level, int, list[int], int]]
    counted: Counted
    sums: list[int]


@require_safe
@in_consultation(Act.SEE_DESK)
def table(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Which codes were given at each question, to how many respondents."""
    frame = queries.frame(consultation)
    context = {"coding_frame": frame, "tables": _tables(consultation, frame)}
    trail = [shown.home(consultation), Link(label=_("Table of codes"))]
    return page.show(request, "coding/table.html", context, consultation=consultation, trail=trail)


@require_safe
@in_consultation(Act.SEE_DESK)
def table_csv(_request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The same as one table: question, code, group, respondents."""
    name = f"{consultation.slug}-codes.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow(
        [
            _("Question"),
            pgettext("coding frame", "Code"),
            _("Name"),
            _("Stakeholder group"),
            _("Respondents"),
        ]
    )
    for one in _tables(consultation, queries.frame(consultation)):
        for level, total, counts, _marks in one.lines:
            for group, count in zip([_("All"), *one.groups], [total, *counts], strict=True):
                code = level.code
                out.writerow([one.position, code.ordinal, safe(code.name), safe(group), count])
    return response


def _tables(consultation: Consultation, frame: Frame) -> list[Table]:
    counted, names = counting.by_question(consultation, frame), shown.groups()
    asked = [*consultations.questions(consultation), None]
    return [
        _table(
            shown.title(question), question.position if question else 0, counted[at], names, frame
        )
        for question in asked
        if (at := question.position if question else None) in counted
    ]


def _table(
    title: Text, position: int, counted: Counted, names: dict[str, str], frame: Frame
) -> Table:
    slugs = [
        *(slug for slug in names if counted.groups[slug]),
        *([""] if counted.groups[""] else []),
    ]
    lines = [
        (level, line.respondents, [line.by_group[slug] for slug in slugs], line.marks)
        for level in frame.tree
        if (line := counted.lines.get(level.code.pk))
    ]
    groups = [names.get(slug) or _("Not shown") for slug in slugs]
    return Table(position, title, groups, lines, counted, [counted.groups[slug] for slug in slugs])
