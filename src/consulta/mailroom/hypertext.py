"""HTML letters as plain text: nothing is run, nothing fetched, nothing hidden shown."""

import html
import re
from dataclasses import dataclass

import nh3

from consulta.mailroom import unseen

MAX_SIZE = 2_000_000  # characters
MAX_DEPTH = 300  # elements inside one another; deeper ones cost a parser its stack
_LINES = ("br", "hr")
_BLOCKS = (
    "p", "div", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
    "pre", "section", "article", "dt", "dd",
)  # fmt: skip
_TAGS = frozenset((*_LINES, *_BLOCKS, "td", "th", "a"))
_UNSEEN = frozenset({"script", "style", "title", "head", "noscript", "template"})
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "base", "wbr", "area"})
#: Where a quotation begins and ends, while its tags are taken away; no letter holds these signs.
_OPENS, _ENDS = "\x02", "\x03"
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML letter says; *hidden*: it holds words that its reader may not see."""

    text: str
    hidden: bool = False


def read(source: str) -> Page:
    """The words of an HTML letter that its reader sees, a line for a block.

    Addresses of links stand behind them; lines of a quotation are marked by `>`, as in letters
    without HTML.
    """
    source = re.sub("[\x02\x03]", "", source[:MAX_SIZE])
    if _depth(source) > MAX_DEPTH:
        return Page(_lines(_TAG.sub(" ", source)), hidden=unseen.is_worth_looking(source))
    seen, hidden = unseen.left_out(source)
    return Page(_plain(seen), hidden)


def plain(source: str) -> str:
    """The words of :func:`read` alone."""
    return read(source).text


def _plain(source: str) -> str:
    clean = nh3.clean(
        source,
        tags=set(_TAGS),
        attributes={"a": {"href"}},
        clean_content_tags=set(_UNSEEN),
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    clean = re.sub(r"\s+", " ", clean)
    clean = _LINK.sub(_with_address, clean)
    clean = re.sub(r"</(td|th)>", "\t", clean)
    clean = clean.replace("<blockquote>", f"\n{_OPENS}").replace("</blockquote>", f"{_ENDS}\n")
    return _quoted(re.sub(rf"</?({'|'.join((*_LINES, *_BLOCKS))})>", "\n", clean))


def _with_address(link: re.Match[str]) -> str:
    address, words = link[1], link[2]
    bare = address.removeprefix("mailto:")
    return words if bare.rstrip("/") in words or not address else f"{words} ({bare})"


def _quoted(marked: str) -> str:
    """The lines of *marked*, those between the signs of a quotation with a `>` for each around them."""
    lines, depth = [], 0
    for line in _lines(marked).split("\n"):
        depth += line.count(_OPENS)
        words = line.translate({ord(_OPENS): None, ord(_ENDS): None}).strip()
        lines.append(f"{'>' * depth} {words}".strip() if depth else words)
        depth = max(0, depth - line.count(_ENDS))
    return "\n".join(lines).strip()


def _lines(marked: str) -> str:
    text = html.unescape(re.sub(r"<[^<>]*>", "", marked)).replace("\xa0", " ")
    lines = (" ".join(line.split(" ")).strip(" \t") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _depth(source: str) -> int:
    """At most how many elements stand inside one another, by their tags alone."""
    depth = deepest = 0
    for closing, name in _TAG.findall(source):
        if name.lower() not in _VOID:
            depth = max(0, depth + (-1 if closing else 1))
            deepest = max(deepest, depth)
    return deepest
