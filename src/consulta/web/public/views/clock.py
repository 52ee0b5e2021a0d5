"""The clock of every consultation at a glance: what the rule asked, and whether it was kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consulta.consultations import queries, wording
from consulta.consultations.clock import Row
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=())
def clock(request: HttpRequest) -> HttpResponse:
    """Show all verdicts of all consultations in one table."""
    now = began(request)
    lines = shown.lines(queries.overview(now), now, current())
    names = list(dict.fromkeys(row.name for line in lines for row in line.clock.rows))
    rows = [
        (line, [(_label(row, name), row) for name in names for row in [_row(line, name)]])
        for line in lines
    ]
    columns = [wording.milestone_name(name) for name in names]
    return render(request, "public/clock.html", {"columns": columns, "rows": rows})


def _row(line: shown.Line, name: str) -> Row | None:
    return next((row for row in line.clock.rows if row.name == name), None)


def _label(row: Row | None, name: str) -> str:
    """Name a milestone as its own procedure does."""
    return wording.milestone_name(row.rule if row else name)
