"""Received: every response with what became of it, declined ones with their ground, for the group."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext

from consulta.consultations import applied
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.multilingual import choose
from consulta.core.paper import Block, Heading, Paper, PaperKind, Table, Words
from consulta.reports import compilation, files, frame, printing, words
from consulta.reports.queries import questions as questions_of
from consulta.responses import queries as responses
from consulta.responses.models import Response, Version

#: Whose words are carried to the group; of the others the number and the reason are.
_CARRIED = (State.PUBLISHED, State.DECLINED, State.HELD, State.ACCEPTED, State.RECEIVED)


def draw_up(consultation: Consultation, *, language: str, at: datetime) -> Paper:
    """All responses (resolves 4), for members only, with the frame in *language*, which is active."""
    asked = {question.position: question for question in questions_of(consultation)}
    limit = files.longest(consultation)
    fates: list[tuple[Words, ...]] = []
    printed: list[Block] = []
    for chunk in compilation.some(responses.every_for_group(consultation)):
        fates += [_fate(r, language) for r in chunk if r.state != State.PUBLISHED]
        carried = [(r, _version(r)) for r in chunk if r.state in _CARRIED]
        shown = [(r, version) for r, version in carried if version is not None]
        extracts = files.extracts([version for _response, version in shown], limit)
        printed += [
            printing.response_block(r, version, asked, language=language, extracts=extracts)
            for r, version in shown
        ]
    blocks: list[Block] = [*compilation.opening(consultation), *_fates(fates)]
    blocks.append(Heading(1, Words(gettext("Responses by respondent")), anchor="by-respondent"))
    blocks += printed
    drawn = frame.paper(
        consultation,
        tuple(blocks),
        kind=PaperKind.COMPILATION,
        title=gettext("All responses received"),
        language=language,
        at=at,
    )
    return replace(drawn, stem=drawn.stem.replace(PaperKind.COMPILATION, "all-responses"))


def _version(response: Response) -> Version | None:
    """The published version, else the last one that came."""
    return response.published_version or max(
        response.versions.all(), key=lambda version: version.ordinal, default=None
    )


def _fate(response: Response, language: str) -> tuple[Words, ...]:
    return (
        Words(response.number, "en"),
        Words(words.state(response.state)),
        _ground(response, language),
        Words(response.reason or "—"),
    )


def _fates(rows: list[tuple[Words, ...]]) -> list[Block]:
    head = (gettext("Number"), gettext("State"), gettext("Ground"), gettext("Reason"))
    caption = gettext("Responses that are not published, and why")
    return [
        Heading(1, Words(gettext("What became of each response")), anchor="fates"),
        Table(Words(caption), tuple(map(Words, head)), tuple(rows), widths=(14, 18, 30, 38)),
    ]


def _ground(response: Response, language: str) -> Words:
    for ground in applied.present(response.consultation.procedure).grounds:
        if ground.slug == response.ground:
            return printing.as_words(choose(ground.text, language))
    return Words("—")
