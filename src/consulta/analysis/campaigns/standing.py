"""Standing: which text stands for a campaign now, and who is counted in it."""

from collections.abc import Iterator

from django.db.models import F, Q, QuerySet

from consulta.analysis.models import Campaign, CampaignMember
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.responses.models import Version

Member = CampaignMember.State
#: In a campaign, as a proposal or for good.
IS_ACTIVE = Q(state__in=[Member.PROPOSED, Member.ACCEPTED])


def shared(campaign: Campaign) -> Version | None:
    """The version whose text stands for *campaign*; None where no member is shown any more.

    The one that was found or chosen, as long as readers see it; then the member that is most like it.
    """
    if _is_shown(campaign.shared):
        return campaign.shared
    rows = CampaignMember.objects.filter(
        campaign=campaign, response__state=State.PUBLISHED, matches=True
    ).exclude(state=Member.TAKEN_OUT)
    nearest = rows.select_related("response__published_version").order_by(
        "-similarity", "response__serial"
    )
    first = nearest.first()
    return first.response.published_version if first else None


def _is_shown(version: Version) -> bool:
    response = version.response
    return response.state == State.PUBLISHED and response.published_version_id == version.pk


def active(campaign: Campaign) -> QuerySet[CampaignMember]:
    """Members that are proposed or accepted, whatever became of their responses."""
    return CampaignMember.objects.filter(IS_ACTIVE, campaign=campaign)


def active_elsewhere(campaign: Campaign) -> QuerySet[CampaignMember]:
    """Who is proposed to, or in, another campaign of the same consultation."""
    rows = CampaignMember.objects.filter(IS_ACTIVE)
    return rows.filter(campaign__consultation=campaign.consultation_id).exclude(campaign=campaign)


def stale(campaign: Campaign) -> Iterator[tuple[CampaignMember, int]]:
    """Members whose words were compared as they are shown no more, with the version shown now."""
    rows = active(campaign).filter(response__state=State.PUBLISHED)
    shown = "response__published_version__public_fingerprint"
    changed = rows.exclude(fingerprint=F(shown)).select_related("response")
    for row in changed.iterator():
        yield row, row.response.published_version_id or 0


def folded(consultation: Consultation) -> QuerySet[CampaignMember]:
    """Everyone counted in an accepted campaign: accepted, published, and still this letter."""
    return counted().filter(campaign__consultation=consultation)


def counted() -> QuerySet[CampaignMember]:
    """Everyone counted in an accepted campaign, of whatever consultation."""
    return CampaignMember.objects.filter(
        campaign__state=Campaign.State.ACCEPTED,
        state=Member.ACCEPTED,
        matches=True,
        response__state=State.PUBLISHED,
    )
