"""A folded campaign, of one response: enough for pages to show."""

from django.utils import timezone

from consulta.accounts.models import User
from consulta.analysis.models import Campaign, CampaignMember
from consulta.core.campaigns import STANDARD
from consulta.responses.models import Response


def campaign(response: Response) -> Campaign:
    """The first campaign of the consultation, folded by an account of its own; *response* is in it."""
    by, now = User.objects.create_user("folder@example.org", name="Folder"), timezone.now()
    version = response.published_version
    assert version is not None
    one = Campaign.objects.create(
        consultation=response.consultation, ordinal=1, state=Campaign.State.ACCEPTED,
        names={"en": "Island letter"}, shared=version, method=STANDARD.told(),
        proposed_at=now, touched_at=now, decided_at=now, decided_by=by,
    )  # fmt: skip
    CampaignMember.objects.create(
        campaign=one, response=response, version=version, fingerprint=version.public_fingerprint,
        similarity=1, how=CampaignMember.How.EXACT, state=CampaignMember.State.ACCEPTED,
    )  # fmt: skip
    return one
