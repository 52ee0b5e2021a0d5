"""Words of an HTML letter that its reader never sees: hidden, of no size, or in the colour beneath them.

Advertisers put them there for the line that mail programs show before a letter is opened, and others to
say one thing to a person and another to a machine. Colours are compared with what lies beneath them,
set on whatever element around. What a style sheet may hide is kept; where words stand in it, that is said,
for a person to look at.
"""

import re
from dataclasses import dataclass

import nh3

from consulta.mailroom import colours, styles, stylesheet
from consulta.mailroom.colours import Colour
from consulta.mailroom.stylesheet import Hiding

#: Any of these words must stand in a letter before it is worth looking.
_SUSPICIOUS = re.compile(
    r"<style\b|display\s*:|visibility\s*:|font-size\s*:\s*[01.]|mso-hide|opacity\s*:|overflow\s*:"
    r"|\bhidden\b|\bcolor\s*[:=]|position\s*:|margin-left\s*:\s*-|text-indent\s*:\s*-",
    re.IGNORECASE,
)
_TAG = re.compile(r'<(/?)([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_VOID = frozenset({"br", "hr", "img", "wbr", "col", "area"})
#: The outermost elements, which cleaning would take away with what they paint.
_OUTERMOST = re.compile(r"<(/?)(?:body|html|form|fieldset|label|button|address)\b", re.IGNORECASE)
#: nh3 takes an element away and leaves its words unless it is named here.
_KEPT = nh3.ALLOWED_TAGS | {
    "font", "big", "section", "article", "main", "tbody", "thead", "tfoot", "tr", "td", "th",
    "table",
}  # fmt: skip
_STYLED = {"style", "color", "bgcolor", "background", "hidden", "class", "id"}
_DROPPED = {"script", "style", "title", "head", "noscript", "template"}
_CLEANED = _KEPT | _DROPPED | _VOID
_RAW = re.compile(r"<([a-zA-Z][\w:-]{0,60})([^<>]{0,2000})")
#: Of the shorthand for a background: what paints nothing.
_PLACES = frozenset({
    "none", "repeat", "no-repeat", "repeat-x", "repeat-y", "scroll", "fixed", "center", "top", "bottom",
    "left", "right", "cover", "contain", "auto", "/", "transparent", "initial", "inherit", "unset",
})  # fmt: skip
#: A background of its own that is none: what lies beneath is seen.
_CLEAR = frozenset({"", "none", "initial", "inherit", "unset", "transparent"})


@dataclass(frozen=True, slots=True)
class _Open:
    """An element whose end did not come yet.

    *doubtful*: a style sheet may hide it. *ink*, *ground*: the colours of words and beneath them, None
    where they cannot be told; *share*: how much of the ink covers the ground; *room*, *indent*: how far
    lines begin from the edge, in pixels.
    """

    name: str = ""
    hidden: bool = False
    doubtful: bool = False
    ink: Colour | None = None
    share: float = 1.0
    ground: Colour | None = colours.WHITE
    room: float = 0.0
    indent: float = 0.0

    @property
    def is_pale(self) -> bool:
        """Whether its words have the colour of what they stand on."""
        if self.ink is None or self.ground is None:
            return self.share < 0.05
        return not colours.can_be_told(colours.over(self.ink, self.share, self.ground), self.ground)

    @property
    def is_outside(self) -> bool:
        """Whether its lines begin beyond the edge: a hanging indent has the room for it."""
        return self.room + self.indent <= -styles.FAR


def is_worth_looking(source: str) -> bool:
    """Whether anything in *source* could hide words."""
    return bool(_SUSPICIOUS.search(source))


def left_out(source: str) -> tuple[str, bool]:
    """*source* without the words that nobody sees, as it should be parsed again; whether there were any.

    True also where a style sheet may hide words, all of which stay. *source* may not be nested
    without end.
    """
    if not is_worth_looking(source):
        return source, False
    hiding = stylesheet.of(source)
    clean = nh3.clean(
        _OUTERMOST.sub(r"<\1div", source),
        tags=_KEPT,
        attributes={"*": _STYLED, "a": {*_STYLED, "href"}},
        clean_content_tags=_DROPPED,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    seen, hidden = _without_hidden(clean, hiding, is_painted=stylesheet.paints(source))
    return seen, hidden or _hides_what_is_lost(source, hiding)


def _hides_what_is_lost(source: str, hiding: Hiding) -> bool:
    """Whether a style sheet may hide an element that cleaning takes away, or makes another of."""
    lost = (tag for tag in _RAW.findall(source) if tag[0].lower() not in _CLEANED) if hiding else ()
    return any(hiding.may_hide(name.lower(), stylesheet.named(said)) for name, said in lost)


def _without_hidden(clean: str, hiding: Hiding, *, is_painted: bool) -> tuple[str, bool]:
    """*is_painted*: a style sheet sets colours, so that words in the colour beneath are kept, and said."""
    kept, around, hidden, end = [], [_Open()], False, 0
    for tag in _TAG.finditer(clean):
        words, end, here = clean[end : tag.start()], tag.end(), around[-1]
        unseen = here.hidden or here.is_outside or here.is_pale
        hidden |= (unseen or here.doubtful) and _says_something(words)
        doubtful = is_painted and not (here.hidden or here.is_outside)
        kept.append("" if unseen and not doubtful else words)
        if tag[1]:
            around = _closed(around, tag[2])
        elif tag[2] not in _VOID:
            around.append(_opened(here, tag[2], tag[3], hiding))
        kept.append("" if around[-1].hidden else tag[0])
    return "".join([*kept, clean[end:]]), hidden


def _says_something(words: str) -> bool:
    return any(character.isalnum() for character in re.sub(r"&[#a-z0-9]+;", "", words))


def _closed(around: list[_Open], name: str) -> list[_Open]:
    """The elements that stay open when *name* ends; an end without its beginning changes nothing."""
    for depth in range(len(around) - 1, 0, -1):
        if around[depth].name == name:
            return around[:depth]
    return around


def _opened(parent: _Open, name: str, attributes: str, hiding: Hiding) -> _Open:
    told = dict(_ATTRIBUTE.findall(attributes))
    said = styles.declared(told.get("style", ""))
    ink, share = _ink(parent, name, said.get("color") or told.get("color", ""))
    indent = styles.length(said.get("text-indent", ""))
    return _Open(
        name,
        hidden=parent.hidden or "hidden" in told or styles.hides(said),
        doubtful=parent.doubtful or (bool(hiding) and hiding.may_hide(name, told)),
        ink=ink,
        share=share,
        ground=_ground(parent, said, told),
        room=parent.room + styles.room(said),
        indent=parent.indent if indent is None else indent,
    )


def _ink(parent: _Open, name: str, value: str) -> tuple[Colour | None, float]:
    """The colour of words; that of a link is the reader's program's own unless it is said."""
    if not value or value in ("inherit", "currentcolor"):
        return (None, 1.0) if name == "a" and not value else (parent.ink, parent.share)
    return colours.named(value) or (None, 1.0)


def _ground(parent: _Open, said: dict[str, str], told: dict[str, str]) -> Colour | None:
    """What lies beneath its words; None for a picture, or what cannot be told."""
    painted = [value for name, value in said.items() if name.startswith("background")]
    painted = [value for value in painted or [told.get("bgcolor", "")] if value not in _CLEAR]
    if told.get("background") or any("url(" in v or "gradient(" in v for v in painted):
        return None
    found = parent.ground
    for value in painted:
        found = _painted(found, value)
    return found


def _painted(beneath: Colour | None, value: str) -> Colour | None:
    """The ground once the shorthand *value* is painted on *beneath*; places and repeats paint nothing."""
    parts = re.findall(r"[^\s(]+(?:\([^()]*\))?", value)
    named = next(filter(None, map(colours.named, parts)), None)
    if named is None:
        return beneath if all(part in _PLACES or part[:1].isdigit() for part in parts) else None
    colour, share = named
    return colour if share >= 1 else colours.over(colour, share, beneath) if beneath else None
