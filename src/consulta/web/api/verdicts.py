"""The verdicts of all consultations: a line for each milestone, and the sums of each rule and year."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from consulta.consultations import overview, overview_document
from consulta.consultations.overview import Filters, Line
from consulta.core import procedure
from consulta.core.calendar import FIRST_YEAR, LAST_YEAR
from consulta.core.verdicts import Status
from consulta.groups import queries as group_queries
from consulta.web.api import judged_shapes, typed
from consulta.web.api.door import READ, RefusedError, began, speaking
from consulta.web.ui.finished import finished

router = Router()
Json = dict[str, object]
LONGEST = 4  # digits of a year


@router.api_operation(READ, "/clock", response=judged_shapes.Verdicts)
@decorate_view(finished(shows="pages", query=("group", "procedure", "year", "verdict", "lang")))
def verdicts(
    request: HttpRequest, asked: Query[judged_shapes.VerdictFilters], lang: str = "en"
) -> Json:
    """List the verdicts of every consultation, the latest year first; codes are never translated."""
    with speaking(lang):
        typed.only(request, (*judged_shapes.VerdictFilters.model_fields, "lang"))
        filters = Filters(asked.group, asked.procedure, _year(asked.year), asked.verdict)
        every = overview.lines(began(request))
        _check(asked, every)
        lines = overview.chosen(every, filters)
        return overview_document.document(lines, overview.tables(lines), language=lang)


def _check(asked: judged_shapes.VerdictFilters, every: Iterable[Line]) -> None:
    """Refuse a filter that can match nothing, with the values that there are."""
    families = {rules.family for rules in procedure.survey().readable}
    families |= {line.family for line in every}
    typed.one_of("verdict", asked.verdict, Status)
    typed.one_of("group", asked.group, (group.slug for group in group_queries.groups()))
    typed.one_of("procedure", asked.procedure, sorted(families))


def _year(written: str) -> int | None:
    if not written:
        return None
    digits = written.isascii() and written.isdecimal() and len(written) <= LONGEST
    if not (digits and FIRST_YEAR <= int(written) <= LAST_YEAR):
        sentence = _(
            "“%(year)s” is no year; write one from %(first)s to %(last)s, or leave it out."
        )
        words = {"year": written[:20], "first": str(FIRST_YEAR), "last": str(LAST_YEAR)}
        raise RefusedError("year_mistyped", sentence % words)
    return int(written)
