"""A paper: a whole report as one frozen value, ready to be laid out as PDF, DOCX or HTML.

It holds every word that will be printed, already in the right language, so that laying it out needs
no database and no catalogue of translations. It goes through JSON unchanged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LINK = re.compile(r"(https?://|mailto:)\S+")


class InvalidPaperError(ValueError):
    """The paper contradicts itself: an anchor used twice, a name that cannot be a file's name."""


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language code such as ``ar`` or ``fr``."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


class PaperKind(StrEnum):
    """Which report it is."""

    COMPILATION = "compilation"
    CONSOLIDATED = "consolidated"


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text and the language it is written in (empty: the paper's own).

    In a cell of a table it may lead somewhere, as a :class:`Span` does.
    """

    text: str
    language: str = ""
    anchor: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A label and its value, as in the head of a document: ``Place``, ``Geneva``."""

    label: str
    value: Words


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a paragraph. A citation carries where it leads.

    *anchor* is a place in the same paper, *href* an address outside (http, https or mailto); the
    anchor is used where it exists in the same file, else the address, else the words stand alone.
    """

    text: str
    language: str = ""
    anchor: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; *level* counts from 1 below the title."""

    level: int
    words: Words
    anchor: str = ""
    block: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its citations."""

    spans: tuple[Span, ...]
    block: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A numbered list, such as the responses that the report does not cite."""

    items: tuple[tuple[Span, ...], ...]
    block: str = field(default="list", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first column names the row. *widths* are shares of the columns."""

    caption: Words
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()
    block: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; *value* counts and is never negative."""

    words: Words
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Horizontal bars, with *alt* for those who do not see them; *head* names label and value."""

    caption: Words
    alt: str
    head: tuple[Words, ...]
    bars: tuple[Bar, ...]
    block: str = field(default="chart", init=False)


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """An answer under its question; the question is empty where the section already names it."""

    question: Words
    answer: Words


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """An attachment: its name, its size in words (``1.2 MB``) and its SHA-256 in hex."""

    name: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ResponseBlock:
    """One response, verbatim.

    *details* are labelled lines (group, country, language, received, channel); *notes* say what a
    reader must know: arrived late, sender not confirmed, a passage redacted.
    """

    number: str
    respondent: Words
    language: str
    details: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()
    answers: tuple[PrintedAnswer, ...] = ()
    attachments: tuple[PrintedFile, ...] = ()
    anchor: str = ""
    href: str = ""
    block: str = field(default="response", init=False)


Block = Heading | Paragraph | NumberedList | Table | Chart | ResponseBlock
BLOCKS: Mapping[str, type] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "list": NumberedList,
    "table": Table,
    "chart": Chart,
    "response": ResponseBlock,
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The fixed words of a layout, in the paper's language.

    *page* holds ``{page}`` and ``{pages}``; *volume* holds ``{volume}`` and ``{volumes}``.
    """

    contents: str
    page: str
    number: str
    respondent: str
    responses: str
    attachments: str
    file_name: str
    file_size: str
    checksum: str
    no_text: str
    nothing: str
    replacements: str
    replacements_note: str
    character: str
    times: str
    volume: str
    volumes: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A report, whole. *dated* is its date (``2026-11-21``): the same paper gives the same bytes.

    *stem* names the files (``CWG-Internet-17-5-E``); *running* stands at the top of every page;
    *note* says what every reader must see first (a sample; computed from public dates).
    """

    kind: PaperKind
    language: str
    title: str
    stem: str
    dated: str
    running: str
    labels: Labels
    blocks: tuple[Block, ...] = ()
    subtitle: str = ""
    header: tuple[Row, ...] = ()
    note: str = ""
    contents: bool = True

    def __post_init__(self) -> None:
        """Refuse an anchor used twice, and names that no format can carry."""
        if not STEM.fullmatch(self.stem):
            raise InvalidPaperError(f"not a file name: {self.stem!r}")
        if not LANGUAGE.fullmatch(self.language):
            raise InvalidPaperError(f"not a language: {self.language!r}")
        seen: set[str] = set()
        for anchor in anchors(self.blocks):
            if not ANCHOR.fullmatch(anchor) or anchor in seen:
                raise InvalidPaperError(f"anchor twice or malformed: {anchor!r}")
            seen.add(anchor)

    @property
    def direction(self) -> str:
        """Return the direction of the whole paper."""
        return direction(self.language)


def anchors(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the places that citations may lead to."""
    for block in blocks:
        if isinstance(block, Heading | ResponseBlock) and block.anchor:
            yield block.anchor


def to_json(paper: Paper) -> dict[str, Any]:
    """Return *paper* as plain dictionaries, lists and strings."""
    return asdict(paper)


def from_json(data: Mapping[str, Any]) -> Paper:
    """Return the paper that :func:`to_json` was given."""
    paper = _decode(Paper, data)
    assert isinstance(paper, Paper)  # noqa: S101 (for the type checker)
    return paper


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _decode(kind: Any, data: Any) -> Any:
    if isinstance(kind, UnionType):
        return _decode(BLOCKS[data["block"]], data)
    if get_origin(kind) is tuple:
        return tuple(_decode(get_args(kind)[0], item) for item in data)
    if is_dataclass(kind) and isinstance(kind, type):
        wanted = {name: hint for name, hint in _hints(kind).items() if name != "block"}
        return kind(
            **{name: _decode(hint, data[name]) for name, hint in wanted.items() if name in data}
        )
    if not isinstance(data, str if kind is PaperKind else kind):
        raise InvalidPaperError(f"expected {kind.__name__}, found {data!r}")
    return kind(data)
