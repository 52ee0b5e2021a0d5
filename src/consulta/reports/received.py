"""Received: every response with what became of it, declined ones with their ground, for the group."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext

from consulta.consultations import applied
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.multilingual import choose
from consulta.core.paper import Block, Heading, Paper, PaperKind, Table, Words
from consulta.reports import compilation, frame, printing, words
from consulta.reports.queries import questions as questions_of
from consulta.responses import queries as responses
from consulta.responses.models import Response

#: Whose words are carried to the group; of the others the number and the reason are.
_CARRIED = (State.PUBLISHED, State.DECLINED, State.HELD, State.ACCEPTED, State.RECEIVED)


def draw_up(consultation: Consultation, *, language: str, at: datetime) -> Paper:
    """All responses (resolves 4), for members only, with the frame in *language*, which is active."""
    everything = list(responses.every_for_group(consultation))
    asked = {question.position: question for question in questions_of(consultation)}
    blocks: list[Block] = [*compilation.opening(consultation), *_fates(everything, language)]
    blocks.append(Heading(1, Words(gettext("Responses by respondent")), anchor="by-respondent"))
    for response in everything:
        version = response.published_version or response.versions.last()
        if version is not None and response.state in _CARRIED:
            blocks.append(printing.response_block(response, version, asked, language=language))
    drawn = frame.paper(
        consultation,
        tuple(blocks),
        kind=PaperKind.COMPILATION,
        title=gettext("All responses received"),
        language=language,
        at=at,
    )
    return replace(drawn, stem=drawn.stem.replace(PaperKind.COMPILATION, "all-responses"))


def _fates(everything: list[Response], language: str) -> list[Block]:
    head = (gettext("Number"), gettext("State"), gettext("Ground"), gettext("Reason"))
    rows = tuple(
        (
            Words(response.number, "en"),
            Words(words.state(response.state)),
            _ground(response, language),
            Words(response.reason or "—"),
        )
        for response in everything
        if response.state != State.PUBLISHED
    )
    caption = gettext("Responses that are not published, and why")
    return [
        Heading(1, Words(gettext("What became of each response")), anchor="fates"),
        Table(Words(caption), tuple(map(Words, head)), rows, widths=(14, 18, 30, 38)),
    ]


def _ground(response: Response, language: str) -> Words:
    for ground in applied.present(response.consultation.procedure).grounds:
        if ground.slug == response.ground:
            return printing.as_words(choose(ground.text, language))
    return Words("—")
