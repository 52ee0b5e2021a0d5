"""Shown: the text that stands for a campaign, once, and what each member says besides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from consulta.analysis.campaigns import reading, standing
from consulta.analysis.campaigns.reading import Shown
from consulta.analysis.models import Campaign, CampaignMember
from consulta.core import differences, similarity
from consulta.core.differences import Piece, Run
from consulta.responses.models import Version

#: By question; None: to the whole consultation.
Sentences = Mapping[int | None, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Shared:
    """The text that stands for a campaign: its *version*, and its *sentences* by question."""

    version: Version
    sentences: Sentences

    @property
    def language(self) -> str:
        """The language in which it was written."""
        return self.version.language


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of a member, told by the sentences of the shared text."""

    question: int | None
    pieces: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        """Whether it is the shared text, nothing added and nothing left out."""
        return all(piece.kind == "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Own:
    """Own words of a member, marked where they differ from the sentences that they stand for."""

    question: int | None
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


def shared(campaign: Campaign) -> Shared | None:
    """The text that stands for *campaign*; None where no member is shown any more."""
    version = standing.shared(campaign)
    if version is None:
        return None
    told = reading.of_versions([version.pk], campaign.consultation)
    answers = told[version.pk].answers if version.pk in told else {}
    return Shared(version, {q: differences.sentences(text) for q, text in answers.items()})


def told(text: Shared, said: Shown) -> tuple[Told, ...]:
    """What a member *said*, told by the shared *text*; a question left out is told too."""
    questions = sorted({*text.sentences, *said.answers}, key=lambda question: question or 0)
    return tuple(
        Told(
            question,
            differences.pieces(text.sentences.get(question, ()), said.answers.get(question, "")),
        )
        for question in questions
    )


def own(text: Shared, said: Shown) -> tuple[Own, ...]:
    """The own words of a member, passage by passage, in order.

    A sentence that differs from the shared one in letter case, punctuation or accents alone is none.
    """
    return tuple(
        Own(change.question, differences.runs(change.own, change.gone))
        for change in _changes(text, told(text, said))
        if change.own
    )


def left_out(text: Shared, answers: Iterable[Told]) -> int:
    """How many sentences of the shared text a member says in no way."""
    return sum(change.sentences for change in _changes(text, answers) if not change.own)


@dataclass(frozen=True, slots=True)
class _Change:
    """*own* words of a member that stand for what is *gone*, so many *sentences*; either may be empty."""

    question: int | None
    own: str
    gone: str
    sentences: int


def _changes(text: Shared, answers: Iterable[Told]) -> Iterator[_Change]:
    """What a member says otherwise, but for sentences that say the same in other letters."""
    for answer in answers:
        sentences = text.sentences.get(answer.question, ())
        gone, count = "", 0
        for piece in answer.pieces:
            if piece.kind == "own":
                if similarity.words(piece.text) != similarity.words(gone):
                    yield _Change(answer.question, piece.text, gone, count)
                gone, count = "", 0
                continue
            if count:
                yield _Change(answer.question, "", gone, count)
                gone, count = "", 0
            if piece.kind == "left_out":
                count = piece.last - piece.first + 1
                gone = " ".join(sentences[piece.first - 1 : piece.last])
        if count:
            yield _Change(answer.question, "", gone, count)


def kept(answers: Iterable[Told]) -> set[tuple[int | None, int]]:
    """The sentences of the shared text that a member says, by question and number."""
    return {
        (answer.question, number)
        for answer in answers
        for piece in answer.pieces
        if piece.kind == "same"
        for number in range(piece.first, piece.last + 1)
    }


def said_by(members: Sequence[CampaignMember], campaign: Campaign) -> dict[int, Shown]:
    """What *members*, loaded with their responses, say now, by the response's id. Two queries."""
    versions = [one.response.published_version_id or 0 for one in members]
    told = reading.of_versions(versions, campaign.consultation)
    return {one.response: one for one in told.values()}
