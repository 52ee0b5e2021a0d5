"""The sample campaign: found by the search as any other, then folded and named by the sample officer."""

from django.utils import timezone

from consulta.analysis.campaigns import deciding, searching
from consulta.analysis.models import Campaign
from consulta.consultations.models import Consultation
from consulta.flow import sample_texts as files
from consulta.flow.sample_accounts import OFFICER, user

FILE = "sample-campaign.toml"


def load(consultation: Consultation) -> None:
    """Find, fold and name the sample campaign; what a person decided already stays."""
    if Campaign.objects.filter(consultation=consultation, touched_at__isnull=False).exists():
        return
    told = files.read(FILE)["campaign"]
    searching.search(consultation, now=timezone.now())
    key = f"sample:{told['by']}"
    rows = Campaign.objects.filter(consultation=consultation, state=Campaign.State.PROPOSED)
    for campaign in rows.filter(shared__response__idempotency_key=key):
        deciding.accept(campaign, by=user(OFFICER))
        deciding.rename(campaign, files.words(told["name"]), by=user(OFFICER))
