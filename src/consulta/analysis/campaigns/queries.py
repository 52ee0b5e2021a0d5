"""What pages and documents ask about campaigns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from consulta.analysis.campaigns import reading, standing
from consulta.analysis.models import Campaign, CampaignMember, CampaignSearch
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.multilingual import NOTHING, Text, choose
from consulta.responses.models import Answer, Response

PAGE = 50
OPENING = 160  # characters of the shared text in a list
Stand = Campaign.State
Member = CampaignMember.State


#: The lists of members at the desk.
_KINDS = {
    "": ~Q(state=Member.TAKEN_OUT),
    "proposed": Q(state=Member.PROPOSED),
    "apart": standing.IS_ACTIVE & Q(matches=False),
    "taken_out": Q(state=Member.TAKEN_OUT),
    "own": standing.IS_ACTIVE & ~Q(how=CampaignMember.How.EXACT),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """A campaign and how many responses it counts; *proposed*: how many wait for a person."""

    campaign: Campaign
    members: int
    proposed: int
    apart: int


@dataclass(frozen=True, slots=True)
class Membership:
    """The accepted campaign that a response belongs to, and how many responses it counts."""

    campaign: Campaign
    members: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some members, and after which serial the next page begins (None: the last page)."""

    members: list[CampaignMember]
    next: int | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Some accepted campaigns, and after which number the next page begins (None: the last page)."""

    items: list[Counted]
    next: int | None


def by_ordinal(consultation: Consultation, ordinal: int) -> Campaign:
    """A campaign of whatever state, for the desk. Raises Campaign.DoesNotExist."""
    return _whole(Campaign.objects.filter(consultation=consultation)).get(ordinal=ordinal)


def accepted_by_ordinal(consultation: Consultation, ordinal: int) -> Campaign:
    """A campaign that everyone may see. Raises Campaign.DoesNotExist."""
    rows = Campaign.objects.filter(consultation=consultation, state=Stand.ACCEPTED)
    return _whole(rows).get(ordinal=ordinal)


def accepted(consultation: Consultation) -> list[Counted]:
    """What everyone may see: the campaigns accepted, the largest first. One query."""
    rows = _counted(Campaign.objects.filter(consultation=consultation, state=Stand.ACCEPTED))
    found = [_row(row) for row in rows]
    return sorted(found, key=lambda one: (-one.members, one.campaign.ordinal))


def accepted_page(consultation: Consultation, *, after: int = 0, size: int = PAGE) -> Accepted:
    """A page of what everyone may see, by number; *after*: the last number of the page before."""
    rows = Campaign.objects.filter(consultation=consultation, state=Stand.ACCEPTED)
    found = list(_counted(rows.filter(ordinal__gt=after)).order_by("ordinal")[: size + 1])
    last = found[size - 1].ordinal if len(found) > size else None
    return Accepted([_row(row) for row in found[:size]], last)


def accepted_counted(consultation: Consultation, ordinal: int) -> Counted:
    """An accepted campaign with its counts. Raises Campaign.DoesNotExist."""
    rows = Campaign.objects.filter(consultation=consultation, state=Stand.ACCEPTED)
    return _row(_counted(rows).get(ordinal=ordinal))


def waiting(consultation: Consultation) -> int:
    """How many campaigns wait for a person: proposed, or with somebody new or changed. One query."""
    shown = Q(members__response__state=State.PUBLISHED)
    fresh = Q(members__state=Member.PROPOSED)
    strayed = Q(members__state=Member.ACCEPTED, members__matches=False)
    rows = Campaign.objects.filter(consultation=consultation)
    rows = rows.filter(state__in=[Stand.PROPOSED, Stand.ACCEPTED])
    return rows.filter(shown & (fresh | strayed)).distinct().count()


def at_desk(consultation: Consultation) -> list[Counted]:
    """Every campaign but those no longer proposed: proposals first, the largest first. One query."""
    rows = _counted(Campaign.objects.filter(consultation=consultation).exclude(state=Stand.LAPSED))
    order = {Stand.PROPOSED: 0, Stand.ACCEPTED: 1, Stand.DISSOLVED: 2}
    found = [_row(row) for row in rows]
    return sorted(
        found,
        key=lambda one: (
            order[Stand(one.campaign.state)],
            -(one.members or one.proposed),
            one.campaign.ordinal,
        ),
    )


def openings(campaigns: Iterable[Campaign]) -> dict[int, Text]:
    """The opening words of what each of *campaigns* of one consultation says, by its id. Two queries."""
    rows = {campaign.shared_id: campaign for campaign in campaigns}
    if not rows:
        return {}
    told = reading.of_versions(rows, next(iter(rows.values())).consultation)
    return {
        rows[pk].pk: Text(_opening(said.text), rows[pk].shared.language)
        for pk, said in told.items()
    }


def search_of(consultation: Consultation) -> CampaignSearch:
    """How campaigns are looked for; before the first time, as it will be."""
    found = CampaignSearch.objects.filter(consultation=consultation).first()
    return found or CampaignSearch(consultation=consultation)


def membership(responses: Iterable[Response]) -> dict[int, Membership]:
    """The accepted campaign of each of *responses*, by the response's id. Two queries."""
    wanted = [response.pk for response in responses]
    rows = standing.counted().filter(response__in=wanted)
    rows = rows.select_related("campaign__consultation", "campaign__shared")
    found = {row.response_id: row.campaign for row in rows}
    counts = sizes({campaign.pk for campaign in found.values()})
    return {pk: Membership(campaign, counts[campaign.pk]) for pk, campaign in found.items()}


