"""What goes into one download of a meeting: which documents, and which of their files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from consulta.meetings.models import Document

File = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants: one *language* (empty: all), and no *sorts* or *audiences* means every one."""

    language: str = ""
    sorts: frozenset[str] = frozenset()
    audiences: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Packed:
    """A document and those of its files that were chosen; none where it was withdrawn."""

    document: Document
    files: tuple[File, ...]


def chosen(documents: Iterable[Document], choice: Choice) -> list[Packed]:
    """Return those of *documents* that *choice* means, each with its files in the language chosen.

    A document that is not there in that language comes in its first one: nobody misses it.
    """
    return [
        Packed(document, _files(document, choice.language))
        for document in documents
        if not choice.sorts or document.sort in choice.sorts
        if not choice.audiences or document.audience in choice.audiences
    ]


def size(packed: Iterable[Packed]) -> tuple[int, int]:
    """Return how many files there are, and how many bytes they have."""
    sizes = [int(file.get("size") or 0) for one in packed for file in one.files]
    return len(sizes), sum(sizes)


def spoken(documents: Iterable[Document]) -> list[str]:
    """Return the languages in which there is a file, in the order of their codes."""
    return sorted({_language(one, file) for one in documents for file in one.files})


def _files(document: Document, language: str) -> tuple[File, ...]:
    by_language: dict[str, list[File]] = {}
    for file in document.files:
        by_language.setdefault(_language(document, file), []).append(file)
    if not language:
        return tuple(document.files)
    first = by_language.get(document.language) or next(iter(by_language.values()), [])
    return tuple(by_language.get(language, first))


def _language(document: Document, file: File) -> str:
    return str(file.get("language") or document.language)
