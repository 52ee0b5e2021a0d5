"""Answers to one question side by side, filtered, each with its codes and the form that gives more."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.analysis.campaigns import queries as campaigns
from consulta.analysis.coding import queries, reading
from consulta.consultations import options
from consulta.consultations.models import Consultation, Question
from consulta.core.multilingual import choose
from consulta.core.regions import NOT_SHOWN, OTHER, Regions
from consulta.groups.permissions import Act
from consulta.reports import figures
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, may, person
from consulta.web.desk.coding import shown
from consulta.web.desk.coding.forms import Choices, LookForm, coded_choices
from consulta.web.desk.reporting.doors import page_of
from consulta.web.ui import languages
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import digits, language_name


@require_safe
@in_consultation(Act.SEE_DESK)
def question(request: HttpRequest, consultation: Consultation, position: int) -> HttpResponse:
    """The answers that the filters find, twenty to a page."""
    asked = found(lambda: shown.asked(consultation, position))
    frame, regions = queries.frame(consultation), figures.regions_of(consultation)
    names = shown.groups()
    offered = _offered(consultation, asked, frame, regions, names)
    form = LookForm(request.GET, offered=offered)
    look = form.look(page_of(request))
    reader = reading.Reader(consultation, position or None, frame, regions, person(request))
    answers = reading.page(reader, look)
    beside = shown.Beside(person(request).pk, asked, names, blind="blind" in request.GET)
    context: dict[str, Any] = {
        "position": position,
        "title": shown.title(asked),
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "answers": [shown.answer(row, beside) for row in answers.rows],
        "total": answers.total,
        "page": look.page,
        "more": answers.more,
        "query": request.GET.urlencode(),
    } | shared(request, consultation, frame, position)
    trail = [shown.home(consultation), Link(label=_label(position))]
    return page.show(request, "coding/read.html", context, consultation=consultation, trail=trail)


def shared(
    request: HttpRequest, consultation: Consultation, frame: queries.Frame, position: int
) -> dict[str, Any]:
    """What one answer needs of its page, the whole page or the part that changed."""
    return {
        "coding_frame": frame,
        "levels": frame.for_question(position or None),
        "position": position,
        "report_language": shown.report_language(consultation),
        "may_edit": may(request, Act.EDIT_REPORT, consultation.group),
    }


def _offered(
    consultation: Consultation,
    asked: Question | None,
    frame: queries.Frame,
    regions: Regions,
    names: dict[str, str],
) -> dict[str, Choices]:
    """What each filter offers; nothing for one that would not divide the answers."""
    here = languages.current()
    listed: Choices = [(slug, choose(texts, here).text) for slug, texts in regions.names.items()]
    listed.append((OTHER, _("In no region of the list")))
    chosen = [(o.slug, str(options.text(o, here))) for o in options.offered(asked)] if asked else []
    folded = [
        (str(row.campaign.ordinal), _campaign(row.campaign, here))
        for row in campaigns.accepted(consultation)
    ]
    spoken = sorted({*consultation.languages, *languages.names()})
    return {
        "coded": coded_choices(),
        "code": [(str(ordinal), name) for ordinal, name in shown.choices(frame.tree)],
        "group": list(names.items()),
        "region": [*listed, (NOT_SHOWN or "-", _("Not shown"))],
        "language": [(code, language_name(code)) for code in spoken],
        "option": chosen,
        "campaign": folded,
    }


def _campaign(campaign: Any, language: str) -> str:
    named = campaigns.name(campaign, language).text
    return named or _("Campaign %(number)s") % {"number": digits(campaign.ordinal)}


def _label(position: int) -> str:
    if position == 0:
        return _("To the whole consultation")
    return _("Question %(number)s") % {"number": digits(position)}
