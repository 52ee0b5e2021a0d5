"""Campaigns: letters that several respondents sent, and who sent them."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.decorators import decorate_view

from consulta.analysis.campaigns import listing, queries, shown
from consulta.analysis.models import Campaign
from consulta.web.api import campaign_shapes as shapes
from consulta.web.api import campaigns_told
from consulta.web.api.consultations import cursor_mistyped, the_consultation
from consulta.web.api.door import READ, RefusedError
from consulta.web.ui.finished import finished

router = Router()
Json = dict[str, object]


@router.api_operation(READ, "/consultations/{slug}/campaigns", response=shapes.Campaigns)
@decorate_view(finished(shows="pages", query=("after",)))
def campaigns(request: HttpRequest, slug: str, after: str = "") -> Json:
    """List the campaigns that were accepted, in the order of their numbers, 50 to a page."""
    found = the_consultation(request, slug)
    page = queries.accepted_page(found, after=_cursor(after))
    return {
        "items": [campaigns_told.campaign(one) for one in page.items],
        "next": str(page.next) if page.next else None,
    }


@router.api_operation(
    READ, "/consultations/{slug}/campaigns/{number}", response=shapes.CampaignMembers
)
@decorate_view(finished(shows="pages", query=("after",)))
def campaign(request: HttpRequest, slug: str, number: int, after: str = "") -> Json:
    """Show one campaign with everyone in it in the order of arrival, 50 to a page."""
    found = the_consultation(request, slug)
    try:
        one = queries.accepted_counted(found, number)
    except Campaign.DoesNotExist as error:
        sentence = _("There is no campaign %(number)s; …/campaigns lists them.")
        raise RefusedError("campaign_unknown", sentence % {"number": number}, status=404) from error
    page = queries.counted_page(one.campaign, after=_cursor(after))
    rows = listing.rows(one.campaign, shown.shared(one.campaign), page.members)
    return {
        "campaign": campaigns_told.campaign(one),
        "items": [campaigns_told.member(row) for row in rows],
        "next": str(page.next) if page.next else None,
    }


def _cursor(after: str) -> int:
    if after and not (after.isascii() and after.isdecimal() and len(after) < 10):
        raise cursor_mistyped()
    return int(after or 0)
