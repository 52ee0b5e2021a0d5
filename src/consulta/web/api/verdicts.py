"""The verdicts of all consultations: a line for each milestone, and the sums of each rule and year."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from consulta.consultations import overview, overview_document
from consulta.consultations.overview import Filters
from consulta.web.api import judged_shapes
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
        filters = Filters(asked.group, asked.procedure, _year(asked.year), asked.verdict)
        lines = overview.chosen(overview.lines(began(request)), filters)
        return overview_document.document(lines, overview.tables(lines), language=lang)


def _year(typed: str) -> int | None:
    if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST):
        sentence = _("“%(year)s” is no year; write it with four digits, or leave it out.")
        raise RefusedError("year_mistyped", sentence % {"year": typed[:20]})
    return int(typed) if typed else None
