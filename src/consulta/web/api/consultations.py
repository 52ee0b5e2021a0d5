"""Consultations, their published responses and their registers."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from consulta.analysis.campaigns import queries as campaigns
from consulta.consultations import evidence, queries
from consulta.consultations.evidence import Found
from consulta.consultations.models import Consultation
from consulta.core.numbering import NumberMistypedError, read_number
from consulta.groups import queries as group_queries
from consulta.reflector import queries as reflector
from consulta.reports import queries as reports
from consulta.responses import balance, signatories_shown
from consulta.responses import queries as responses
from consulta.responses import terms as response_terms
from consulta.responses.queries import CursorMistypedError, Filters
from consulta.responses.signatories_shown import NOBODY
from consulta.web.api import shapes, telling
from consulta.web.api.door import READ, RefusedError, began, speaking
from consulta.web.ui import languages
from consulta.web.ui.finished import finished

router = Router()
PAGE, LINES = 50, 100
LONGEST_CURSOR = 200  # characters
_LISTED = ("after", "group", "country", "language")
Json = dict[str, object]


@router.api_operation(READ, "/consultations", response=shapes.Consultations)
@decorate_view(finished(shows="register", query=("after", "lang")))
def consultations(request: HttpRequest, after: str = "", lang: str = "en") -> Json:
    """List the consultations that were announced, the latest first, 50 to a page."""
    now = began(request)
    if after and not (after.isascii() and after.isdecimal() and len(after) < 10):
        raise cursor_mistyped()
    before = int(after) if after else None
    found = queries.latest(now, before=before, size=PAGE + 1)
    shown = found[:PAGE]
    counts, proofs = balance.of_each(shown), _evidence(shown)
    spaces = reflector.spaces_of(row.pk for row in shown)
    with speaking(lang):
        items = [
            telling.consultation(
                row, counts[row.pk], now=now, shown=proofs[row.pk], space=spaces.get(row.pk)
            )
            for row in shown
        ]
    return {"items": items, "next": str(shown[-1].number) if len(found) > PAGE else None}


@router.api_operation(READ, "/consultations/{slug}", response=shapes.Consultation)
@decorate_view(finished(shows="register", query=("lang",)))
def consultation(request: HttpRequest, slug: str, lang: str = "en") -> Json:
    """Show one consultation whole; texts of its timetable in the language *lang*."""
    found, now = the_consultation(request, slug), began(request)
    proofs, counts = _evidence([found])[found.pk], balance.of(found)
    space = reflector.space_of(found.pk)
    with speaking(lang):
        return telling.consultation(found, counts, now=now, shown=proofs, space=space)


@router.api_operation(
    READ, "/consultations/{slug}/responses", response=shapes.Responses, exclude_unset=True
)
@decorate_view(finished(shows="pages", query=_LISTED))
def published(
    request: HttpRequest, slug: str, filters: Query[shapes.ResponseFilters], after: str = ""
) -> Json:
    """List the published responses in the order of publication, 50 to a page."""
    found = the_consultation(request, slug)
    wanted = Filters(group=filters.group, country=filters.country, language=filters.language)
    try:
        page = responses.published(found, filters=wanted, after=_cursor(after), size=PAGE)
    except CursorMistypedError as error:
        raise cursor_mistyped() from error
    cited = reports.cited_in(page.items)
    signed = signatories_shown.of_each(page.items)
    in_campaigns = campaigns.membership(page.items)
    items = [
        telling.response(
            row,
            cited.get(row.number, []),
            signed.get(row.pk, NOBODY),
            campaign=in_campaigns.get(row.pk),
        )
        for row in page.items
    ]
    return {"items": items, "next": page.next}


@router.api_operation(READ, "/consultations/{slug}/register", response=shapes.Register)
@decorate_view(finished(shows="register", query=("after",)))
def register(request: HttpRequest, slug: str, after: str = "") -> Json:
    """Show the balance, and one line for every number from its arrival, 100 to a page."""
    found = the_consultation(request, slug)
    try:
        page = responses.register(found, after=_cursor(after, longest=9), size=LINES)
    except CursorMistypedError as error:
        raise cursor_mistyped() from error
    items = [telling.register_line(line) for line in page.items]
    counts = None if found.is_record else balance.of(found)
    return {"balance": counts, "items": items, "next": page.next}


@router.api_operation(READ, "/terms", response=shapes.Terms)
@decorate_view(finished(shows="pages", query=()))
def terms(request: HttpRequest) -> Json:  # noqa: ARG001
    """Show what is agreed to by sending a response; *version* is what a submission names."""
    return {
        "version": response_terms.version(),
        "licence": response_terms.LICENCE,
        "licence_url": response_terms.LICENCE_ADDRESS,
        "privacy": {
            language: group_queries.privacy_notice(language).text for language in languages.names()
        },
    }


@router.api_operation(READ, "/responses/{number}", response=shapes.Response, exclude_unset=True)
@decorate_view(finished(shows="register", query=()))
def response(request: HttpRequest, number: str) -> Json:  # noqa: ARG001
    """Show one response: whole when published, else its line of the register."""
    try:
        found = responses.by_number(read_number(number))
    except NumberMistypedError as error:
        sentence = _("No response has the number “%(number)s”: check its digits.")
        told = sentence % {"number": number[:40]}
        raise RefusedError("number_mistyped", told, status=404) from error
    if found is None:
        sentence = _("No response has the number %(number)s: it was not given out yet.")
        raise RefusedError("number_unknown", sentence % {"number": number[:40]}, status=404)
    cited = reports.cited_in([found]).get(found.number, [])
    campaign = campaigns.membership([found]).get(found.pk)
    return telling.response(found, cited, signatories_shown.of(found), campaign=campaign)


def _evidence(rows: Sequence[Consultation]) -> dict[int, Found]:
    """What shows the dates of each consultation: two queries for a page."""
    return evidence.of_each(rows, editions=reports.released_reports(rows))


def the_consultation(request: HttpRequest, slug: str) -> Consultation:
    """Return the consultation with this slug. Raises RefusedError."""
    try:
        return queries.by_slug(slug, began(request))
    except Consultation.DoesNotExist as error:
        sentence = _("There is no consultation “%(slug)s”; /api/v1/consultations lists them.")
        told = sentence % {"slug": slug[:80]}
        raise RefusedError("consultation_unknown", told, status=404) from error


def _cursor(after: str, *, longest: int = LONGEST_CURSOR) -> str | None:
    if len(after) > longest:
        raise cursor_mistyped()
    return after or None


def cursor_mistyped() -> RefusedError:
    """The refusal of a cursor that no page gave out."""
    sentence = _("The cursor in “after” is none that was given out; begin again without it.")
    return RefusedError("cursor_mistyped", sentence)