def sizes(campaigns: Iterable[int]) -> dict[int, int]:
    """How many responses each campaign counts, by its id. One query."""
    rows = standing.counted().filter(campaign__in=list(campaigns)).order_by()
    return dict(rows.values_list("campaign").annotate(count=Count("pk")))


def folded(consultation: Consultation) -> QuerySet[CampaignMember]:
    """The ids of the responses that lists may fold, as a subquery."""
    rows = standing.folded(consultation).values("response")
    found: QuerySet[CampaignMember] = rows  # type: ignore[assignment]
    return found


def answered(consultation: Consultation) -> dict[int | None, int]:
    """How many of those who answered each question (None: the whole) did so in a campaign."""
    rows = Answer.objects.filter(
        version=F("version__response__published_version"),
        version__response__in=folded(consultation),
    )
    counted = rows.exclude(text="").order_by().values_list("question")
    return dict(counted.annotate(count=Count("pk")))


def counted_page(campaign: Campaign, *, after: int = 0, size: int = PAGE) -> Page:
    """Everyone counted in an accepted campaign, in the order of arrival."""
    return _page(standing.counted().filter(campaign=campaign), after=after, size=size)


def desk_page(campaign: Campaign, *, show: str = "", after: int = 0, size: int = PAGE) -> Page:
    """Members as the desk sees them; *show*: proposed, apart, taken_out, or everyone standing."""
    rows = CampaignMember.objects.filter(campaign=campaign)
    return _page(rows.filter(_KINDS.get(show, _KINDS[""])), after=after, size=size)


def desk_counts(campaign: Campaign) -> dict[str, int]:
    """How many members each list of :func:`desk_page` has, and how many are *counted*. One query."""
    shown = Q(response__state=State.PUBLISHED)
    folded = shown & Q(state=Member.ACCEPTED, matches=True)
    rows = CampaignMember.objects.filter(campaign=campaign).order_by()
    found: dict[str, int] = rows.aggregate(
        everyone=Count("pk", filter=_KINDS[""]),
        own=Count("pk", filter=_KINDS["own"]),
        proposed=Count("pk", filter=_KINDS["proposed"] & shown),
        apart=Count("pk", filter=_KINDS["apart"]),
        taken_out=Count("pk", filter=_KINDS["taken_out"]),
        counted=Count("pk", filter=folded),
    )
    found[""] = found.pop("everyone")
    if campaign.state != Stand.ACCEPTED:
        found["counted"] = 0
    return found


def gone(campaign: Campaign) -> list[CampaignMember]:
    """Members whose responses are not shown any more: withdrawn, removed; their numbers stay."""
    rows = CampaignMember.objects.filter(campaign=campaign, state=Member.ACCEPTED)
    rows = rows.exclude(response__state=State.PUBLISHED).select_related("response")
    return list(rows.order_by("response__serial"))


def everyone(campaign: Campaign) -> Sequence[CampaignMember]:
    """Everyone counted in *campaign*, with what documents print of them."""
    return list(_loaded(standing.counted().filter(campaign=campaign)))


def name(campaign: Campaign, language: str) -> Text:
    """What it is called for a reader of *language*; NOTHING where nobody named it."""
    original = campaign.consultation.original_language
    return choose(campaign.names, language, original=original) if campaign.names else NOTHING


def _opening(text: str) -> str:
    line = " ".join(text[: 2 * OPENING].split())
    return line if len(line) <= OPENING else line[:OPENING].rstrip() + "…"


def _page(rows: QuerySet[CampaignMember], *, after: int, size: int) -> Page:
    found = list(_loaded(rows.filter(response__serial__gt=after))[: size + 1])
    last = found[size - 1].response.serial if len(found) > size else None
    return Page(found[:size], last)


def _loaded(rows: QuerySet[CampaignMember]) -> QuerySet[CampaignMember]:
    loaded = rows.select_related(
        "response__public_group",
        "response__respondent",
        "response__published_version",
        "decided_by",
    )
    return loaded.order_by("response__serial")


def _whole(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    return rows.select_related("consultation__group", "shared__response", "decided_by")


def _counted(rows: QuerySet[Campaign]) -> QuerySet[Campaign]:
    shown = Q(members__response__state=State.PUBLISHED)
    accepted = shown & Q(members__state=Member.ACCEPTED)
    return _whole(rows).annotate(
        counted=Count("members", filter=accepted & Q(members__matches=True)),
        waiting=Count("members", filter=shown & Q(members__state=Member.PROPOSED)),
        strayed=Count("members", filter=accepted & Q(members__matches=False)),
    )


def _row(row: Campaign) -> Counted:
    counts = (getattr(row, name) for name in ("counted", "waiting", "strayed"))
    return Counted(row, *counts)
