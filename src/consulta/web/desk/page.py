"""A page of the desk: its side navigation, its trail and its template."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from consulta.analysis.campaigns import queries as campaign_queries
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.reports import contest_queries
from consulta.web.desk.access import person
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

Sections = list[tuple[str, list[Link]]]


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    consultation: Consultation | None = None,
    trail: Sequence[Link] = (),
) -> HttpResponse:
    """Draw *template* with *context*; *trail* leads from the consultation, if any, to this page."""
    frame = {
        "side_sections": sides(request, consultation),
        "side_label": _("Desk"),
        "crumbs": crumbs(consultation, trail),
        "consultation": consultation,
    }
    status = 422 if context.get("refused") else 200
    return render(request, f"desk/{template}", frame | context, status=status)


def crumbs(consultation: Consultation | None, trail: Sequence[Link]) -> list[Link]:
    """The way here from the desk's first page."""
    first = [Link(label=_("Desk"), href=reverse("desk:home"))]
    if consultation is not None:
        first.append(Link(label=topic(consultation), href=_of("consultation", consultation)))
    return [*first, *trail]


def topic(consultation: Consultation) -> str:
    """The topic in the page's language, or in the next best."""
    text = consultation_queries.topic(consultation, languages.current()).text
    return text or consultation.slug


def responses_href(consultation: Consultation) -> str:
    """The address of the list of responses."""
    return reverse("desk:responses", args=[consultation.slug])


def sides(request: HttpRequest, consultation: Consultation | None) -> Sections:
    """The side navigation: the desk, this consultation, the instance."""
    first = [
        Link(label=_("Inbox"), href=reverse("desk:inbox")),
        Link(label=_("Today"), href=reverse("desk:home")),
    ]
    sections = [("", first)]
    if consultation is not None:
        heading = _("Consultation %(number)s") % {"number": consultation.number}
        sections.append((heading, _of_consultation(consultation)))
    sections.append((_("Instance"), _of_instance(request)))
    return _marked(sections, _place(request, consultation))


def _of_consultation(consultation: Consultation) -> list[Link]:
    links = [
        Link(label=_("Overview"), href=_of("consultation", consultation)),
        Link(label=_("Responses"), href=_of("responses", consultation)),
        Link(label=_("Enter a response"), href=_of("enter", consultation)),
        Link(label=_("Import a table"), href=_of("imports", consultation)),
        Link(
            label=_("Campaigns"),
            href=_of("campaigns", consultation),
            count=campaign_queries.waiting(consultation),
        ),
        Link(label=_("Coding"), href=_of("coding", consultation)),
        Link(label=_("Report"), href=_of("report", consultation)),
        Link(label=_("Brief summary"), href=_of("summary", consultation)),
        Link(
            label=_("Contests"),
            href=_of("contests", consultation),
            count=contest_queries.waiting_count(consultation),
        ),
    ]
    return [link for link in links if link.href]


def _of_instance(request: HttpRequest) -> list[Link]:
    user = person(request)
    everywhere = permissions.allowed(user, None)
    links = [
        (Act.CONVENE, Link(label=_("Plan"), href=reverse("desk:plan"))),
        (Act.CONVENE, Link(label=_("Convene"), href=reverse("desk:convene"))),
        (Act.CONVENE, Link(label=_("Decisions"), href=reverse("desk:decisions"))),
        (Act.CONVENE, Link(label=_("Follow-ups"), href=reverse("desk:follow_ups"))),
        (Act.CONVENE, Link(label=_("Positions"), href=reverse("desk:positions"))),
        (Act.CONVENE, Link(label=_("Outputs"), href=reverse("desk:outputs"))),
        (Act.APPOINT, Link(label=_("Members"), href=reverse("desk:members"))),
        (Act.MOVE_MEETING, Link(label=_("Meetings"), href=reverse("desk:meetings"))),
        (Act.EDIT_REPORT, Link(label=_("Reports of groups"), href=reverse("desk:group_reports"))),
        (Act.APPOINT, Link(label=_("Officers"), href=reverse("desk:officers"))),
        (Act.SEE_POST, Link(label=_("Post"), href=reverse("desk:post"))),
        (Act.MODERATE, Link(label=_("Discussion lists"), href=reverse("desk:lists"))),
        (Act.SEE_DESK, Link(label=_("Ledger"), href=reverse("desk:ledger"))),
    ]
    held = everywhere | permissions.held_anywhere(user)
    shown = [link for act, link in links if act in held]
    if Act.PRACTICES in everywhere:
        shown.append(Link(label=_("Practices"), href=reverse("desk:practices")))
    return shown


def _of(name: str, consultation: Consultation) -> str:
    """The address of a consultation's page; empty where there is no such page."""
    try:
        return reverse(f"desk:{name}", args=[consultation.slug])
    except NoReverseMatch:
        return ""


def _place(request: HttpRequest, consultation: Consultation | None) -> str:
    """Where the page lies among the links: that of one response beneath the list of responses."""
    alone = reverse("desk:home") + "responses/"
    if consultation is not None and request.path.startswith(alone):
        return responses_href(consultation) + request.path.removeprefix(alone)
    return request.path


def _marked(sections: Sections, place: str) -> Sections:
    """*sections* with the link to *place* marked, or the nearest one that the page lies beneath."""
    home = reverse("desk:home")
    over = [link.href for _, links in sections for link in links if place.startswith(link.href)]
    nearest = max((href for href in over if href != home or href == place), key=len, default="")
    return [
        (
            heading,
            [
                replace(link, current=link.href == place, above=link.href == nearest != place)
                for link in links
            ],
        )
        for heading, links in sections
    ]
