"""Reading: the answers to one question side by side, looked through, with what coders gave them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from consulta.accounts.models import User
from consulta.analysis.campaigns import queries as campaigns
from consulta.analysis.campaigns import standing
from consulta.analysis.campaigns.queries import Membership
from consulta.analysis.coding.queries import Frame
from consulta.analysis.models import Campaign, Coding, NoCode
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.numbering import western
from consulta.core.regions import OTHER, Regions
from consulta.responses.models import Answer

PAGE = 20
T = TypeVar("T")
#: What the reader has coded, or somebody else has, or what stands on an earlier version.
MINE, NOT_MINE, THEIRS, NOBODY, AGAIN = "mine", "not-mine", "theirs", "nobody", "again"


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked for. *code*: its number; *coded*: one of the words above; *campaign*: its number.

    *folded*: of each campaign only the response whose text stands for all.
    """

    words: str = ""
    group: str = ""
    region: str = ""
    language: str = ""
    option: str = ""
    code: int = 0
    campaign: int = 0
    coded: str = ""
    folded: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """An answer with its codings, those that still stand on an earlier version (*before*), who read it
    and found that no code applies, and its campaign."""

    answer: Answer
    codings: list[Coding] = field(default_factory=list)
    before: list[Coding] = field(default_factory=list)
    none_by: list[User] = field(default_factory=list)
    campaign: Membership | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some answers, how many there are in all, and whether more follow."""

    rows: Sequence[Row]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads which answers: *position* of the question, None for those to the whole."""

    consultation: Consultation
    position: int | None
    frame: Frame
    regions: Regions
    by: User


def page(reader: Reader, look: Look) -> Page:
    """The answers that *look* finds, in the order of arrival; the same number of queries for any page."""
    rows = _looked(standing_answers(reader.consultation, reader.position), reader, look)
    start = (max(1, look.page) - 1) * PAGE
    total = rows.count()
    found = list(_loaded(rows).order_by("version__response__serial")[start : start + PAGE])
    return Page(_rows(found), total, total > start + PAGE)


def row(answer: Answer) -> Row:
    """One answer as a page shows it."""
    return _rows([answer])[0]


def answer(consultation: Consultation, pk: int) -> Answer:
    """An answer to *consultation*, public or not: acts look at that. Raises Answer.DoesNotExist."""
    return _loaded(Answer.objects.filter(version__response__consultation=consultation)).get(pk=pk)


def stands(answer: Answer) -> bool:
    """Whether readers see *answer* now: it is public, in the version that stands. One query."""
    return _public(answer.version.response.consultation).filter(pk=answer.pk).exists()


def coding(consultation: Consultation, pk: int) -> Coding:
    """One coding of *consultation*, with its answer. Raises Coding.DoesNotExist."""
    rows = Coding.objects.filter(code__frame__consultation=consultation)
    return loaded(rows).get(pk=pk)


def before(answer: Answer) -> list[Coding]:
    """What still stands on earlier versions of *answer* and nobody looked at again. One query and one."""
    return _before([answer]).get(answer.version.response_id, [])


def standing_answers(consultation: Consultation, position: int | None) -> QuerySet[Answer]:
    """The published answers with words to one question, each in the version that stands."""
    return _public(consultation).filter(question=position)


def loaded(rows: QuerySet[Coding]) -> QuerySet[Coding]:
    """*rows* with all that says what was coded and by whom."""
    return rows.select_related(
        "code", "given", "coded_by", "answer__version__response__consultation"
    ).prefetch_related("answer__redactions")


def _public(consultation: Consultation) -> QuerySet[Answer]:
    return Answer.objects.filter(
        version=F("version__response__published_version"),
        version__response__consultation=consultation,
        version__response__state=State.PUBLISHED,
    ).exclude(text="")


def _loaded(rows: QuerySet[Answer]) -> QuerySet[Answer]:
    loaded_ = rows.select_related(
        "version__response__public_group",
        "version__response__respondent",
        "version__response__consultation__group",
    )
    return loaded_.prefetch_related("redactions", "translations")


