"""Words of an HTML letter that its reader never sees: hidden, of no size, or white on white.

Advertisers put them there for the line that mail programs show before a letter is opened, and others to
say one thing to a person and another to a machine. What is told by a style sheet alone is not looked at.
"""

import re
from dataclasses import dataclass

import nh3

#: Any of these words must stand in a letter before it is worth looking.
_SUSPICIOUS = re.compile(
    r"display\s*:|visibility\s*:|font-size\s*:\s*[01.]|mso-hide|opacity\s*:"
    r"|max-height\s*:|\bhidden\b|\bcolor\s*[:=]|left\s*:\s*-|text-indent\s*:\s*-|\bsize\s*=",
    re.IGNORECASE,
)
#: Styles are looked at without their white space, and no further than so many characters.
LONGEST_STYLE = 2_000
_HIDDEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all"
    r"|font-size:(?:0(?:\.0+)?(?:em|rem|%|px|pt)?|(?:1|0?\.\d+|1\.\d+)(?:px|pt))(?:;|!|$)"
    r"|opacity:0(?:\.0+)?(?:;|!|$)|max-height:0\w*(?:;|!|$)|(?:left|text-indent):-\d{3,})",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:([^;!]+)", re.IGNORECASE)
_WHITE = re.compile(
    r"white|#f{3}|#f{6}|#fe(?:fe){2}|rgba?\(25[45],25[45],25[45](?:,1)?\)", re.IGNORECASE
)
_CLEAR = re.compile(r"transparent|none|initial|inherit|unset", re.IGNORECASE)
_TAG = re.compile(r'<(/?)([a-z0-9]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_VOID = frozenset({"br", "hr", "img", "wbr", "col", "area"})
#: nh3 takes an element away and leaves its words unless it is named here.
_KEPT = nh3.ALLOWED_TAGS | {
    "font", "big", "section", "article", "main", "tbody", "thead", "tr", "td", "th", "table",
}  # fmt: skip
_STYLED = {"style", "color", "bgcolor", "background", "hidden", "size"}
_DROPPED = {"script", "style", "title", "head", "noscript", "template"}


@dataclass(frozen=True, slots=True)
class _Open:
    """An element whose end did not come yet; *paper*: whether it stands on white paper."""

    name: str
    hidden: bool
    white: bool
    paper: bool


def left_out(source: str) -> tuple[str, bool]:
    """*source* without the words that nobody sees, as it should be parsed again; whether there were any.

    *source* may not be nested without end.
    """
    if not _SUSPICIOUS.search(source):
        return source, False
    clean = nh3.clean(
        source,
        tags=_KEPT,
        attributes={"*": _STYLED, "a": {*_STYLED, "href"}},
        clean_content_tags=_DROPPED,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return _without_hidden(clean)


def _without_hidden(clean: str) -> tuple[str, bool]:
    kept, around, hidden, end = [], [_Open("", hidden=False, white=False, paper=True)], False, 0
    for tag in _TAG.finditer(clean):
        words, end = clean[end : tag.start()], tag.end()
        unseen = around[-1].hidden or around[-1].white
        hidden |= unseen and _says_something(words)
        kept.append("" if unseen else words)
        if tag[1]:
            around = _closed(around, tag[2])
        elif tag[2] not in _VOID:
            around.append(_opened(around[-1], tag[2], tag[3]))
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


def _opened(parent: _Open, name: str, attributes: str) -> _Open:
    told = {name: "".join(said.split()) for name, said in _ATTRIBUTE.findall(attributes)}
    style = told.get("style", "")[:LONGEST_STYLE]
    return _Open(
        name,
        hidden=parent.hidden or "hidden" in told or bool(_HIDDEN.search(style)),
        white=_is_white(parent, told, style),
        paper=parent.paper and not _is_painted(told, style),
    )


def _is_white(parent: _Open, told: dict[str, str], style: str) -> bool:
    """Whether words in it are white on white paper; nothing is said of other colours."""
    if not parent.paper or _is_painted(told, style):
        return False
    said = _COLOUR.search(style)
    colour = said[1] if said else told.get("color", "")
    return bool(_WHITE.fullmatch(colour)) if colour else parent.white


def _is_painted(told: dict[str, str], style: str) -> bool:
    """Whether something other than white lies beneath its words."""
    said = _BACKGROUND.search(style)
    ground = said[1] if said else told.get("bgcolor") or told.get("background") or ""
    return bool(ground) and not _WHITE.fullmatch(ground) and not _CLEAR.fullmatch(ground)
