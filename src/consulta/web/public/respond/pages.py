"""What every page of the stakeholder's side is made of."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.web.ui import languages
from consulta.web.ui.parts import Link


def consultation(slug: str, now: datetime) -> Consultation:
    """The consultation that everyone may see. Raises Http404."""
    try:
        return consultation_queries.by_slug(slug, now)
    except Consultation.DoesNotExist as error:
        raise Http404 from error


def about(shown: Consultation, here: str) -> dict[str, Any]:
    """What the head of a page about *shown* needs; *here* is the name of the page."""
    reader = languages.current()
    topic = consultation_queries.topic(shown, reader)
    return {
        "consultation": shown,
        "topic": topic,
        "zone": shown.timezone,
        "crumbs": [
            Link(label=_("Consultations"), href=f"/{reader}/consultations/"),
            Link(label=topic.text, href=f"/{reader}/consultations/{shown.slug}/"),
            Link(label=here),
        ],
    }


def unknown_link(request: HttpRequest) -> HttpResponse:
    """Say that a private link is unknown or its time is over, and how to get a new one."""
    context = {
        "title": _("This link does not open anything"),
        "body": _(
            "It is not whole, or its time is over. Copy the whole address from the mail or from"
            " where you noted it. If you have sent a response, its number and your e-mail address"
            " get you a new link."
        ),
        "lost_link": True,
    }
    return render(request, "public/respond/said.html", context, status=404)