def _looked(rows: QuerySet[Answer], reader: Reader, look: Look) -> QuerySet[Answer]:
    typed = look.words.strip()
    if typed and western(typed).replace("-", "").isdigit():
        rows = rows.filter(version__response__number__contains=western(typed))
    elif typed:
        rows = rows.filter(text__icontains=typed)
    if look.group:
        rows = rows.filter(version__response__public_group__slug=look.group)
    if look.language:
        rows = rows.filter(version__language=look.language)
    if look.region:
        rows = rows.filter(_in_region(reader.regions, look.region))
    if look.option:
        said = Cast("choices", CharField())
        rows = rows.annotate(said=said).filter(said__contains=f'"{look.option}"')
    return _by_coding(_by_campaign(rows, reader, look), reader, look)


def _in_region(regions: Regions, region: str) -> Q:
    named = Q(version__response__public_country="")
    if region not in regions.names and region != OTHER:
        return named
    listed = [c for c, slug in regions.of.items() if region in (slug, OTHER)]
    within = Q(version__response__public_country__in=listed)
    return ~within & ~named if region == OTHER else within


def _by_campaign(rows: QuerySet[Answer], reader: Reader, look: Look) -> QuerySet[Answer]:
    folded = standing.folded(reader.consultation)
    if look.campaign:
        members = folded.filter(campaign__ordinal=look.campaign)
        rows = rows.filter(version__response__in=members.values("response"))
    if not look.folded:
        return rows
    stands = Campaign.objects.filter(
        consultation=reader.consultation, state=Campaign.State.ACCEPTED
    ).values("shared__response")
    stand_in = Q(version__response__in=stands)
    return rows.filter(stand_in | ~Q(version__response__in=folded.values("response")))


def _by_coding(rows: QuerySet[Answer], reader: Reader, look: Look) -> QuerySet[Answer]:
    codings = Coding.objects.filter(answer=OuterRef("pk"))
    none = NoCode.objects.filter(answer=OuterRef("pk"))
    if look.code:
        wanted = reader.frame.by_ordinal(look.code)
        within = reader.frame.within(wanted) if wanted else set()
        rows = rows.filter(Exists(codings.filter(code__in=within)))
    mine = Exists(codings.filter(coded_by=reader.by)) | Exists(none.filter(coded_by=reader.by))
    theirs = Exists(codings.exclude(coded_by=reader.by)) | Exists(none.exclude(coded_by=reader.by))
    earlier = Coding.objects.filter(
        answer__version__response=OuterRef("version__response"), settled_at__isnull=True
    ).exclude(answer__version=OuterRef("version"))
    same = Q(answer__question=OuterRef("question"))
    if reader.position is None:
        same = Q(answer__question__isnull=True)
    wanted_ = {
        MINE: Q(mine),
        NOT_MINE: ~Q(mine),
        THEIRS: Q(theirs) & ~Q(mine),
        NOBODY: ~Q(Exists(codings) | Exists(none)),
        AGAIN: Q(Exists(earlier.filter(same))),
    }
    return rows.filter(wanted_[look.coded]) if look.coded in wanted_ else rows


def _rows(answers: Sequence[Answer]) -> list[Row]:
    """*answers*, loaded, with all that stands about them: five queries, however many there are."""
    pks = [one.pk for one in answers]
    rows = loaded(Coding.objects.filter(answer__in=pks)).order_by("start", "pk")
    given = _by((one.answer_id, one) for one in rows)
    none = NoCode.objects.filter(answer__in=pks).select_related("coded_by").order_by("pk")
    nones = _by((one.answer_id, one.coded_by) for one in none)
    earlier, of = _before(answers), campaigns.membership(one.version.response for one in answers)
    return [
        Row(
            one,
            _once(given.get(one.pk, [])),
            _once(earlier.get(one.version.response_id, [])),
            nones.get(one.pk, []),
            of.get(one.version.response_id),
        )
        for one in answers
    ]


def _before(answers: Sequence[Answer]) -> Mapping[int, list[Coding]]:
    """By response: what stands on earlier versions of the answers to the same question, not settled."""
    if not answers:
        return {}
    rows = Coding.objects.filter(
        answer__version__response__in=[one.version.response_id for one in answers],
        answer__question=answers[0].question,
        settled_at__isnull=True,
    ).exclude(answer__in=[one.pk for one in answers])
    return _by((one.answer.version.response_id, one) for one in loaded(rows).order_by("pk"))


def _once(codings: Iterable[Coding]) -> list[Coding]:
    """Codings that became the same by a merger are shown once."""
    found: dict[tuple[object, ...], Coding] = {}
    for one in codings:
        found.setdefault((one.code_id, one.answer_id, one.start, one.end, one.coded_by_id), one)
    return list(found.values())


def _by(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
