"""Compilation: all published responses bound verbatim. Each is printed whole, once, by respondent;
by question it is listed with its opening words, and the list leads to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate, takewhile
from unicodedata import east_asian_width

from django.utils.translation import gettext, ngettext

from consulta.consultations.models import Consultation, Corrigendum, Question
from consulta.core.lifecycle import State
from consulta.core.paper import (
    Block,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    ResponseBlock,
    Span,
    Table,
    Words,
)
from consulta.reports import campaigns, files, frame, pinning, printing, words
from consulta.reports.pinning import Pinned
from consulta.reports.queries import questions as questions_of
from consulta.responses import balance, content
from consulta.responses import queries as responses
from consulta.responses.models import Answer, Response
from consulta.stakeholders import queries as stakeholders

#: Letters of an answer that a list shows before it leads to the whole; a Chinese one counts two.
OPENING_WORDS = 160


@dataclass(frozen=True, slots=True)
class _Bound:
    """What is gathered from the responses, in one pass over them.

    *asked*: the questions by number; *limit*: how many characters of a file are printed.
    """

    asked: dict[int, Question]
    limit: int
    folds: campaigns.Folds
    language: str
    index: list[tuple[Words, ...]] = field(default_factory=list)
    answers: dict[int | None, list[tuple[Words, ...]]] = field(default_factory=dict)
    printed: list[ResponseBlock] = field(default_factory=list)

    def add(self, chunk: list[Response]) -> None:
        """Gather some more."""
        self.index.extend(_respondent(response, language=self.language) for response in chunk)
        there = [response for response in chunk if response.state == State.PUBLISHED]
        shown = [(r, r.published_version) for r in there if r.published_version is not None]
        extracts = files.extracts([version for _response, version in shown], self.limit)
        for response, version in shown:
            for answer in version.answers.all():
                row = _listed(response, answer, self.asked, language=self.language)
                self.answers.setdefault(answer.question, []).append(row)
            block = printing.response_block(
                response, version, self.asked, language=self.language, extracts=extracts
            )
            self.printed.append(campaigns.folded(block, response, self.folds))


def draw_up(
    consultation: Consultation, *, language: str, at: datetime, pinned: Pinned | None = None
) -> Paper:
    """The compilation with its frame in *language*, which is active; each response in its own.

    *pinned*: the responses that it holds, where they were fixed before; else those published now.
    """
    asked = {question.position: question for question in questions_of(consultation)}
    limit = files.longest(consultation)
    folds = campaigns.folds(consultation, language=language)
    bound = _Bound(asked, limit, folds, language)
    for chunk in pinning.some(responses.every_for_report(consultation), pinned):
        bound.add(chunk)
    blocks: list[Block] = [*_guide(), *opening(consultation, pinned)]
    blocks += _index(bound.index)
    blocks += _by_question(consultation, asked, bound, language=language)
    blocks += campaigns.chapter(consultation, folds, language=language, with_own_words=False)
    blocks.append(Heading(1, Words(gettext("Responses by respondent")), anchor="by-respondent"))
    blocks += bound.printed or [Paragraph((Span(gettext("No response was published.")),))]
    blocks += files.annex(bound.printed, limit)
    return frame.paper(
        consultation,
        tuple(blocks),
        kind=PaperKind.COMPILATION,
        title=gettext("Compilation of responses"),
        language=language,
        at=at,
    )


def _guide() -> list[Block]:
    """How the compilation is read."""
    said = gettext(
        "This document holds every published response, word for word, in the language in which it "
        "was sent. “Answers by question” lists who answered each question, with the opening words; "
        "each number leads to the whole response under “Responses by respondent”."
    )
    return [
        Heading(1, Words(gettext("How to read this document")), anchor="guide"),
        Paragraph((Span(said),)),
    ]


def opening(consultation: Consultation, pinned: Pinned | None = None) -> list[Block]:
    """What was received and what became of it: the balance, now or as it was pinned."""
    kept = pinned.balance if pinned else balance.of(consultation)
    lines = (
        (gettext("Published"), kept.published),
        (gettext("Held"), kept.held),
        (gettext("Declined"), kept.declined),
        (gettext("Withdrawn"), kept.withdrawn),
        (gettext("Removed"), kept.removed),
        (gettext("Received in all"), kept.received),
    )
    return [
        Heading(1, Words(gettext("Balance of the register")), anchor="balance"),
        Table(
            caption=Words(gettext("Responses received, and what became of them")),
            head=(Words(gettext("State")), Words(gettext("Responses"))),
            rows=tuple((Words(label), Words(words.number(value))) for label, value in lines),
            figures=tuple((value,) for _label, value in lines),
        ),
    ]


def respondents(everything: Iterable[Response], caption: str, *, language: str) -> Table:
    """A table of responses with who sent them."""
    return _respondents([_respondent(one, language=language) for one in everything], caption)


def _respondent(response: Response, *, language: str) -> tuple[Words, ...]:
    if response.state != State.PUBLISHED:
        return _taken_down(response, language=language)
    return (
        printing.cited(response, language=language),
        Words(words.name(response)),
        _group(response, language),
        Words(words.country(response.public_country)),
        Words(words.language(response.public_language)),
    )


def _taken_down(response: Response, *, language: str) -> tuple[Words, ...]:
    """The line of one withdrawn or removed: its number and its state, nothing of who sent it."""
    hidden = Words(gettext("Not shown"))
    number = printing.cited(response, language=language)
    return (number, Words(words.state(response.state)), hidden, hidden, hidden)


def _respondents(rows: Sequence[tuple[Words, ...]], caption: str) -> Table:
    head = (
        gettext("Number"),
        gettext("Respondent"),
        gettext("Stakeholder group"),
        gettext("Country"),
        gettext("Language"),
    )
    return Table(Words(caption), tuple(map(Words, head)), tuple(rows), widths=(13, 30, 25, 17, 15))


def _index(rows: Sequence[tuple[Words, ...]]) -> list[Block]:
    heading = Heading(1, Words(gettext("List of respondents")), anchor="respondents")
    if not rows:
        return [heading, Paragraph((Span(gettext("No response was published.")),))]
    return [heading, _respondents(rows, gettext("Published responses"))]


def _by_question(
    consultation: Consultation, asked: dict[int, Question], bound: _Bound, *, language: str
) -> list[Block]:
    """Who answered each question; also one that the consultation no longer asks, and the whole."""
    blocks: list[Block] = [Heading(1, Words(gettext("Answers by question")), anchor="by-question")]
    corrections = list(consultation.corrigenda.all())
    blocks += _corrections(corrections, None, consultation.timezone)
    unasked = {position for position in bound.answers if position is not None} - set(asked)
    for position in [*asked, *sorted(unasked)]:
        title = printing.question(position, asked, language)
        blocks.append(Heading(2, title, anchor=f"q-{position}"))
        blocks += _corrections(corrections, asked.get(position), consultation.timezone)
        blocks.append(_answers(bound.answers.get(position, [])))
    if None in bound.answers:
        title = printing.question(None, asked, language)
        blocks += [Heading(2, title, anchor="q-0"), _answers(bound.answers[None])]
    return blocks


def _corrections(
    announced: Sequence[Corrigendum], question: Question | None, zone: str
) -> Iterator[Block]:
    """What was corrected after the question froze, in the words of the announcement."""
    for each in announced:
        if each.question_id == (question.pk if question else None):
            said = gettext("Corrected on %(day)s:") % {"day": words.day(each.announced_at, zone)}
            yield Paragraph((Span(said), Span(" "), Span(each.text, each.language)))


def _answers(rows: Sequence[tuple[Words, ...]]) -> Block:
    if not rows:
        return Paragraph((Span(gettext("Nobody answered this question.")),))
    head = (gettext("Number"), gettext("Respondent"), gettext("Opening words of the answer"))
    caption = ngettext("%(count)s answer", "%(count)s answers", len(rows))
    caption %= {"count": words.number(len(rows))}
    return Table(Words(caption), tuple(map(Words, head)), tuple(rows), widths=(13, 27, 60))


def _listed(
    response: Response, answer: Answer, asked: dict[int, Question], *, language: str
) -> tuple[Words, ...]:
    """One answer with its opening words, or with the options chosen, and the way to the whole."""
    text = _beginning(content.public_text(answer))
    opening = (
        Words(text, answer.version.language) if text else printing.chosen(answer, asked, language)
    )
    number = printing.cited(response, language=language)
    return (number, Words(words.name(response)), opening)


def _beginning(text: str) -> str:
    """The first words of *text* on one line, cut between words where the script has spaces."""
    line = " ".join(text.split())
    widths = accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in line)
    fitting = sum(1 for width in takewhile(lambda width: width <= OPENING_WORDS, widths))
    if fitting == len(line):
        return line
    cut = line[:fitting]
    return (cut.rsplit(" ", 1)[0] if " " in cut[fitting // 2 :] else cut) + " …"


def _group(response: Response, language: str) -> Words:
    group = response.public_group
    if group is None:
        return Words(gettext("Not shown"))
    return printing.as_words(stakeholders.name(group, language))
