"""The report of a consultation: its first page, the outline in one language, a question, coverage."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.groups.permissions import Act
from consulta.reports import (
    desk,
    figures,
    following,
    frozen,
    keeping,
    pressing,
    queries,
    reviewing,
)
from consulta.reports.models import Edition
from consulta.reports.places import Place
from consulta.responses import queries as responses
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, may, person
from consulta.web.desk.reporting import figured, held, shown
from consulta.web.desk.reporting.doors import language_of, page_of
from consulta.web.desk.reporting.forms import FreezeForm
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import language_name


@require_safe
@in_consultation(Act.SEE_DESK)
def report(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """How far the report is in each language, its due date, its editions, and the acts on it."""
    now = timezone.now()
    progress, follows = desk.progress(consultation).values(), following.progress(consultation)
    context = {
        "due": shown.due(consultation, now),
        "progress": [(one, shown.percent(one), follows.get(one.language)) for one in progress],
        "editions": desk.editions(consultation),
        "freezings": pressing.of(consultation),
        "form": FreezeForm(consultation=consultation),
        "closed": consultation.state(now) in ("closed", "reported", "delivered"),
        "undecided": responses.undecided(consultation).count(),
        "delivery": queries.delivery_of(consultation),
        "unsaved": keeping.all_of(consultation, by=person(request)),
        "first_released": queries.first_released(consultation),
        "withheld": _withheld(consultation),
        "may_edit": may(request, Act.EDIT_REPORT, consultation.group),
        "may_deliver": may(request, Act.DELIVER, consultation.group),
    }
    trail = [Link(label=_("Report"))]
    return page.show(
        request, "reporting/report.html", context, consultation=consultation, trail=trail
    )


@require_safe
@in_consultation(Act.EDIT_REPORT)
def written(request: HttpRequest, consultation: Consultation, language: str) -> HttpResponse:
    """The outline in one language: every question with its paragraphs."""
    language = language_of(consultation, language)
    paragraphs = queries.paragraphs(consultation, language)
    outline = shown.outline(consultation, paragraphs, figures.totals(consultation), language)
    context = {
        "language": language,
        "tabs": shown.tabs(consultation, language, "report_written"),
        "outline": outline,
        "first": _to_follow(consultation, language),
        "reviewable": any(
            row.paragraphs and not row.waiting and row.standing.state not in ("asked", "approved")
            for row in outline
        ),
        "due": shown.due(consultation, timezone.now()),
    }
    trail = [shown.home(consultation), Link(label=language_name(language))]
    return page.show(
        request, "reporting/written.html", context, consultation=consultation, trail=trail
    )


@require_safe
@in_consultation(Act.EDIT_REPORT)
def question(
    request: HttpRequest, consultation: Consultation, language: str, position: int
) -> HttpResponse:
    """One question: who answered, what is written, and every answer to read beside it."""
    language = language_of(consultation, language)
    asked = found(lambda: shown.asked(consultation, position))
    names = shown.groups()
    look = _look(request)
    beside = desk.answers(consultation, position or None, look)
    text = consultations.question_text(asked, language) if asked else None
    context = {
        "language": language,
        "position": position,
        "title": text.text if text else _("Introduction"),
        "title_lang": text.language if text else "",
        "figures": figured.of(consultation, asked) if asked else [],
        "paragraphs": _under(consultation, language, asked),
        **_turn(request, Place(consultation, asked, language)),
        "beside": [shown.beside(answer, names) for answer in beside.answers],
        "found": beside,
        "look": look,
        "groups": list(names.items())[:-1],
    }
    trail = [shown.home(consultation), _written(consultation, language), Link(label=_("Question"))]
    return page.show(
        request, "reporting/question.html", context, consultation=consultation, trail=trail
    )


@require_safe
@in_consultation(Act.EDIT_REPORT)
def coverage(request: HttpRequest, consultation: Consultation, language: str) -> HttpResponse:
    """Every published response: where it is cited, or that it is not cited yet."""
    language = language_of(consultation, language)
    only, number = request.GET.get("show") == "uncited", page_of(request)
    covered, more = desk.coverage(consultation, language, page=number, only_uncited=only)
    context = {
        "language": language,
        "tabs": shown.tabs(consultation, language, "report_coverage"),
        "covered": covered,
        "only": only,
        "page_before": number - 1,
        "page_after": number + 1 if more else 0,
        "progress": desk.progress(consultation)[language],
    }
    trail = [shown.home(consultation), _written(consultation, language)]
    return page.show(
        request, "reporting/coverage.html", context, consultation=consultation, trail=trail
    )


def _withheld(consultation: Consultation) -> list[tuple[Edition, int]]:
    """Released reports that quote words which are no longer public, and how many."""
    found = [(e, len(frozen.gone(e))) for e in frozen.of(consultation)]
    return [(edition, count) for edition, count in found if count]


def _to_follow(consultation: Consultation, language: str) -> str:
    """The language that this one can follow; empty where it is the first, or nothing is written."""
    first = following.first_language(consultation)
    return first if first != language else ""


def _turn(request: HttpRequest, place: Place) -> dict[str, object]:
    """Whose turn it is: who edits the question, how its review stands, what is remarked."""
    standing = reviewing.of(place)
    return {
        "held": held.of(request, place, timezone.now()),
        "standing": standing,
        "may_decide": standing.may_decide(person(request)),
        "remarks": reviewing.remarks(place),
    }


def _look(request: HttpRequest) -> desk.Look:
    return desk.Look(
        words=request.GET.get("words", "")[:200],
        group=request.GET.get("group", "")[:50],
        page=page_of(request),
    )


def _under(consultation: Consultation, language: str, asked: Question | None) -> list[object]:
    pk = asked.pk if asked else None
    return [p for p in queries.paragraphs(consultation, language) if p.question_id == pk]


def _written(consultation: Consultation, language: str) -> Link:
    tab = shown.tabs(consultation, language, "")[0]
    return Link(label=language_name(language), href=tab.href)
