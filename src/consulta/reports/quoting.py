"""Quoting: passages of published answers, found by their very words and checked whenever shown.

A sentence that holds the words of a passage it cites quotes them. When a redaction has taken these
words out of the public text since, they are left out wherever the sentence is shown to readers.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils import translation
from django.utils.translation import gettext

from consulta.consultations.models import Consultation
from consulta.core import quotation
from consulta.core.languages import django_code
from consulta.core.lifecycle import State
from consulta.core.redaction import OMISSION
from consulta.reports.errors import AnswerTooLongError, WordsNotFoundError
from consulta.responses import content
from consulta.responses.models import Answer, Version


class Cited(Protocol):
    """A citation in the draft or in a frozen edition."""

    version: Version
    answer: Answer | None
    start: int | None
    end: int | None
    quote: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an answer's public text: code points, *end* excluded, and its words on one line."""

    answer: int
    start: int
    end: int
    quote: str

    @property
    def sha256(self) -> str:
        """The hash of the quoted words (UTF-8)."""
        return hashlib.sha256(self.quote.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: its own words, or words quoted from *cited*."""

    text: str
    cited: Cited | None = None


def answers(consultation: Consultation, pks: Sequence[int]) -> dict[int, Answer]:
    """Those of the answers that are public now. Two queries."""
    rows = Answer.objects.filter(
        pk__in=pks,
        version__response__consultation=consultation,
        version__response__state=State.PUBLISHED,
        version__screening=Version.Screening.PUBLISHED,
    )
    found = rows.select_related("version__response").prefetch_related("redactions")
    return {answer.pk: answer for answer in found}


def passage(consultation: Consultation, answer: int, words: str) -> Passage:
    """The passage of a public answer that says *words*. Raises WordsNotFoundError where none does."""
    found = answers(consultation, [answer]).get(answer)
    text = content.public_text(found) if found is not None else ""
    span = quotation.find(text, words)
    if found is None or span is None:
        raise WordsNotFoundError(words)
    return at(found, *span)


def whole(consultation: Consultation, answer: int, *, longest: int) -> Passage:
    """All of a short public answer. Raises AnswerTooLongError for one of more letters, WordsNotFoundError."""
    found = answers(consultation, [answer]).get(answer)
    text = content.public_text(found) if found is not None else ""
    if found is None:
        raise WordsNotFoundError("")
    if len(text) > longest:
        raise AnswerTooLongError("")
    start = len(text) - len(text.lstrip())
    return at(found, start, start + len(text.strip()))


def at(answer: Answer, start: int, end: int) -> Passage:
    """The passage between two characters of the public text. Raises WordsNotFoundError for none."""
    words = quotation.one_line(content.public_text(answer)[start:end])
    if not words:
        raise WordsNotFoundError("")
    return Passage(answer.pk, start, end, words)


def stands_at(cited: Cited) -> tuple[int, int] | None:
    """Where the cited words stand in the public text now; None when they are no longer in it."""
    if cited.answer is None or cited.start is None or cited.end is None:
        return None
    if cited.answer.version.response.state != State.PUBLISHED:
        return None
    text = content.public_text(cited.answer)
    if quotation.one_line(text[cited.start : cited.end]) == cited.quote:
        return cited.start, cited.end
    return quotation.find(text, cited.quote)


def is_gone(cited: Cited) -> bool:
    """Say whether a passage was cited whose words are no longer public."""
    return cited.answer is not None and stands_at(cited) is None


def pieces(text: str, citations: Sequence[Cited]) -> list[Piece]:
    """A sentence in pieces, quoted words apart; words that are no longer public are left out."""
    passages = [cited for cited in citations if cited.answer is not None and cited.quote]
    return [
        Piece(words) if place is None else _piece(words, passages[place])
        for words, place in quotation.split(text, tuple(cited.quote for cited in passages))
    ]


def shown(text: str, citations: Sequence[Cited]) -> str:
    """A sentence as readers may see it: words that are no longer public are left out."""
    return "".join(piece.text for piece in pieces(text, citations))


def sentence(words: str, *, language: str, translated: str = "") -> str:
    """A sentence that quotes *words*; *translated* is what they say in the report's *language*."""
    quoted = quotation.marked(words, language)
    if not translated:
        return quoted
    with translation.override(django_code(language)):
        return gettext("%(quoted)s (courtesy translation: %(translated)s)") % {
            "quoted": quoted,
            "translated": quotation.marked(translated, language),
        }


def _piece(words: str, cited: Cited) -> Piece:
    return Piece(OMISSION if is_gone(cited) else words, cited)
