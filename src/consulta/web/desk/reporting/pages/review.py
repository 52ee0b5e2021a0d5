"""Review: a second officer reads a text, approves it, or returns it with remarks at its sentences."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import errors, queries, reviewing
from consulta.reports.places import Place
from consulta.reports.reviewing import Pinned
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.reporting import held, refused, shown
from consulta.web.desk.reporting.doors import language_of
from consulta.web.desk.reporting.pressed import number
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import digits

LONGEST = 2000


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.EDIT_REPORT)
def review(
    request: HttpRequest, consultation: Consultation, language: str, position: int
) -> HttpResponse:
    """Show a text to be reviewed; mark it ready, approve it, or return it."""
    asked = found(lambda: shown.asked(consultation, position))
    place = Place(consultation, asked, language_of(consultation, language))
    if request.method != "POST":
        return _page(request, place)
    by = person(request)
    if "ready" in request.POST:
        refused.attempt(
            request,
            lambda: reviewing.ask(place, by=by),
            done=_("Marked ready: a second officer can review it now."),
        )
        return redirect("desk:report_question", consultation.slug, language, position)
    try:
        if "approve" in request.POST:
            reviewing.approve(place, by=by, seen=request.POST.get("seen", ""))
            messages.success(request, _("Approved, as it stands now."))
        else:
            reviewing.send_back(place, _remark(request), _pinned(request), by=by)
            messages.success(request, _("Returned. Those who wrote it see your remarks."))
    except errors.ReportError as error:
        return _page(request, place, refused=refused.sentence(error))
    return redirect("desk:report_question", consultation.slug, language, position)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def ready(request: HttpRequest, consultation: Consultation, language: str) -> HttpResponse:
    """Mark every text of the report in one language ready for review."""
    language = language_of(consultation, language)
    count = reviewing.ask_for_all(consultation, language, by=person(request))
    said = ngettext(
        "%(count)s text is marked ready for review.",
        "%(count)s texts are marked ready for review.",
        count,
    )
    messages.success(request, said % {"count": digits(count)})
    return redirect("desk:report_written", consultation.slug, language)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def settle(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Say that a remark is dealt with."""
    remark = found(lambda: reviewing.remark(consultation, pk))
    reviewing.settle(remark, by=person(request))
    step = remark.step
    position = step.question.position if step.question else 0
    return redirect("desk:report_question", consultation.slug, step.language, position)


def _page(request: HttpRequest, place: Place, **said: object) -> HttpResponse:
    consultation, question = place.consultation, place.question
    text = consultations.question_text(question, place.language) if question else None
    pk = question.pk if question else None
    every = queries.paragraphs(consultation, place.language)
    standing = reviewing.of(place)
    context = {
        "language": place.language,
        "position": question.position if question else 0,
        "title": text.text if text else _("Introduction"),
        "title_lang": text.language if text else "",
        "paragraphs": [
            (p, [(s, _typed(request, f"sentence-{s.pk}")) for s in p.sentences.all()])
            for p in every
            if p.question_id == pk
        ],
        "standing": standing,
        "may_decide": standing.may_decide(person(request)),
        "remark": _remark(request),
        "held": held.of(request, place, timezone.now()),
    } | said
    trail = [shown.home(consultation), Link(label=_("Review"))]
    return page.show(
        request, "reporting/review.html", context, consultation=consultation, trail=trail
    )


def _remark(request: HttpRequest) -> str:
    return _typed(request, "remark")


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:LONGEST]


def _pinned(request: HttpRequest) -> list[Pinned]:
    """The remarks beside sentences and paragraphs, as they were typed."""
    sent = request.POST
    sentences = [
        Pinned(sent[name][:LONGEST], sentence=number(name.removeprefix("sentence-")))
        for name in sent
        if name.startswith("sentence-")
    ]
    return sentences + [
        Pinned(sent[name][:LONGEST], paragraph=number(name.removeprefix("paragraph-")))
        for name in sent
        if name.startswith("paragraph-")
    ]
