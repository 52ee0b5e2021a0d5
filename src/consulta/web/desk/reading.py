"""One response as an officer reads it: every word with its marks, every file with its findings."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Protocol

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation, Question
from consulta.core.multilingual import NOTHING, Text
from consulta.responses import confidentiality
from consulta.responses.attachments import NEVER_RELEASED
from consulta.responses.models import Answer, Attachment, Redaction, Version
from consulta.web.desk import wording
from consulta.web.ui import languages, options

WORD = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*|\s+")
LONG = 20_000  # characters beyond which lines are compared, not words
_RELEASABLE = (Attachment.Safety.UNSAFE, Attachment.Safety.UNREADABLE)


class Marked(Protocol):
    """A passage that was marked or left out, in code points of its text."""

    start: int
    end: int
    state: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text. *kind*: empty, proposed (marked), applied (redacted), added, gone."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked passage that waits for a decision."""

    pk: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One answer: the question, the words in pieces, its marks and translations."""

    pk: int
    question: Text
    position: int | None
    language: str
    pieces: Sequence[Piece]
    marks: Sequence[Mark]
    translations: Sequence[object]
    changed: Sequence[Piece]
    chosen: Sequence[Text] = ()
    before: Sequence[Text] | None = None  # what the published version had chosen, where it differs

    @property
    def redacted(self) -> bool:
        """Whether readers see the answer without some of its words."""
        return any(piece.kind == "applied" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class File:
    """One file, what was found in it in words, and whether a person may release it."""

    file: Attachment
    findings: Sequence[str]
    releasable: bool
    shown: bool


def answers(version: Version, consultation: Consultation, before: Version | None) -> list[Read]:
    """The answers of *version*, each beside what *before* (the published one) said."""
    asked = {q.position: q for q in consultation_queries.questions(consultation)}
    earlier = {a.question: a for a in before.answers.all()} if before else {}
    return [_read(answer, version.language, asked, earlier) for answer in _ordered(version)]


def files(version: Version) -> list[File]:
    """The files of *version*."""
    return [_file(attachment) for attachment in version.attachments.all()]


def pieces(answer: Answer) -> list[Piece]:
    """Cut the text where a mark or a redaction begins and ends."""
    return cut(answer.text, answer.redactions.all())


def cut(text: str, marks: Iterable[Marked]) -> list[Piece]:
    """Cut *text* where a mark or a redaction begins and ends."""
    standing = [r for r in marks if r.state != Redaction.State.DISMISSED]
    edges = {0, len(text), *(r.start for r in standing), *(r.end for r in standing)}
    return [
        Piece(text[start:end], _kind(standing, start))
        for start, end in pairwise(sorted(e for e in edges if e <= len(text)))
    ]


def differences(old: str, new: str) -> list[Piece]:
    """What was added to and taken from *old* to make *new*, word by word."""
    before, after = _words(old), _words(new)
    found: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("".join(before[i:j])))
            continue
        gone, added = "".join(before[i:j]), "".join(after[k:m])
        found += [Piece(gone, "gone")] if gone else []
        found += [Piece(added, "added")] if added else []
    return found


def occurrences(text: str, passage: str) -> list[int]:
    """Where *passage* begins in *text*, every time, in code points."""
    return list(_find(text, passage)) if passage else []


def context(text: str, start: int, length: int) -> tuple[str, str, str]:
    """A passage with the words around it: before, itself, after."""
    around = 60
    end = start + length
    return text[max(0, start - around) : start], text[start:end], text[end : end + around]


def _find(text: str, passage: str) -> Iterator[int]:
    start = text.find(passage)
    while start >= 0:
        yield start
        start = text.find(passage, start + 1)


def _ordered(version: Version) -> list[Answer]:
    return sorted(version.answers.all(), key=lambda a: (a.question is None, a.question or 0))


def _read(
    answer: Answer, language: str, asked: dict[int, Question], earlier: dict[int | None, Answer]
) -> Read:
    question = asked.get(answer.question or 0)
    words = (
        consultation_queries.question_text(question, languages.current()) if question else NOTHING
    )
    proposed = [r for r in answer.redactions.all() if r.state in Redaction.UNDECIDED]
    standing = earlier.get(answer.question)
    old = standing.text if standing else ""
    picked = standing.choices if standing else None
    return Read(
        pk=answer.pk,
        question=words,
        position=answer.question,
        language=language,
        pieces=pieces(answer),
        marks=[Mark(r.pk, answer.text[r.start : r.end], wording.passage(r.kind)) for r in proposed],
        translations=list(answer.translations.all()),
        changed=differences(old, answer.text) if earlier and old != answer.text else (),
        chosen=options.chosen(question, answer.choices),
        before=options.chosen(question, picked) if earlier and picked != answer.choices else None,
    )


def _file(attachment: Attachment) -> File:
    refused = NEVER_RELEASED & set(attachment.findings)
    return File(
        attachment,
        [wording.finding(code) for code in attachment.findings],
        releasable=attachment.safety in _RELEASABLE
        and not refused
        and not confidentiality.keeps_file(attachment),
        shown=bool(attachment.clean_path),
    )


def _kind(standing: Sequence[Marked], at: int) -> str:
    covering = {r.state for r in standing if r.start <= at < r.end}
    if Redaction.State.APPLIED in covering:
        return "applied"
    return "proposed" if covering else ""


def _words(text: str) -> list[str]:
    """Words with the space after them (in Chinese every character is one); lines of a very long text."""
    if len(text) > LONG:
        return text.splitlines(keepends=True)
    return WORD.findall(text)
