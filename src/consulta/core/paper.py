"""A paper: a whole report as one frozen value, ready to be laid out in any format.

It holds every word that will be printed, already in the right language, so that laying it out needs
no database and no catalogue of translations. It goes through JSON unchanged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from consulta.core.decoding import decode
from consulta.core.paper_kinds import PaperKind as PaperKind

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
STEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
#: The web, mail, and a file beside this one: ``report-volume-2.html#r-11-000017``.
_BESIDE = r"[A-Za-z0-9][\w.-]*\.(html|pdf|docx)(#[\w.-]+)?"
LINK = re.compile(rf"(https?://|mailto:)\S+|{_BESIDE}", re.ASCII)


class InvalidPaperError(ValueError):
    """The paper contradicts itself: an anchor used twice, a name that cannot be a file's name."""


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language code such as ``ar`` or ``fr``."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


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
class Cited:
    """What a citation rests on: a version of a response; *quote* holds the words of it that are meant.

    *question* is the position of the answer they stand in (0: to the whole consultation), *start*
    and *end* count its characters. Without a quote the whole version is meant.
    """

    number: str
    version: int
    quote: str = ""
    question: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a paragraph. A citation carries where it leads.

    *anchor* is a place in the same paper, *href* an address outside (http, https, mailto, or a file
    beside this one); the anchor is used where it exists in the same file, else the address, else the
    words stand alone.
    *sentence* is the identity of the sentence that it is part of (``s-12``), *cites* what it cites.
    """

    text: str
    language: str = ""
    anchor: str = ""
    href: str = ""
    sentence: str = ""
    cites: Cited | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; *level* counts from 1 below the title."""

    level: int
    words: Words
    anchor: str = ""
    block: str = field(default="heading", init=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its citations; *mark* is its number (``1.2``, ``a)``), *depth* its indent."""

    spans: tuple[Span, ...]
    mark: str = ""
    depth: int = 0
    block: str = field(default="paragraph", init=False)


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A numbered list, such as the responses that the report does not cite; *start*: its first number."""

    items: tuple[tuple[Span, ...], ...]
    start: int = 1
    block: str = field(default="list", init=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first column names the row. *widths* are shares of the columns.

    *figures* holds the numbers of a table of counts as numbers: a line a row, without the first cell.
    *drawn*: they are drawn as well, a stacked bar for each column, and these words say the same to those
    who do not see it; empty where they are not.
    """

    caption: Words
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    widths: tuple[int, ...] = ()
    figures: tuple[tuple[int, ...], ...] = ()
    drawn: str = ""
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
class PrintedTranslation:
    """An answer in another language; *label* says which, and what it is worth (official, machine)."""

    label: str
    text: Words
    status: str = ""


@dataclass(frozen=True, slots=True)
class Folded:
    """A piece of an answer that a campaign folds, as :class:`consulta.core.differences.Piece` tells it."""

    kind: str
    first: int
    last: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class PrintedAnswer:
    """An answer under its question; the question is empty where the section already names it.

    *position* is the question's (0: to the whole consultation). *chosen* says which of its options
    were chosen, in the paper's language; *choices* are their slugs. *folded* tells the answer by the
    sentences of the shared text of its campaign, which then stands in its place.
    """

    question: Words
    answer: Words
    position: int = 0
    chosen: Words = Words("")
    choices: tuple[str, ...] = ()
    translations: tuple[PrintedTranslation, ...] = ()
    folded: tuple[Folded, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """An attachment: its name, its size in words (``1.2 MB``) and its SHA-256 in hex.

    *href* is its permanent address. *title* stands above its words; *note* says where those come from
    (extracted by machine, how much of them is printed) or why there are none; *extract* are the words.
    """

    name: str
    size: str
    sha256: str
    href: str = ""
    title: str = ""
    note: str = ""
    extract: Words = Words("")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a response as codes, for machines; empty what is not known or not shown.

    *received* is an instant (``2026-10-04T11:20:00+00:00``), *country* ISO 3166-1 alpha-2, *group*
    and *channel* are slugs.
    """

    version: int = 0
    received: str = ""
    country: str = ""
    group: str = ""
    channel: str = ""


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
    facts: Facts = Facts()
    campaign: str = ""  # the anchor of the campaign whose shared text its answers are told by
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

    *page* holds ``{page}`` and ``{pages}``; *volume* holds ``{volume}`` and ``{volumes}``;
    *continued* and *own_words* hold ``{title}``. The last ones say what was done to a character, and
    where it stood if not in a response: under a heading, or on the first page.
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
    continued: str = "{title}"
    what_was_done: str = ""
    by_number: str = ""
    left_out: str = ""
    made_breakable: str = ""
    shortened: str = ""
    own_words: str = ""
    first_page: str = ""
    as_data: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """What names the document for machines.

    *body* and *consultation* are slugs, *number* is that of the consultation, *document* that of the
    document where it has one (``CWG-Internet-17/5-E``), *address* the consultation's permanent one.
    *dated* is a day that all editions and languages share: that of the close. *jurisdiction* is a
    country's two letters, or ``un``.
    """

    jurisdiction: str = "un"
    body: str = ""
    body_name: str = ""
    dated: str = ""
    consultation: str = ""
    number: str = ""
    document: str = ""
    edition: int = 1
    address: str = ""


@dataclass(frozen=True, slots=True)
class Logo:
    """The body's logo: a PNG in base64, and what it says to those who do not see it."""

    data: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report, whole. *dated* is its date (``2026-11-21``): the same paper gives the same bytes.

    *stem* names the files (``CWG-Internet-17-5-E``); *running* stands at the top of every page;
    *note* says what every reader must see first (a sample; computed from public dates). *cover* is
    the body's own cover page, a Word document in base64; *places* is what stands in its named places.
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
    origin: Origin = Origin()
    logo: Logo = Logo()
    cover: str = ""
    places: tuple[tuple[str, str], ...] = ()

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


def to_json(paper: Paper | Block) -> dict[str, Any]:
    """Return *paper*, or a block of one, as plain dictionaries, lists and strings."""
    return asdict(paper)


def from_json(data: Mapping[str, Any]) -> Paper:
    """Return the paper that :func:`to_json` was given."""
    paper = _read(Paper, data)
    assert isinstance(paper, Paper)  # noqa: S101 (for the type checker)
    return paper


def block_from_json(data: Mapping[str, Any]) -> Block:
    """Return the block that :func:`to_json` was given."""
    block = _read(Block, data)
    assert isinstance(block, Block)  # noqa: S101 (for the type checker)
    return block


def _read(kind: Any, data: Any) -> Any:
    try:
        return decode(kind, data, named=BLOCKS, name="block")
    except TypeError as error:
        raise InvalidPaperError(str(error)) from error
