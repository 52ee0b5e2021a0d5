"""Cover: the named places of a body's own cover page, such as `{{number}}`."""

import re
from collections.abc import Iterable

#: Every place that a cover page may name, and nothing else.
PLACES = (
    "number", "title", "topic", "body", "group", "meeting", "place", "date", "language", "edition",
    "source", "agenda_item", "summary", "action", "references", "consultation", "address", "logo",
)  # fmt: skip
#: One of these must stand on it: a cover that names no document is a letterhead.
NEEDED = frozenset({"number", "title", "topic"})
_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_LONE = re.compile(r"\{\{|\}\}")


class CoverError(ValueError):
    """This page cannot be a cover. *code* says why; *part* is the piece at fault."""

    def __init__(self, code: str, part: str = "") -> None:
        super().__init__(f"{code}: {part}" if part else code)
        self.code = code
        self.part = part


def check(paragraphs: Iterable[str]) -> frozenset[str]:
    """Return the places that *paragraphs* name. Raises CoverError for what cannot be filled."""
    found: set[str] = set()
    for text in paragraphs:
        found |= {name.lower() for name in _PLACE.findall(text)}
        if _LONE.search(_PLACE.sub("", text)):
            raise CoverError("braces_alone", text.strip()[:60])
    for name in sorted(found):
        if name not in PLACES:
            raise CoverError("unknown_place", name[:60])
    if not found & NEEDED:
        raise CoverError("names_nothing")
    return frozenset(found)


def fill(text: str, values: dict[str, str]) -> str:
    """Return *text* with every place filled; one without a value becomes empty."""
    return _PLACE.sub(lambda found: values.get(found.group(1).lower(), ""), text)
