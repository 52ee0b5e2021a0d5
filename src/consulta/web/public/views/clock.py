"""The clock of every consultation at a glance: what the rule asked, and whether it was kept."""

import csv
from io import StringIO

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consulta.consultations import overview, overview_document
from consulta.consultations.overview import Line
from consulta.web.public.glance import Asked
from consulta.web.public.moment import began
from consulta.web.public.shown import extra as extra_shown
from consulta.web.public.shown import glance
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current

PAGE = 40
FILTERS = ("group", "procedure", "year", "verdict")


@finished(shows="pages", query=(*FILTERS, "page"))
def clock(request: HttpRequest) -> HttpResponse:
    """Show the verdicts of all consultations, a table for each rule, with the sums of every year."""
    every = overview.lines(began(request))
    form = Asked(request.GET, lines=every, language=current())
    chosen = overview.chosen(every, form.filters())
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "total": len(chosen),
        "page": page,
        "tables": glance.tables(overview.tables(page.object_list), current()),
        "sums": glance.sums(overview.tables(chosen), current()),
        "query": query.urlencode(),
        "extra_meetings": extra_shown.every(current()),
        "has_record": any(line.consultation.is_record for line in page.object_list),
    }
    return render(request, "public/clock.html", context)


@finished(shows="pages", query=FILTERS)
def as_csv(request: HttpRequest) -> HttpResponse:
    """Give out the same as CSV (RFC 4180): a line for each milestone; codes are never translated."""
    written = StringIO()
    writer = csv.DictWriter(written, overview_document.COLUMNS)
    writer.writeheader()
    writer.writerows(overview_document.rows(_chosen(request), language=current()))
    response = HttpResponse(written.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verdicts.csv"'
    return response


@finished(shows="pages", query=("page",))
def deviations(request: HttpRequest) -> HttpResponse:
    """List every date outside the rule: the reason on record, or that there is none."""
    found = glance.deviations(overview.lines(began(request)), current())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "public/deviations.html", {"page": page, "total": len(found)})


def _chosen(request: HttpRequest) -> list[Line]:
    every = overview.lines(began(request))
    return overview.chosen(every, Asked(request.GET, lines=every, language=current()).filters())
