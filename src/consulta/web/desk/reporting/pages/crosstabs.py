"""Cross-tabs at the desk: choose two of what is known of the responses; a table, to print or as CSV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import crosstabs
from consulta.reports.crosstabs import CrossTab, UnknownDimensionError
from consulta.web.desk import page
from consulta.web.desk.access import in_consultation
from consulta.web.desk.reporting import crossed, shown
from consulta.web.ui.parts import Link


@require_safe
@in_consultation(Act.EDIT_REPORT)
def crosstab(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Show how many respondents there are by two dimensions."""
    table = _table(request, consultation)
    known = crosstabs.dimensions(consultation)
    context = {
        "table": crossed.told(consultation, table),
        "by": table.by.code,
        "across": table.across.code,
        "adds_up": table.adds_up,
        "dimensions": [(each.code, crossed.label(each)) for each in known],
    }
    trail = [shown.home(consultation), Link(label=_("Cross-tabs"))]
    return page.show(
        request, "reporting/crosstab.html", context, consultation=consultation, trail=trail
    )


@require_safe
@in_consultation(Act.EDIT_REPORT)
def crosstab_csv(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The same table as CSV."""
    return crossed.as_csv(consultation, _table(request, consultation))


def _table(request: HttpRequest, consultation: Consultation) -> CrossTab:
    """The table that was asked for, of groups by regions where nothing was; Http404 for no such one."""
    by = request.GET.get("by", crosstabs.GROUP)
    across = request.GET.get("across", crosstabs.REGION)
    if by == across:
        by, across = crosstabs.GROUP, crosstabs.REGION
    try:
        return crosstabs.of(consultation, by, across)
    except UnknownDimensionError as error:
        raise Http404 from error
