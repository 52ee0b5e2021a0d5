"""What a layout cannot print as it was sent: each character, what was done to it, where it stood.

The list stands at the end of the document itself and is kept beside it for the desk.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from consulta.core.paper import (
    Block,
    Heading,
    Labels,
    Paper,
    Paragraph,
    ResponseBlock,
    Span,
    Table,
    Words,
    to_json,
)
from consulta.reports.renderers import fonts, plain, storable
from consulta.reports.renderers.layout import short

#: Of how many responses the number is told, and how many letters of a word are.
PLACES, LETTERS = 10, 15
#: So many lines of the list stand in the document; a response of nothing else must not fill a book.
LINES = 300
ANCHOR = "printed-differently"
#: What may have been done, in the order in which it is listed.
DONE = ("by_number", "left_out", "made_breakable", "shortened")
#: A heading in the list is no longer than so many letters.
HEADING = 60


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a text stands: in a response, by its number, else under a heading (empty: first page)."""

    number: str = ""
    heading: str = ""


@dataclass(slots=True)
class _Found:
    """How often, in which responses, under which headings of the document's own words."""

    times: int = 0
    where: list[str] = field(default_factory=list)
    under: list[str] = field(default_factory=list)


Seen = dict[tuple[str, str], _Found]


def of(paper: Paper, kind: str) -> list[dict[str, Any]]:
    """List what format *kind* replaces in *paper*: ``sign``, ``name``, ``times``, ``done``, ``where``.

    *done* is one of :data:`DONE`; *where* holds numbers of responses, at most :data:`PLACES`; *under*
    the headings under which it stands in the document's own words, an empty one for the first page.
    """
    seen: Seen = {}
    frame = to_json(replace(paper, blocks=())) | {"labels": {}}
    for place, data in [(_Place(), frame), *_placed(paper.blocks)]:
        for text in _texts(data):
            for done, sign, times in _done(text, kind):
                _note(seen, (done, sign), times, place)
        for text in _titles(data) if kind in ("pdf", "docx") else ():
            if short(text) != " ".join(text.split()):
                _note(seen, ("shortened", text), 1, place)
    return [_told(key, found) for key, found in sorted(seen.items(), key=_order)]


def listed(paper: Paper, found: Sequence[dict[str, Any]]) -> Paper:
    """Return *paper* with the list of what was *found* at its end; unchanged when that is nothing."""
    if not found:
        return paper
    labels = paper.labels
    head = (labels.character, "Unicode", labels.times, labels.what_was_done, labels.responses)
    rows = tuple(_row(each, labels) for each in found[:LINES])
    blocks: tuple[Block, ...] = (
        Heading(1, Words(labels.replacements), ANCHOR),
        Paragraph((Span(labels.replacements_note),)),
        Table(Words(labels.replacements), tuple(map(Words, head)), rows, (18, 28, 10, 22, 22)),
    )
    return replace(paper, blocks=(*paper.blocks, *blocks))


def _row(each: dict[str, Any], labels: Labels) -> tuple[Words, ...]:
    words = {
        "by_number": labels.by_number,
        "left_out": labels.left_out,
        "made_breakable": labels.made_breakable,
        "shortened": labels.shortened,
    }
    return (
        Words(each["sign"], "en"),
        Words(each["name"], "en"),
        Words(str(each["times"])),
        Words(words[each["done"]]),
        _stood(each, labels),
    )


def _stood(each: dict[str, Any], labels: Labels) -> Words:
    """The responses it stood in, and the places in the document's own words."""
    own = [
        labels.own_words.format(title=title) if title else labels.first_page
        for title in each["under"]
    ]
    said = "; ".join(filter(None, (" ".join(each["where"]), *own)))
    return Words(said or "—", "" if any(own) else "en")


def _placed(blocks: Iterable[Block]) -> Iterator[tuple[_Place, dict[str, Any]]]:
    """Yield each block as JSON with its place."""
    heading = ""
    for block in blocks:
        if isinstance(block, ResponseBlock):
            yield _Place(number=block.number), to_json(block)
            continue
        if isinstance(block, Heading):
            line = " ".join(block.words.text.split())
            heading = line if len(line) <= HEADING else f"{line[:HEADING].rstrip()}…"
        yield _Place(heading=heading), to_json(block)


def _texts(data: Any) -> Iterator[str]:
    """Yield every text that is laid out."""
    found: list[str] = []
    plain.each_text(data, lambda text: found.append(text) or text)  # type: ignore[func-returns-value]
    return iter(found)


def _titles(data: dict[str, Any]) -> Iterator[str]:
    """Yield the texts that become headings, which a bookmark must hold."""
    yield data.get("title", "")
    for key in ("words", "respondent"):
        yield data.get(key, {}).get("text", "")
    yield from (answer["question"]["text"] for answer in data.get("answers", ()))
    yield from (file["title"] for file in data.get("attachments", ()))


def _done(text: str, kind: str) -> Iterator[tuple[str, str, int]]:
    """Yield what was done, to which sign or word, and how often."""
    left_out = storable.gone(text) if kind in ("akn", "json") else plain.gone(text)
    for sign, times in left_out.items():
        yield "left_out", sign, times
    if kind != "pdf":
        return
    kept = plain.calm_marks(plain.plain(text))
    missing: Counter[str] = Counter()
    fonts.drawable(kept, missing)
    for sign, times in missing.items():
        yield "by_number", sign, times
    for word, times in Counter(plain.long_words(kept)).items():
        yield "made_breakable", word, times


def _note(seen: Seen, key: tuple[str, str], times: int, place: _Place) -> None:
    found = seen.setdefault(key, _Found())
    found.times += times
    places = found.where if place.number else found.under
    told = place.number or place.heading
    if told not in places and len(places) < PLACES:
        places.append(told)


def _order(item: tuple[tuple[str, str], _Found]) -> tuple[int, str]:
    (done, sign), _ = item
    return DONE.index(done), sign


def _told(key: tuple[str, str], found: _Found) -> dict[str, Any]:
    done, sign = key
    if done in ("by_number", "left_out"):
        shown, name = fonts.stand_in(sign), unicodedata.name(sign, "-")
    else:
        shown, name = sign[:LETTERS] + "…", "-"
    return {
        "sign": shown,
        "name": name,
        "times": found.times,
        "done": done,
        "where": found.where,
        "under": found.under,
    }
