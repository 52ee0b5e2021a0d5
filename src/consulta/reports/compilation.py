"""Compilation: all published responses bound verbatim, by question and by respondent."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.paper import Block, Heading, Paper, PaperKind, Paragraph, Span, Table, Words
from consulta.reports import frame, printing, words
from consulta.reports.queries import questions as questions_of
from consulta.responses import balance, content
from consulta.responses import queries as responses
from consulta.responses.models import Response
from consulta.stakeholders import queries as stakeholders


def draw_up(consultation: Consultation, *, language: str, at: datetime) -> Paper:
    """The compilation with its frame in *language*, which is active; each response in its own."""
    everything = list(responses.every_for_report(consultation))
    questions = questions_of(consultation)
    blocks: list[Block] = [*opening(consultation)]
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
            caption=Words(gettext("Received is the sum of the five lines above it")),
            head=(Words(gettext("State")), Words(gettext("Responses"))),
            rows=tuple((Words(label), Words(words.number(value))) for label, value in lines),
        ),
    ]


def _index(everything: Sequence[Response], *, language: str) -> list[Block]:
    rows = tuple(
        (
            Words(response.number, "en"),
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
    return [
        Heading(1, Words(gettext("List of respondents")), anchor="respondents"),
        Table(Words(gettext("Published responses")), tuple(map(Words, head)), rows),
    ]


def _by_question(
    everything: Sequence[Response], questions: Sequence[Question], *, language: str
) -> list[Block]:
    blocks: list[Block] = [Heading(1, Words(gettext("Answers by question")), anchor="by-question")]
    for question in questions:
        asked = consultations.question_text(question, language)
        title = f"{words.number(question.position)}. {asked.text}"
        blocks.append(Heading(2, Words(title, asked.language), anchor=f"q-{question.position}"))
        blocks += _answers(everything, question.position)
    if any(
        a.question is None
        for r in everything
        if r.published_version
        for a in r.published_version.answers.all()
    ):
        blocks.append(Heading(2, Words(gettext("To the whole consultation")), anchor="q-0"))
        blocks += _answers(everything, None)
    return blocks


def _answers(everything: Sequence[Response], position: int | None) -> list[Block]:
    blocks: list[Block] = []
    for response in everything:
        version = response.published_version
        for answer in version.answers.all() if version else ():
            if answer.question != position:
                continue
            name = Span(f"{words.name(response)} — ")
            number = Span(response.number, "en", anchor=printing.anchor(response))
            blocks.append(Paragraph((name, number)))
            blocks.append(
                Paragraph((Span(content.public_text(answer), version.language if version else ""),))
            )
    return blocks


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
