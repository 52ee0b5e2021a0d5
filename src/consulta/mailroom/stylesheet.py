"""Style sheets of an HTML letter: which of its elements they may hide from the reader.

Only what decides about a person's look is asked: a rule that could hide an element counts, whatever else
the sheet says of it, so that nothing hidden passes unseen; one that fits no element of the letter, or is
for narrow screens, printers or pointers, does not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from consulta.mailroom import styles

#: More rules than these nobody writes; a sheet of more may hide everything.
MOST = 5_000
_SHEET = re.compile(r"<style\b[^>]*>(.*?)(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE | re.DOTALL)
#: For readers whom the letter is not written for: printers, narrow screens.
_ELSEWHERE = re.compile(
    r"@media\s+(?:only\s+)?(?:print|handheld|speech)\b|@media[^,]*max-(?:device-)?width\s*:\s*\d{1,3}px[^,]*$"
)
#: At the beginning of a block that names no elements.
_NO_ELEMENTS = re.compile(r"@(?:font-face|page|list|keyframes|-webkit-keyframes|counter-style)\b")
_MAY_HIDE = re.compile(
    r"mso-hide\s*:\s*all|(?:font-size|opacity|max-height)\s*:\s*0(?:\.0+)?\s*(?:px|pt|em|%)?\s*(?:!|;|$)"
)
_PAINTS = re.compile(r"\bbackground\b|\bcolor\s*:")
#: What is not the element itself, or only while a pointer is there.
_NOT_ITSELF = re.compile(
    r"::|:(?:before|after|first-letter|first-line|hover|active|focus|visited)\b"
)
_BRACKETS = re.compile(r"\[[^\[\]]{0,300}\]|\([^()]{0,300}\)")
_BETWEEN = re.compile(r"[\s>+~]+")
_NAME = re.compile(r"([.#])([^\s.#:>+~*,]+)")
_CLASS = re.compile(r"""\b(class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fitting:
    """The last part of a selector: an element fits that is a *tag* (empty: any) and has all *names*.

    Names are written as in the selector: `.class`, `#id`.
    """

    tag: str
    names: frozenset[str]

    def fits(self, tag: str, names: frozenset[str]) -> bool:
        """Whether an element does."""
        return self.tag in ("", tag) and self.names <= names


@dataclass(frozen=True, slots=True)
class Hiding:
    """What the sheets of one letter may hide, by a name or the tag that an element must have."""

    by: dict[str, list[Fitting]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by)

    def may_hide(self, tag: str, told: dict[str, str]) -> bool:
        """Whether a rule fits the element *tag* with the attributes *told*."""
        names = _names(told.get("class", ""), told.get("id", ""))
        asked = (self.by.get(key, ()) for key in (*names, tag, ""))
        return any(rule.fits(tag, names) for rules in asked for rule in rules)


def of(source: str) -> Hiding:
    """What the style sheets in *source* may hide there."""
    sheet = _sheet(source)
    there, by = _all_names(source) if "{" in sheet else frozenset(), dict[str, list[Fitting]]()
    for count, (selectors, declarations) in enumerate(_rules(sheet)):
        if count >= MOST:
            return Hiding({"": [Fitting("", frozenset())]})
        if _hides(declarations):
            for rule in _fittings(selectors, there):
                by.setdefault(min(rule.names, default=rule.tag), []).append(rule)
    return Hiding(by)


def named(attributes: str) -> dict[str, str]:
    """Class and id among the *attributes* of a tag as it was written."""
    return {
        kind.lower(): next(filter(None, values), "") for kind, *values in _CLASS.findall(attributes)
    }


def paints(source: str) -> bool:
    """Whether a style sheet in *source* sets colours."""
    return any(_PAINTS.search(declared) for _selectors, declared in _rules(_sheet(source)))


def _sheet(source: str) -> str:
    """All style sheets of *source* in small letters, without comments and escapes."""
    sheet = _COMMENT.sub(" ", " ".join(_SHEET.findall(source))).lower()
    return _ESCAPE.sub(_unescaped, sheet)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations of each rule that is for the reader of the letter."""
    around: list[
        tuple[str, bool]
    ] = []  # what stands before each open block; whether it is elsewhere
    text, elsewhere = "", False
    for piece in re.split(r"([{}])", sheet):
        if piece == "{":
            own, _semicolon, before = text.rpartition(";")
            if own and around and not elsewhere:
                yield around[-1][0], own
            elsewhere = elsewhere or bool(_ELSEWHERE.search(before))
            around.append((before.strip(), elsewhere))
        elif piece == "}" and around:
            before, aside = around.pop()
            elsewhere = around[-1][1] if around else False
            if not aside:
                yield before, text
        text = "" if piece in ("{", "}") else piece
    if around and not elsewhere:
        yield around[-1][0], text


def _hides(declarations: str) -> bool:
    return bool(_MAY_HIDE.search(declarations)) or styles.hides(styles.declared(declarations))


def _fittings(selectors: str, there: frozenset[str]) -> Iterator[Fitting]:
    """What the last part of each of *selectors* fits, where every name in it is in the letter."""
    if _NO_ELEMENTS.match(selectors):
        return
    for selector in _BRACKETS.sub("", selectors).split(","):
        names = frozenset(mark + name for mark, name in _NAME.findall(selector))
        if _NOT_ITSELF.search(selector) or not names <= there:
            continue
        last = re.sub(r":[^.#\s]*", "", _BETWEEN.split(selector.strip())[-1])
        own = frozenset(mark + name for mark, name in _NAME.findall(last))
        yield Fitting(re.split(r"[.#]", last)[0].strip("*&"), own)


def _all_names(source: str) -> frozenset[str]:
    """The names of every element of *source*, in small letters."""
    found: set[str] = set()
    for kind, *values in _CLASS.findall(source):
        value = next(filter(None, values), "")
        found |= _names(value, "") if kind == "class" else _names("", value)
    return frozenset(found)


def _names(classes: str, identity: str) -> frozenset[str]:
    own = {f".{name}" for name in classes.lower().split()}
    return frozenset({*own, f"#{identity.strip().lower()}"} if identity.strip() else own)


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    return chr(code) if 0 < code < 0xD800 else (escape[2] or " ")
