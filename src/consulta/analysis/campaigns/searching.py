"""Searching: campaigns are looked for by rule, and proposed. What a person touched is left as it is.

Proposals that nobody touched are found anew each time, so that they hang on the published responses,
the decisions and the method alone, not on when the search ran. To campaigns that a person touched,
new responses are proposed as members; nobody is put into one, taken out or proposed again by it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from time import perf_counter

from django.db.models import Count, Sum

from consulta.analysis.campaigns import proposing, reading, standing
from consulta.analysis.campaigns.proposing import Round
from consulta.analysis.campaigns.reading import Shown
from consulta.analysis.models import Campaign, CampaignMember, CampaignSearch
from consulta.consultations.models import Consultation
from consulta.core import campaigns
from consulta.core.lifecycle import State
from consulta.responses import balance
from consulta.responses.models import Redaction, Response

#: A consultation is looked at again after this at the earliest, and after so many times what the
#: last search took: searching never takes more than a twentieth of the worker's time.
PAUSE = timedelta(seconds=60)
PAUSES = 20


def search_due(now: datetime) -> int:
    """Search every consultation that is due; return how many."""
    found = due(now)
    for consultation in found:
        search(consultation, now=now)
    return len(found)


def due(now: datetime) -> list[Consultation]:
    """Consultations to search: asked for, closed meanwhile, or with responses not looked at yet."""
    rows = list(
        Consultation.objects.filter(
            announced_at__isnull=False, is_record=False, cancelled_at__isnull=True
        )
    )
    searches = {row.consultation_id: row for row in CampaignSearch.objects.all()}
    counts = balance.of_each(rows)
    return [
        row for row in rows if _is_due(row, searches.get(row.pk), counts[row.pk].published, now)
    ]


def search(consultation: Consultation, *, now: datetime) -> CampaignSearch:
    """Look for campaigns in the published responses of *consultation*, and propose them."""
    begun = perf_counter()
    row, _new = CampaignSearch.objects.get_or_create(consultation=consultation)
    mark = _mark(consultation)
    touched = _touched(consultation)
    known = _texts(touched, consultation)
    settled = _settled(touched)
    shown: dict[int, Shown] = {}
    free = _free(consultation, settled, shown)
    grouped = campaigns.group(free, known=known, method=row.method)
    _resembling(touched, grouped.known, shown)
    proposing.propose(Round(consultation, shown, row.method, now), grouped.found)
    _compare_again(touched, known, row.method.threshold, consultation)
    row.looked_at, row.mark = now, mark
    row.published, row.compared = int(mark.split("-")[0]), grouped.compared + len(settled)
    row.seconds = perf_counter() - begun
    row.save(update_fields=["looked_at", "mark", "published", "compared", "seconds"])
    return row


def _is_due(
    consultation: Consultation, row: CampaignSearch | None, published: int, now: datetime
) -> bool:
    if row is None or row.looked_at is None:
        return published >= campaigns.STANDARD.least_size
    if row.asked_at is not None and row.asked_at > row.looked_at:
        return True
    closed = consultation.closes_at
    if closed is not None and row.looked_at < closed <= now:
        return True
    if now - row.looked_at < max(PAUSE, timedelta(seconds=PAUSES * row.seconds)):
        return False
    return consultation.delivered_at is None and row.mark != _mark(consultation)


def _mark(consultation: Consultation) -> str:
    """What changes whenever other words are shown: how many responses, which versions, redactions."""
    rows = Response.objects.filter(consultation=consultation, state=State.PUBLISHED)
    told = rows.aggregate(count=Count("pk"), versions=Sum("published_version_id"))
    marks = Redaction.objects.filter(
        state__in=Redaction.HIDING, answer__version__response__consultation=consultation
    )
    return f"{told['count']}-{told['versions'] or 0}-{marks.count()}"


def _touched(consultation: Consultation) -> dict[int, Campaign]:
    """The campaigns that a person touched, by their ids."""
    rows = Campaign.objects.filter(consultation=consultation, touched_at__isnull=False)
    return {row.pk: row for row in rows.select_related("shared__response")}


def _texts(touched: Mapping[int, Campaign], consultation: Consultation) -> dict[int, str]:
    """What each campaign says, by its id; one of which nothing is shown any more is missing."""
    stands = {pk: standing.shared(campaign) for pk, campaign in touched.items()}
    versions = {version.pk: pk for pk, version in stands.items() if version}
    told = reading.of_versions(versions, consultation)
    return {pk: told[version].text for version, pk in versions.items() if version in told}


def _settled(touched: Mapping[int, Campaign]) -> set[int]:
    """Responses that are in a campaign which a person touched: nothing more is looked for in them."""
    rows = CampaignMember.objects.filter(
        campaign__in=list(touched),
        state__in=[CampaignMember.State.PROPOSED, CampaignMember.State.ACCEPTED],
    )
    return set(rows.values_list("response_id", flat=True))


def _free(
    consultation: Consultation, settled: set[int], shown: dict[int, Shown]
) -> Iterable[tuple[int, str]]:
    """The texts that may be grouped, by serial; what is known of each goes into *shown* without text."""
    for one in reading.published(consultation):
        if one.response not in settled:
            text = one.text
            shown[one.serial] = Shown(one.serial, one.response, one.version, one.fingerprint)
            yield one.serial, text


def _resembling(
    touched: Mapping[int, Campaign],
    known: Mapping[int, tuple[campaigns.Likeness, ...]],
    shown: Mapping[int, Shown],
) -> None:
    """Propose to campaigns that a person touched what resembles them and was not in them before."""
    for pk, likenesses in sorted(known.items()):
        before = set(touched[pk].members.values_list("response_id", flat=True))
        new = [one for one in likenesses if shown[one.key].response not in before]
        proposing.add(touched[pk], new, shown)


def _compare_again(
    touched: Mapping[int, Campaign],
    known: Mapping[int, str],
    threshold: float,
    consultation: Consultation,
) -> None:
    """Compare members anew whose words changed since, or whose campaign got another text."""
    for pk, campaign in touched.items():
        if pk in known:
            stale = list(standing.stale(campaign))
            told = reading.of_versions([v for _row, v in stale], consultation)
            rows = [(row, told[version]) for row, version in stale if version in told]
            proposing.renew(campaign, rows, shared=known[pk], threshold=threshold)
