"""Campaigns in documents: the letter printed once, everyone who sent it listed, their own words shown.

Nothing is lost by it: a folded answer names the sentences of the shared text that it says and leaves
out, and prints its own words whole, so that every word of every response can be had back from the
document alone (:func:`consulta.core.differences.rebuilt`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from django.utils.translation import gettext, ngettext

from consulta.analysis.campaigns import queries, shown, standing
from consulta.analysis.campaigns.reading import Shown
from consulta.analysis.campaigns.shown import Shared, Told
from consulta.analysis.models import Campaign, CampaignMember
from consulta.consultations.models import Consultation
from consulta.core.differences import Piece
from consulta.core.paper import (
    Block,
    Cited,
    Folded,
    Heading,
    NumberedList,
    Paragraph,
    PrintedAnswer,
    ResponseBlock,
    Span,
    Table,
    Words,
)
from consulta.reports import printing, words
from consulta.reports.queries import questions as questions_of
from consulta.responses import balance, content
from consulta.responses.models import Response
from consulta.stakeholders import queries as stakeholders

_AT_A_TIME = 200
#: Letters of own words that the consolidated report lists; the response itself has them whole.
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Fold:
    """A campaign as a document folds it; *anchor* is its place there."""

    campaign: Campaign
    shared: Shared
    members: int
    name: Words
    anchor: str
    said_by_others: frozenset[tuple[int | None, int]]


@dataclass(frozen=True, slots=True)
class Folds:
    """Every campaign of a consultation, the largest first, and in which one a response is, by its id."""

    every: tuple[Fold, ...]
    of: Mapping[int, Fold]


def folds(consultation: Consultation, *, language: str) -> Folds:
    """What is folded now: the campaigns accepted of which anybody is still shown."""
    found = {}
    for row in queries.accepted(consultation):
        text = shown.shared(row.campaign)
        if text is not None and row.members:
            found[row.campaign.pk] = _fold(row.campaign, text, row.members, language)
    members = standing.folded(consultation).filter(campaign__in=list(found))
    of = {pk: found[campaign] for pk, campaign in members.values_list("response", "campaign")}
    return Folds(tuple(found.values()), of)


def folded(block: ResponseBlock, response: Response, folds: Folds) -> ResponseBlock:
    """*block* with its answers told by the shared text of its campaign; as it is where it is in none."""
    fold = folds.of.get(response.pk)
    version = response.published_version
    if fold is None or version is None:
        return block
    if version.pk == fold.shared.version.pk:
        said = gettext("Its words stand for the campaign “%(name)s”.") % {"name": fold.name.text}
    else:
        said = gettext("In the campaign “%(name)s”.") % {"name": fold.name.text}
    answers = {answer.question: answer for answer in version.answers.all()}
    texts = {question: content.public_text(answer) for question, answer in answers.items()}
    told = {one.question or 0: one for one in shown.told(fold.shared, _said(response, texts))}
    printed = [
        part for answer in block.answers for part in _answer(answer, told.get(answer.position))
    ]
    return replace(block, answers=tuple(printed), notes=(*block.notes, said), campaign=fold.anchor)


def chapter(
    consultation: Consultation, folds: Folds, *, language: str, with_own_words: bool
) -> list[Block]:
    """Every campaign: how it was found and accepted, its text once, and everyone who sent it.

    *with_own_words*: what each of them adds stands in the list, for a document that does not print
    the responses themselves.
    """
    if not folds.every:
        return []
    blocks: list[Block] = [Heading(1, Words(gettext("Campaigns")), anchor="campaigns")]
    blocks += [_line(line) for line in (_sums(consultation, folds), _guide(), _method(folds))]
    for fold in folds.every:
        blocks.append(Heading(2, fold.name, anchor=fold.anchor))
        blocks.append(_line(_decided(fold, consultation.timezone)))
        blocks += _text(fold, language)
        blocks.append(_members(fold, language, with_own_words=with_own_words))
    return blocks


def among(position: int | None, in_campaigns: Mapping[int | None, int]) -> list[Block]:
    """Of those who answered a question, how many did so in a campaign; nothing where nobody did."""
    count = in_campaigns.get(position, 0)
    if not count:
        return []
    said = ngettext(
        "%(count)s of these respondents answered in a campaign; each is counted.",
        "%(count)s of these respondents answered in a campaign; each of them is counted.",
        count,
    )
    return [_line(said % {"count": words.number(count)})]


def _fold(campaign: Campaign, text: Shared, members: int, language: str) -> Fold:
    named = queries.name(campaign, language)
    called = gettext("Campaign %(number)s") % {"number": words.number(campaign.ordinal)}
    name = printing.as_words(named) if named.text else Words(called)
    said = _said_by_others(campaign, text)
    return Fold(campaign, text, members, name, f"c-{campaign.ordinal}", said)


def _line(said: str) -> Paragraph:
    return Paragraph((Span(said),))


def _sums(consultation: Consultation, folds: Folds) -> str:
    count, total = sum(fold.members for fold in folds.every), balance.of(consultation).published
    said = ngettext(
        "%(count)s of %(total)s published responses are in %(campaigns)s campaign.",
        "%(count)s of %(total)s published responses are in %(campaigns)s campaigns.",
        len(folds.every),
    )
    return said % {
        "count": words.number(count),
        "total": words.number(total),
        "campaigns": words.number(len(folds.every)),
    }


def _guide() -> str:
    return gettext(
        "A campaign is one letter that several respondents sent, word for word or nearly. Its text is "
        "printed once, sentence by sentence. Everyone who sent it is listed and counted as any other "
        "respondent, and what each of them adds in their own words is shown. Figures count "
        "respondents, in campaigns or not."
    )


def _method(folds: Folds) -> str:
    """How campaigns were found, as it was kept with the one proposed last."""
    method = max(folds.every, key=lambda fold: fold.campaign.proposed_at).campaign.method
    said = gettext(
        "Method: texts that are the same but for letter case, spaces, punctuation and accents are "
        "found by their SHA-256. Of the others, candidates are found by MinHash with %(permutations)s "
        "permutations in %(bands)s bands (%(library)s) and then compared exactly: a member has at "
        "least %(threshold)s of all runs of %(shingle)s words in common with the shared text "
        "(Jaccard). Fewer than %(least_size)s responses and texts of fewer than %(least_length)s "
        "letters are not proposed. Nothing is folded before a person accepts it."
    )
    return f"{said % _told(method)} {_of_few(method)}".strip()


def _of_few(method: Mapping[str, object]) -> str:
    """What is asked of a few responses without a copy among them; empty by an earlier method."""
    few, alike = method.get("few"), method.get("few_alike")
    if not isinstance(few, int) or not isinstance(alike, float):
        return ""
    said = gettext(
        "Fewer than %(few)s responses, none of which is another word for word, have at least"
        " %(alike)s in common."
    )
    return said % {"few": words.number(few), "alike": words.percent(alike)}


def _told(method: Mapping[str, object]) -> dict[str, object]:
    part = method.get("threshold")
    told: dict[str, object] = {
        name: method.get(name, "")
        for name in ("permutations", "bands", "library", "shingle", "least_size", "least_length")
    }
    return told | {"threshold": words.percent(part) if isinstance(part, float | int) else ""}


def _decided(fold: Fold, zone: str) -> str:
    campaign = fold.campaign
    said = ngettext(
        "%(count)s response. Proposed by rule on %(proposed)s; accepted on %(accepted)s by %(who)s.",
        "%(count)s responses. Proposed by rule on %(proposed)s; accepted on %(accepted)s by %(who)s.",
        fold.members,
    )
    by = campaign.decided_by
    return said % {
        "count": words.number(fold.members),
        "proposed": words.day(campaign.proposed_at, zone),
        "accepted": words.day(campaign.decided_at or campaign.proposed_at, zone),
        "who": (by.name if by else "") or gettext("the secretariat"),
    }


def _text(fold: Fold, language: str) -> Iterator[Block]:
    """The shared text, sentence by sentence, under the questions that it answers."""
    asked = {question.position: question for question in questions_of(fold.campaign.consultation)}
    for question, sentences in fold.shared.sentences.items():
        if sentences:
            title = printing.question(question, asked, language)
            yield Heading(3, title, anchor=f"{fold.anchor}-q-{question or 0}")
            yield NumberedList(tuple(map(tuple, _sentences(fold, question, sentences))))


def _sentences(fold: Fold, question: int | None, sentences: Sequence[str]) -> Iterator[list[Span]]:
    """The sentences; one that a single response says is marked as its words, lest the law take it away."""
    version = fold.shared.version
    alone = Cited(version.response.number, version.ordinal)
    for number, sentence in enumerate(sentences, start=1):
        theirs = (question, number) in fold.said_by_others
        yield [Span(sentence, fold.shared.language, cites=None if theirs else alone)]


def _said_by_others(campaign: Campaign, text: Shared) -> frozenset[tuple[int | None, int]]:
    """The sentences of the shared text, by question and number, that another member says as well."""
    others = standing.counted().filter(campaign=campaign)
    others = others.exclude(response=text.version.response_id)
    every = {(q, n) for q, some in text.sentences.items() for n in range(1, len(some) + 1)}
    if others.filter(how=CampaignMember.How.EXACT).exists():
        return frozenset(every)
    found: set[tuple[int | None, int]] = set()
    members = iter(others.select_related("response").order_by("response__serial"))
    while found < every and (some := list(islice(members, _AT_A_TIME))):
        for said in shown.said_by(some, campaign).values():
            found |= shown.kept(shown.told(text, said))
    return frozenset(found)


def _members(fold: Fold, language: str, *, with_own_words: bool) -> Table:
    own = gettext("Own words") if with_own_words else gettext("In common with the shared text")
    head = (
        gettext("Number"),
        gettext("Respondent"),
        gettext("Stakeholder group"),
        gettext("Country"),
        gettext("Language"),
        own,
    )
    widths = (12, 18, 16, 12, 13, 29) if with_own_words else (13, 27, 20, 15, 12, 13)
    rows = tuple(_rows(fold, language, with_own_words=with_own_words))
    caption = gettext("Responses in the campaign “%(name)s”") % {"name": fold.name.text}
    return Table(Words(caption), tuple(map(Words, head)), rows, widths=widths)


def _rows(fold: Fold, language: str, *, with_own_words: bool) -> Iterator[tuple[Words, ...]]:
    members = iter(queries.everyone(fold.campaign))
    while some := list(islice(members, _AT_A_TIME)):
        said = shown.said_by(some, fold.campaign) if with_own_words else {}
        for member in some:
            told = said.get(member.response_id)
            last = _own(fold, told) if told else Words(words.percent(member.similarity))
            yield (*_respondent(member, language), last)


def _respondent(member: CampaignMember, language: str) -> tuple[Words, ...]:
    response = member.response
    group = response.public_group
    return (
        printing.cited(response, language=language),
        Words(words.name(response)),
        printing.as_words(stakeholders.name(group, language))
        if group
        else Words(gettext("Not shown")),
        Words(words.country(response.public_country)),
        Words(words.language(response.public_language)),
    )


def _own(fold: Fold, told: Shown) -> Words:
    """What a member adds, cut where it is long; else that it adds nothing, or leaves something out."""
    text = " … ".join(one.text for one in shown.own(fold.shared, told))
    if text:
        cut = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + " …"
        return Words(cut, fold.shared.language)
    gone = shown.left_out(fold.shared, shown.told(fold.shared, told))
    if not gone:
        return Words(gettext("None: the shared text alone"))
    said = ngettext(
        "None; %(count)s sentence is left out", "None; %(count)s sentences are left out", gone
    )
    return Words(said % {"count": words.number(gone)})


def _said(response: Response, texts: dict[int | None, str]) -> Shown:
    pk = response.published_version_id or 0
    return Shown(response.serial, response.pk, pk, "", texts)


def _answer(answer: PrintedAnswer, told: Told | None) -> list[PrintedAnswer]:
    """One answer told by the shared text: what it has of it, then its own words one after the other."""
    if told is None or not told.pieces or all(piece.kind == "own" for piece in told.pieces):
        return [answer]
    folded = tuple(Folded(p.kind, p.first, p.last, p.text) for p in told.pieces)
    first = replace(answer, answer=Words(_kept(told)), folded=folded)
    return [first, *(_passage(answer, piece) for piece in told.pieces if piece.kind == "own")]


def _passage(answer: PrintedAnswer, piece: Piece) -> PrintedAnswer:
    said = gettext("Own words, after sentence %(number)s") % {"number": words.number(piece.last)}
    label = said if piece.last else gettext("Own words, before the first sentence")
    own = Words(piece.text, answer.answer.language)
    return PrintedAnswer(Words(label), own, position=answer.position)


def _kept(told: Told) -> str:
    if told.is_same:
        return gettext("The shared text of the campaign, whole.")
    kept = [piece for piece in told.pieces if piece.kind == "same"]
    gone = [piece for piece in told.pieces if piece.kind == "left_out"]
    said = [gettext("Of the shared text: sentences %(numbers)s.") % {"numbers": _numbers(kept)}]
    if not kept:
        said = [gettext("Nothing of the shared text word for word.")]
    if gone:
        said.append(gettext("Left out: sentences %(numbers)s.") % {"numbers": _numbers(gone)})
    return " ".join(said)


def _numbers(some: Sequence[Piece]) -> str:
    """Sentences by their numbers: 1–4, 6."""
    ranges = [
        words.number(one.first)
        if one.first == one.last
        else f"{words.number(one.first)}–{words.number(one.last)}"
        for one in some
    ]
    return words.listed(ranges)
