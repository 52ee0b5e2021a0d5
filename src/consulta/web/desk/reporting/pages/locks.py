"""Locks: a question is taken to be edited, let go, or taken over from somebody else."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import following, locking
from consulta.reports.places import Place
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.reporting import refused, shown
from consulta.web.desk.reporting.doors import language_of
from consulta.web.desk.reporting.pressed import number
from consulta.web.ui.templatetags.ui import digits


@require_POST
@in_consultation(Act.EDIT_REPORT)
def lock(
    request: HttpRequest, consultation: Consultation, language: str, position: int
) -> HttpResponse:
    """Take a question and go to the paragraph that was pressed; let it go; or take it over."""
    asked = found(lambda: shown.asked(consultation, position))
    place = Place(consultation, asked, language_of(consultation, language))
    by, to = person(request), number(request.POST.get("paragraph"))
    if "release" in request.POST:
        locking.release(place, by=by)
        messages.success(request, _("The question is free for others now."))
        return redirect("desk:report_question", consultation.slug, language, position)
    if "over" in request.POST:
        locking.take_over(place, by=by)
        messages.success(request, _("You edit this question now. It is on record."))
    elif not refused.attempt(request, lambda: locking.take(place, by=by)):
        return redirect("desk:report_question", consultation.slug, language, position)
    if to:
        return redirect("desk:paragraph", consultation.slug, to)
    return redirect("desk:report_question", consultation.slug, language, position)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def follow(request: HttpRequest, consultation: Consultation, language: str) -> HttpResponse:
    """Bring into a language what the report says in the first one and is not there yet."""
    language = language_of(consultation, language)
    first = following.first_language(consultation)
    brought: list[int] = []
    done = refused.attempt(
        request,
        lambda: brought.append(
            following.start(consultation, language, source=first, by=person(request))
        ),
    )
    if done:
        messages.success(
            request,
            _("Brought over: %(count)s. Each sentence waits for its translation.")
            % {"count": digits(brought[0])},
        )
    return redirect("desk:report_written", consultation.slug, language)
