"""Proposing: what the search found becomes proposals; a proposal found again keeps its number."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from consulta.analysis.campaigns.reading import Shown
from consulta.analysis.models import Campaign, CampaignMember
from consulta.consultations.models import Consultation
from consulta.core import campaigns
from consulta.core.campaigns import Found, Likeness, Method
from consulta.core.fingerprint import canonical
from consulta.ledger import ledger

#: Rows written in one transaction, so that others write in between.
_AT_ONCE = 2000
Member = CampaignMember.State
How = CampaignMember.How


@dataclass(frozen=True, slots=True)
class Round:
    """One search: in which *consultation*, what it looked at by serial, how and when."""

    consultation: Consultation
    shown: Mapping[int, Shown]
    method: Method
    now: datetime


def propose(looked: Round, found: Sequence[Found]) -> None:
    """Let the proposals that nobody touched be exactly *found*; those found again keep their numbers."""
    rows = Campaign.objects.filter(
        consultation=looked.consultation, state=Campaign.State.PROPOSED, touched_at__isnull=True
    )
    earlier = {row.pk: row for row in rows}
    again = _same(found, earlier, looked.shown)
    for pk, campaign in earlier.items():
        if pk not in again.values():
            _lapse(campaign)
    for place, one in enumerate(found):
        _write(looked, one, earlier.get(again.get(place, 0)))


def add(campaign: Campaign, likenesses: Iterable[Likeness], shown: Mapping[int, Shown]) -> None:
    """Propose new members to a *campaign* that a person touched."""
    _create(campaign, [(one, shown[one.key]) for one in likenesses])


def renew(
    campaign: Campaign,
    rows: Sequence[tuple[CampaignMember, Shown]],
    *,
    shared: str,
    threshold: float,
) -> None:
    """Compare members again with the *shared* text; one that resembles it no more is marked as that."""
    alike_to = campaigns.comparing(shared)
    for member, told in rows:
        alike = alike_to(told.text)
        if member.how != How.ADDED:
            member.how = How.EXACT if alike.exact else How.NEAR
        member.matches = member.how == How.ADDED or alike.similarity >= threshold
        member.similarity, member.version_id = alike.similarity, told.version
        member.fingerprint = told.fingerprint
    changed = [member for member, _told in rows]
    fields = ["how", "matches", "similarity", "version", "fingerprint"]
    for start in range(0, len(changed), _AT_ONCE):
        with transaction.atomic():
            some = changed[start : start + _AT_ONCE]
            CampaignMember.objects.bulk_update(some, fields, batch_size=200)
            if campaign.state == Campaign.State.ACCEPTED:
                ledger.record("campaign_compared", campaign, by="rules")


def members_hash(numbers: Iterable[str]) -> str:
    """What the ledger says of a list of members: SHA-256 of their sorted numbers (RFC 8785)."""
    return sha256(canonical({"members": sorted(numbers)})).hexdigest()


def _same(
    found: Sequence[Found], earlier: Mapping[int, Campaign], shown: Mapping[int, Shown]
) -> dict[int, int]:
    """Which earlier proposal each of *found* is, by its place: the one with the most members in common."""
    rows = CampaignMember.objects.filter(campaign__in=list(earlier))
    of = dict(rows.values_list("response_id", "campaign_id"))
    common: Counter[tuple[int, int]] = Counter()
    for place, one in enumerate(found):
        for member in one.members:
            if (pk := of.get(shown[member.key].response)) is not None:
                common[place, pk] += 1
    same: dict[int, int] = {}
    for (place, pk), _count in sorted(common.items(), key=lambda row: (-row[1], row[0])):
        if place not in same and pk not in same.values():
            same[place] = pk
    return same


@transaction.atomic
def _lapse(campaign: Campaign) -> None:
    """A proposal that is not found any more goes; its number is not given again."""
    current = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if current.touched_at is None:
        current.members.all().delete()
        current.state = Campaign.State.LAPSED
        current.save(update_fields=["state"])


def _write(looked: Round, found: Found, campaign: Campaign | None) -> None:
    """Write one proposal: the campaign first, then its members, some at a time."""
    standing = _campaign(looked, found, campaign)
    if standing is None:
        return
    wanted = {looked.shown[one.key].response: one for one in found.members}
    before = {member.response_id: member for member in standing.members.all()}
    gone = [member.pk for response, member in before.items() if response not in wanted]
    for start in range(0, len(gone), _AT_ONCE):  # but whom a person accepted just now
        some = CampaignMember.objects.filter(pk__in=gone[start : start + _AT_ONCE])
        some.filter(state=Member.PROPOSED).delete()
    _update(before, wanted, looked.shown)
    new = [one for response, one in wanted.items() if response not in before]
    _create(standing, [(one, looked.shown[one.key]) for one in new])


@transaction.atomic
def _campaign(looked: Round, found: Found, campaign: Campaign | None) -> Campaign | None:
    """The proposal's row as it is now found; None where a person touched it meanwhile."""
    if campaign is not None:
        campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if campaign.touched_at is not None:
            return None
    is_new = campaign is None
    campaign = campaign or Campaign(
        consultation=looked.consultation, ordinal=_next(looked.consultation)
    )
    campaign.shared_id = looked.shown[found.shared].version
    campaign.method = looked.method.told()
    if is_new:
        campaign.proposed_at = looked.now
    campaign.save()
    if is_new:
        ledger.record("campaign_proposed", campaign, by="rules")
    return campaign


def _next(consultation: Consultation) -> int:
    """The next number of a campaign; whoever asks at the same time waits."""
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    rows = Campaign.objects.filter(consultation=consultation)
    return (rows.aggregate(last=Max("ordinal"))["last"] or 0) + 1


def _update(
    before: Mapping[int, CampaignMember], wanted: Mapping[int, Likeness], shown: Mapping[int, Shown]
) -> None:
    changed = []
    for response, one in wanted.items():
        member = before.get(response)
        if member is not None and _differs(member, one, shown[one.key]):
            _fill(member, one, shown[one.key])
            changed.append(member)
    fields = ["how", "matches", "similarity", "version", "fingerprint"]
    for start in range(0, len(changed), _AT_ONCE):
        CampaignMember.objects.bulk_update(
            changed[start : start + _AT_ONCE], fields, batch_size=200
        )


def _create(campaign: Campaign, rows: Sequence[tuple[Likeness, Shown]]) -> None:
    """Add proposed members; one that came into another campaign meanwhile stays there."""
    made = []
    for one, told in rows:
        member = CampaignMember(campaign=campaign, response_id=told.response)
        _fill(member, one, told)
        made.append(member)
    for start in range(0, len(made), _AT_ONCE):
        some = made[start : start + _AT_ONCE]
        CampaignMember.objects.bulk_create(some, ignore_conflicts=True, batch_size=500)


def _differs(member: CampaignMember, one: Likeness, told: Shown) -> bool:
    now = (told.fingerprint, told.version, one.similarity)
    return (member.fingerprint, member.version_id, member.similarity) != now


def _fill(member: CampaignMember, one: Likeness, told: Shown) -> None:
    member.how = How.EXACT if one.exact else How.NEAR
    member.similarity, member.matches = one.similarity, True
    member.version_id, member.fingerprint = told.version, told.fingerprint
