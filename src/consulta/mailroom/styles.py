"""What the style of one element of an HTML letter says: whether it hides it, and how far it moves it."""

import re
from collections.abc import Mapping

#: Styles are looked at no further than so many characters.
LONGEST = 2_000
#: So far out of the page, in pixels, nobody sees words.
FAR = 100.0
_TINY = 2.0  # pixels
_PIXELS = {
    "": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "em": 16, "rem": 16,
    "ex": 8, "ch": 8, "vw": 10, "vh": 10, "%": 10,
}  # fmt: skip
_LENGTH = re.compile(r"([+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9}))([a-z]{0,3}|%)")
_NOTHING = re.compile(r"(?:rect|inset)\((?:0(?:px)?|1px|50%|100%)[\s,]")
#: Properties that leave room at the beginning of a line, and which of their values says it.
_ROOMS = ("padding", "margin")
_SIDES = ("-left", "-right", "-inline", "-inline-start")


def declared(style: str) -> dict[str, str]:
    """What *style* declares, in small letters; of several declarations of one property the last counts."""
    said = {}
    for declaration in style[:LONGEST].lower().split(";"):
        name, colon, value = declaration.partition(":")
        if colon:
            said[name.strip()] = value.replace("!important", "").strip()
    return said


def length(value: str) -> float | None:
    """*value* in pixels, roughly; None where it is no length."""
    found = _LENGTH.fullmatch(value.strip())
    if found is None or found[2] not in _PIXELS:
        return None
    return float(found[1]) * _PIXELS[found[2]]


def room(said: Mapping[str, str]) -> float:
    """How far the element's lines are moved in from the edge, in pixels: a hanging indent needs that."""
    return sum(max(map(_room, _sides(said, name)), default=0.0) for name in _ROOMS)


def hides(said: Mapping[str, str]) -> bool:
    """Whether the element shows none of its words."""
    return (
        said.get("display") == "none"
        or said.get("visibility") in ("hidden", "collapse")
        or said.get("mso-hide") == "all"
        or _is_nothing(said.get("opacity"), least=0.05)
        or _is_tiny(said.get("font-size"))
        or _is_shut(said)
        or _is_elsewhere(said)
    )


def _sides(said: Mapping[str, str], name: str) -> list[str]:
    whole = said.get(name, "").split()
    sides = {1: [0], 2: [1], 3: [1], 4: [1, 3]}.get(len(whole), [])
    found = [said[name + side].split()[0] for side in _SIDES if said.get(name + side)]
    return found or [whole[n] for n in sides]


def _room(value: str) -> float:
    return max(0.0, length(value) or 0.0)


def _is_nothing(value: str | None, *, least: float) -> bool:
    pixels = None if value is None else length(value)
    return pixels is not None and pixels <= least


def _is_tiny(value: str | None) -> bool:
    """Whether letters of this size are too small to be read; what is relative is, only at nothing."""
    if value is None:
        return False
    absolute = value.endswith(("px", "pt"))
    return _is_nothing(value, least=_TINY if absolute else 0.05)


def _is_shut(said: Mapping[str, str]) -> bool:
    """Whether it is a box of no size that shows nothing beyond it."""
    if said.get("overflow", "").split(" ")[0] not in ("hidden", "clip"):
        return False
    sizes = ("max-height", "height", "max-width", "width")
    return any(_is_nothing(said.get(size), least=1.0) for size in sizes)


def _is_elsewhere(said: Mapping[str, str]) -> bool:
    """Whether it stands beyond the edge of the page, or is cut down to nothing."""
    if said.get("position") not in ("absolute", "fixed", "relative"):
        return (length(said.get("margin-left", "")) or 0.0) <= -10 * FAR
    moved = (length(said.get(side, "")) or 0.0 for side in ("left", "right", "top", "margin-left"))
    cut = f"{said.get('clip', '')} {said.get('clip-path', '')}".strip()
    return any(each <= -FAR for each in moved) or bool(_NOTHING.match(cut))
