"""Compilation: all published responses bound verbatim. Each is printed whole, once, by respondent;
by question it is listed with its opening words, and the list leads to it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import accumulate, takewhile
from unicodedata import east_asian_width

from django.utils.translation import gettext, ngettext

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.paper import (
    Block,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    Span,
    Table,
    Words,
)
from consulta.reports import frame, printing, words
from consulta.reports.queries import questions as questions_of
from consulta.responses import balance, content
from consulta.responses import queries as responses
from consulta.responses.models import Answer, Response
from consulta.stakeholders import queries as stakeholders

#: Letters of an answer that a list shows before it leads to the whole; a Chinese one counts two.
OPENING_WORDS = 160


def draw_up(consultation: Consultation, *, language: str, at: datetime) -> Paper:
    """The compilation with its frame in *language*, which is active; each response in its own."""
    everything = list(responses.every_for_report(consultation))
    questions = questions_of(consultation)
    blocks: list[Block] = [*_guide(), *opening(consultation)]
    blocks += _index(everything, language=language)
    blocks += _by_question(everything, questions, language=language)
    blocks += _by_respondent(everything, questions, language=language)
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


def opening(consultation: Consultation) -> list[Block]:
    """What was received and what became of it: the balance."""
    kept = balance.of(consultation)
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
        ),
    ]


def respondents(everything: Sequence[Response], caption: str, *, language: str) -> Table:
    """A table of responses with who sent them."""
    rows = tuple(
        (
            printing.cited(response, language=language),
            Words(words.name(response)),
            _group(response, language),
            Words(words.country(response.public_country)),
            Words(words.language(response.public_language)),
        )
        for response in everything
    )
    head = (
        gettext("Number"),
        gettext("Respondent"),
        gettext("Stakeholder group"),
        gettext("Country"),
        gettext("Language"),
    )
    return Table(Words(caption), tuple(map(Words, head)), rows, widths=(13, 30, 25, 17, 15))


def _index(everything: Sequence[Response], *, language: str) -> list[Block]:
    return [
        Heading(1, Words(gettext("List of respondents")), anchor="respondents"),
        respondents(everything, gettext("Published responses"), language=language),
    ]


def _by_question(
    everything: Sequence[Response], questions: Sequence[Question], *, language: str
) -> list[Block]:
    blocks: list[Block] = [Heading(1, Words(gettext("Answers by question")), anchor="by-question")]
    for question in questions:
        asked = consultations.question_text(question, language)
        title = f"{words.number(question.position)}. {asked.text}"
        blocks.append(Heading(2, Words(title, asked.language), anchor=f"q-{question.position}"))
        blocks.append(_listed(everything, question.position, language=language))
    if any(_answers(everything, None)):
        blocks.append(Heading(2, Words(gettext("To the whole consultation")), anchor="q-0"))
        blocks.append(_listed(everything, None, language=language))
    return blocks


def _listed(everything: Sequence[Response], position: int | None, *, language: str) -> Block:
    """Who answered, each with the opening words and the way to the whole."""
    rows = tuple(
        (
            printing.cited(response, language=language),
            Words(words.name(response)),
            Words(_beginning(content.public_text(answer)), answer.version.language),
        )
        for response, answer in _answers(everything, position)
    )
    if not rows:
        return Paragraph((Span(gettext("Nobody answered this question.")),))
    head = (gettext("Number"), gettext("Respondent"), gettext("Opening words of the answer"))
    caption = ngettext("%(count)s answer", "%(count)s answers", len(rows))
    caption %= {"count": words.number(len(rows))}
    return Table(Words(caption), tuple(map(Words, head)), rows, widths=(13, 27, 60))


def _answers(
    everything: Sequence[Response], position: int | None
) -> Iterator[tuple[Response, Answer]]:
    for response in everything:
        version = response.published_version
        for answer in version.answers.all() if version else ():
            if answer.question == position:
                yield response, answer


def _beginning(text: str) -> str:
    """The first words of *text* on one line, cut between words where the script has spaces."""
    line = " ".join(text.split())
    widths = accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in line)
    fitting = sum(1 for width in takewhile(lambda width: width <= OPENING_WORDS, widths))
    if fitting == len(line):
        return line
    cut = line[:fitting]
    return (cut.rsplit(" ", 1)[0] if " " in cut[fitting // 2 :] else cut) + " …"


def _by_respondent(
    everything: Sequence[Response], questions: Sequence[Question], *, language: str
) -> list[Block]:
    asked = {question.position: question for question in questions}
    blocks: list[Block] = [
        Heading(1, Words(gettext("Responses by respondent")), anchor="by-respondent")
    ]
    for response in everything:
        if response.published_version is not None:
            blocks.append(
                printing.response_block(
                    response, response.published_version, asked, language=language
                )
            )
    return blocks


def _group(response: Response, language: str) -> Words:
    group = response.public_group
    if group is None:
        return Words(gettext("Not shown"))
    return printing.as_words(stakeholders.name(group, language))
