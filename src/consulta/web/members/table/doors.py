"""Who comes to the table: members of the meeting's group, for a consultation that lies on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from consulta.consultations.models import Consultation
from consulta.flow import tabling
from consulta.meetings.models import Meeting
from consulta.web.members.doors import at_meeting

View = Callable[..., HttpResponseBase]


def on_the_table(view: View) -> View:
    """Hand the view meeting and consultation, if the person is a member and it lies before the meeting."""

    @at_meeting
    @wraps(view)
    def guarded(
        request: HttpRequest, meeting: Meeting, which: str, **kwargs: Any
    ) -> HttpResponseBase:
        for found in tabling.consultations_at(meeting):
            if found.slug == which:
                return view(request, meeting, found, **kwargs)
        raise Http404

    return guarded


def asked(request: HttpRequest, consultation: Consultation) -> int:
    """Return the number of the question that `?question=` names; 0 for the whole. Or Http404."""
    typed = request.GET.get("question", "") or request.POST.get("question", "") or "0"
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 4):
        raise Http404
    known = {question.position for question in consultation.questions.all()}
    if int(typed) not in known | {0}:
        raise Http404
    return int(typed)
