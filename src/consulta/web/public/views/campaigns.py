"""Campaigns in public: letters that several respondents sent, each once, with everyone who sent it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from consulta.analysis.campaigns import listing, queries, shown
from consulta.analysis.models import Campaign
from consulta.consultations import queries as consultations
from consulta.responses import balance
from consulta.web.public.shown import campaigns as campaigns_shown
from consulta.web.public.shown import consultations as consultations_shown
from consulta.web.public.views.consultations import by_slug
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=("page",))
def of_consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """List the campaigns that were folded, the largest first, and say how they are found."""
    found, language = by_slug(request, slug), current()
    topic = consultations.topic(found, language)
    counted = queries.accepted(found)
    page = Paginator(counted, queries.PAGE).get_page(request.GET.get("page"))
    context = {
        "consultation": found,
        "topic": topic,
        "trail": consultations_shown.trail(found, topic, _("Campaigns")),
        "tabs": consultations_shown.tabs(found, "responses"),
        "page": page,
        "rows": campaigns_shown.lines(list(page), language),
        "total": sum(one.members for one in counted),
        "published": balance.of(found).published,
        "method": campaigns_shown.method([one.campaign for one in counted]),
    }
    return render(request, "public/campaigns.html", context)


@finished(shows="pages", query=("after",))
def campaign(request: HttpRequest, slug: str, ordinal: int) -> HttpResponse:
    """Show the shared text once, and everyone who sent it with what they add."""
    consultation, language = by_slug(request, slug), current()
    try:
        found = queries.accepted_by_ordinal(consultation, ordinal)
    except Campaign.DoesNotExist as error:
        raise Http404 from error
    topic = consultations.topic(consultation, language)
    text = shown.shared(found)
    page = queries.counted_page(found, after=_after(request))
    name = campaigns_shown.name(found, language)
    context = {
        "consultation": consultation,
        "topic": topic,
        "trail": consultations_shown.trail(consultation, topic, name),
        "tabs": consultations_shown.tabs(consultation, "responses"),
        "campaign": found,
        "name": name,
        "text": campaigns_shown.shared(text, consultation, language),
        "from": text,
        "total": queries.sizes([found.pk]).get(found.pk, 0),
        "rows": [
            campaigns_shown.member(row, language) for row in listing.rows(found, text, page.members)
        ],
        "gone": queries.gone(found),
        "next": f"?after={page.next}" if page.next else "",
        "method": campaigns_shown.method([found]),
    }
    return render(request, "public/campaign.html", context)


def _after(request: HttpRequest) -> int:
    typed = request.GET.get("after", "0")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 10):
        raise Http404
    return int(typed)
