"""Received: every response with what became of it, declined ones with their ground, for the group."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext

from consulta.consultations import applied
from consulta.consultations.models import Consultation, Question
from consulta.core.lifecycle import State
from consulta.core.multilingual import choose
from consulta.core.paper import Block, Heading, Paper, PaperKind, Table, Words
from consulta.reports import compilation, files, frame, pinning, printing, words
from consulta.reports.pinning import Pinned
from consulta.reports.queries import questions as questions_of
from consulta.responses import queries as responses
from consulta.responses.models import Response, Version

#: Whose words are carried to the group; of the others the number and the reason are.
_CARRIED = (State.PUBLISHED, State.DECLINED, State.HELD, State.ACCEPTED, State.RECEIVED)


def draw_up(
    consultation: Consultation, *, language: str, at: datetime, pinned: Pinned | None = None
) -> Paper:
    """All responses (resolves 4), for members only, with the frame in *language*, which is active.

    *pinned*: the responses and versions that it holds, where they were fixed before.
    """
    asked = {question.position: question for question in questions_of(consultation)}
    limit = files.longest(consultation)
    fates: list[tuple[Words, ...]] = []
    printed: list[Block] = []
    for chunk in pinning.some(responses.every_for_group(consultation), pinned):
        fates += [_fate(r, language) for r in chunk if r.state != State.PUBLISHED]
        printed += _printed(_carried(chunk, pinned), asked, limit, language=language)
    blocks: list[Block] = [*compilation.opening(consultation, pinned), *_fates(fates)]
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


def _carried(chunk: list[Response], pinned: Pinned | None) -> list[tuple[Response, Version]]:
    """Those whose words are carried to the group, each with the version that is."""
    found = [(r, _version(r, pinned)) for r in chunk if r.state in _CARRIED]
    return [(r, version) for r, version in found if version is not None]


def _printed(
    carried: list[tuple[Response, Version]],
    asked: dict[int, Question],
    limit: int,
    *,
    language: str,
) -> list[Block]:
    extracts = files.extracts([version for _response, version in carried], limit)
    return [
        printing.response_block(r, version, asked, language=language, extracts=extracts)
        for r, version in carried
    ]


def _version(response: Response, pinned: Pinned | None) -> Version | None:
    """The published version, else the last one that came, by the time that was pinned."""
    if response.published_version is not None:
        return response.published_version
    there = list(response.versions.all())
    if pinned is not None:
        there = [version for version in there if version.pk == pinned.versions[response.pk]]
    return max(there, key=lambda version: version.ordinal, default=None)


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
