"""The first page of coding: the frame, the questions with how far they are, what the report prints."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.analysis.coding import counting, frames, queries
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import figures
from consulta.web.desk import page
from consulta.web.desk.access import in_consultation, may, person
from consulta.web.desk.coding import refused, shown
from consulta.web.ui.parts import Link


@require_safe
@in_consultation(Act.SEE_DESK)
def coding(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The codes with how many respondents said what they name, and where to go on."""
    frame = queries.frame(consultation)
    counted = counting.by_question(consultation, frame)
    anywhere = counting.of_responses(consultation, frame)
    context = {
        "coding_frame": frame,
        "codes": [
            (level, sum(level.code.ordinal in codes for codes in anywhere.values()))
            for level in frame.tree
        ],
        "questions": _questions(consultation, counted),
        "respondents": len(anywhere),
        "may_edit": may(request, Act.EDIT_REPORT, consultation.group),
    }
    return page.show(
        request,
        "coding/coding.html",
        context,
        consultation=consultation,
        trail=[Link(label=_("Coding"))],
    )


@require_POST
@in_consultation(Act.EDIT_REPORT)
def printing(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Choose whether the report prints the codes, and who coded."""
    refused.attempt(
        request,
        lambda: frames.choose_printing(
            consultation,
            printed="printed" in request.POST,
            names_coders="names_coders" in request.POST,
            by=person(request),
        ),
        done=_("Saved. Editions frozen from now on follow it."),
    )
    return redirect("desk:coding", consultation.slug)


def _questions(
    consultation: Consultation, counted: dict[int | None, counting.Counted]
) -> list[dict[str, object]]:
    """Every question with answers: its text, how many answered, how many were read, what waits."""
    answered, again = figures.of(consultation), counting.look_again(consultation)
    asked = [*consultations.questions(consultation), None]
    found = []
    for question in asked:
        position = question.position if question else None
        if question is None and position not in answered and position not in again:
            continue
        read = counted.get(position, counting.Counted())
        found.append(
            {
                "position": position or 0,
                "title": shown.title(question),
                "answered": answered[position].total if position in answered else 0,
                "read": read.read,
                "coded": read.respondents,
                "again": again.get(position, 0),
            }
        )
    return found
