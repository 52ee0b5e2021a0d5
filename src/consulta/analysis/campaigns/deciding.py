"""Deciding: what a person does about a campaign. Every act can be undone by another, all stand on record.

Every act raises NotAllowedError for a person without the right to edit the report.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from consulta.accounts.models import User
from consulta.analysis.campaigns import proposing, reading, standing
from consulta.analysis.campaigns.errors import (
    ChangedMeanwhileError,
    InAnotherCampaignError,
    NobodyLeftError,
    NotAMemberError,
    ReasonMissingError,
    TooFewLeftError,
    UnknownResponseError,
)
from consulta.analysis.models import Campaign, CampaignMember, CampaignSearch
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.core import campaigns
from consulta.core.lifecycle import State
from consulta.core.numbering import NumberMistypedError, read_number
from consulta.core.plaintext import one_line, storable
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.ledger.acts import Shows
from consulta.responses.models import Response

Stand = Campaign.State
Member = CampaignMember.State
#: So many responses make a campaign at least.
LEAST = 2


@transaction.atomic
def ask(consultation: Consultation, *, by: User, **method: float) -> None:
    """Have campaigns looked for again; *method*: threshold, least_size, least_length where they change."""
    permissions.require(by, Act.EDIT_REPORT, consultation)
    row, _new = CampaignSearch.objects.get_or_create(consultation=consultation)
    for name, value in method.items():
        setattr(row, name, value)
    row.asked_at = timezone.now()
    row.full_clean(validate_unique=False)
    row.save()
    ledger.record("campaigns_asked", consultation, by=by)


@transaction.atomic
def accept(campaign: Campaign, *, by: User) -> None:
    """Fold a proposed campaign, or take in everyone proposed to an accepted one since.

    Raises NobodyLeftError where no published response is left in it, TooFewLeftError for one alone.
    """
    _take(campaign, by=by, states=(Stand.PROPOSED, Stand.ACCEPTED))
    proposed = campaign.members.filter(state=Member.PROPOSED)
    if not proposed.filter(response__state=State.PUBLISHED).exists():
        raise NobodyLeftError(campaign.ordinal)
    if _left(campaign) < LEAST:
        raise TooFewLeftError(campaign.ordinal)
    proposed.update(state=Member.ACCEPTED, decided_at=timezone.now(), decided_by=by)
    _decide(campaign, Stand.ACCEPTED, by=by)
    _record("campaign_accepted", campaign, by=by)


@transaction.atomic
def dissolve(campaign: Campaign, *, reason: str, by: User) -> None:
    """Fold it no more: each response stands alone again. It is not proposed again by a search."""
    _take(campaign, by=by, states=(Stand.PROPOSED, Stand.ACCEPTED))
    was_shown = campaign.state == Stand.ACCEPTED
    campaign.reason = _said(reason)
    campaign.members.filter(state__in=[Member.PROPOSED, Member.ACCEPTED]).update(
        state=Member.RELEASED, decided_at=timezone.now(), decided_by=by
    )
    _decide(campaign, Stand.DISSOLVED, by=by)
    _record("campaign_dissolved", campaign, by=by, public=was_shown)


@transaction.atomic
def restore(campaign: Campaign, *, by: User) -> None:
    """Fold a dissolved campaign after all, with those who are in no other campaign meanwhile.

    Where one alone would be in it, the response whose leaving dissolved it comes back.
    """
    _take(campaign, by=by, states=(Stand.DISSOLVED,))
    others = standing.active_elsewhere(campaign)
    free = campaign.members.exclude(response__in=others.values("response"))
    back = list(
        free.filter(state__in=[Member.RELEASED, Member.PROPOSED]).values_list("pk", flat=True)
    )
    taken = free.filter(state=Member.TAKEN_OUT).order_by("-decided_at").first()
    free = free.filter(pk__in=back)
    left = free.filter(response__state=State.PUBLISHED).count()
    if left < LEAST and taken is not None:
        free = campaign.members.filter(pk__in=[*back, taken.pk])
        left = free.filter(response__state=State.PUBLISHED).count()
    if not left:
        raise NobodyLeftError(campaign.ordinal)
    if left < LEAST:
        raise TooFewLeftError(campaign.ordinal)
    free.update(state=Member.ACCEPTED, reason="", decided_at=timezone.now(), decided_by=by)
    campaign.reason = ""
    _decide(campaign, Stand.ACCEPTED, by=by)
    _record("campaign_restored", campaign, by=by)


@transaction.atomic
def take_out(campaign: Campaign, number: str, *, reason: str, by: User) -> None:
    """Let one response stand alone; no search puts it in again, a person can. Raises NotAMemberError.

    Where one alone would be left, the campaign is dissolved for the same reason.
    """
    _take(campaign, by=by, states=(Stand.PROPOSED, Stand.ACCEPTED))
    member = standing.active(campaign).filter(response__number=number).first()
    if member is None:
        raise NotAMemberError(number)
    was_shown = member.state == Member.ACCEPTED
    member.state, member.reason = Member.TAKEN_OUT, _said(reason)
    member.decided_at, member.decided_by = timezone.now(), by
    member.save()
    _touch(campaign)
    _record("campaign_left", campaign, by=by, public=was_shown, number=number)
    if _left(campaign) < LEAST:
        dissolve(campaign, reason=reason, by=by)


@transaction.atomic
def add(campaign: Campaign, typed: str, *, by: User) -> Response:
    """Put the published response with the *typed* number into the campaign, taken out before or not.

    Raises UnknownResponseError, InAnotherCampaignError.
    """
    _take(campaign, by=by, states=(Stand.PROPOSED, Stand.ACCEPTED))
    response = _published(campaign.consultation, typed)
    _not_elsewhere(campaign, response)
    member = campaign.members.filter(response=response).first() or CampaignMember(
        campaign=campaign, response=response
    )
    _compare(member, campaign)
    member.how, member.matches, member.reason = CampaignMember.How.ADDED, True, ""
    member.state = Member.ACCEPTED if campaign.state == Stand.ACCEPTED else Member.PROPOSED
    member.decided_at, member.decided_by = timezone.now(), by
    member.save()
    _touch(campaign)
    _record("campaign_joined", campaign, by=by, number=response.number)
    return response


@transaction.atomic
def keep(campaign: Campaign, number: str, *, by: User) -> None:
    """Fold a member all the same whose new version resembles the shared text no more."""
    _take(campaign, by=by, states=(Stand.PROPOSED, Stand.ACCEPTED))
    member = standing.active(campaign).filter(response__number=number).first()
    if member is None:
        raise NotAMemberError(number)
    member.how, member.matches = CampaignMember.How.ADDED, True
    member.decided_at, member.decided_by = timezone.now(), by
    member.save()
    _touch(campaign)
    _record("campaign_joined", campaign, by=by, number=number)


@transaction.atomic
def rename(campaign: Campaign, names: Mapping[str, str], *, by: User) -> None:
    """Call it by *names* (language to name); without any it is called by its number."""
    _take(campaign, by=by, states=(Stand.PROPOSED, Stand.ACCEPTED, Stand.DISSOLVED))
    said = {language: one_line(name)[:200] for language, name in names.items()}
    campaign.names = {language: name for language, name in said.items() if name}
    _touch(campaign)
    _record("campaign_renamed", campaign, by=by)


@transaction.atomic
def choose_text(campaign: Campaign, number: str, *, by: User) -> None:
    """Let the words of one member stand for all; the others are compared with it by the next search."""
    _take(campaign, by=by, states=(Stand.PROPOSED, Stand.ACCEPTED))
    rows = standing.active(campaign).filter(response__state=State.PUBLISHED)
    member = rows.filter(response__number=number).first()
    version = member.response.published_version if member else None
    if version is None:
        raise NotAMemberError(number)
    campaign.shared, campaign.shared_chosen = version, True
    campaign.members.update(fingerprint="")
    CampaignSearch.objects.filter(consultation=campaign.consultation).update(
        asked_at=timezone.now()
    )
    _touch(campaign)
    _record("campaign_text_chosen", campaign, by=by, number=number)


def _take(campaign: Campaign, *, by: User, states: tuple[Campaign.State, ...]) -> None:
    """Bring *campaign* up to date and keep others waiting. Raises ChangedMeanwhileError."""
    permissions.require(by, Act.EDIT_REPORT, campaign.consultation)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    campaign.refresh_from_db()
    if campaign.state not in states:
        raise ChangedMeanwhileError(campaign.ordinal)


def _left(campaign: Campaign) -> int:
    """How many published responses are in it, or proposed to it."""
    return standing.active(campaign).filter(response__state=State.PUBLISHED).count()


def _touch(campaign: Campaign) -> None:
    campaign.touched_at = timezone.now()
    campaign.full_clean(exclude=["method"])
    campaign.save()


def _decide(campaign: Campaign, state: Campaign.State, *, by: User) -> None:
    campaign.state = state
    campaign.decided_at, campaign.decided_by = timezone.now(), by
    _touch(campaign)


def _record(
    act: str, campaign: Campaign, *, by: User, public: bool | None = None, number: str = ""
) -> None:
    """Enter *act*; what is only proposed changes no public page."""
    shown = campaign.state == Stand.ACCEPTED if public is None else public
    numbers = [number] if number else _numbers(campaign)
    commitments = {"members": proposing.members_hash(numbers)}
    shows = None if shown else Shows.NONE
    ledger.record(act, campaign, by=by, commitments=commitments, shows=shows)


def _numbers(campaign: Campaign) -> list[str]:
    return list(standing.active(campaign).values_list("response__number", flat=True))


def _said(reason: str) -> str:
    said = storable(reason).strip()
    if not said:
        raise ReasonMissingError
    return said[:2000]


def _published(consultation: Consultation, typed: str) -> Response:
    try:
        number = read_number(typed)
    except NumberMistypedError as error:
        raise UnknownResponseError(typed) from error
    rows = Response.objects.filter(consultation=consultation, state=State.PUBLISHED)
    response = rows.select_related("published_version").filter(number=number).first()
    if response is None:
        raise UnknownResponseError(typed)
    return response


def _not_elsewhere(campaign: Campaign, response: Response) -> None:
    """Raise InAnotherCampaignError; a mere proposal that nobody touched lets it go."""
    other = (
        CampaignMember.objects.filter(Q(response=response), standing.IS_ACTIVE)
        .exclude(campaign=campaign)
        .select_related("campaign")
        .first()
    )
    if other is not None and other.campaign.touched_at is None:
        other.delete()
    elif other is not None:
        raise InAnotherCampaignError(other.campaign.ordinal)


def _compare(member: CampaignMember, campaign: Campaign) -> None:
    version = member.response.published_version
    stands = standing.shared(campaign)
    wanted = [one.pk for one in (version, stands) if one is not None]
    told = reading.of_versions(wanted, campaign.consultation)
    assert version is not None  # noqa: S101 (a published response has one)
    mine = told[version.pk].text if version.pk in told else ""
    shared = told[stands.pk].text if stands and stands.pk in told else ""
    member.similarity = campaigns.comparing(shared)(mine).similarity if shared else 0
    member.version, member.fingerprint = version, version.public_fingerprint
