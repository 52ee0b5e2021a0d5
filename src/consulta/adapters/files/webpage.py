"""HTML: a page of its words, headings, lists, tables and links; nothing runs, loads or hides in it."""

import codecs
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nh3
from lxml import etree
from lxml import html as lxml_html

from consulta.adapters.files import charset, markup, plain
from consulta.adapters.files.findings import Cleaning, Finding, RefusedError
from consulta.adapters.files.links import is_ordinary

MAX_DEPTH = 200  # elements inside one another; deeper ones cost a parser its stack
_BLOCKS = (
    "p", "div", "li", "tr", "table", "caption", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4",
    "h5", "h6", "blockquote", "pre", "br", "hr",
)  # fmt: skip
_KEPT = {
    *_BLOCKS, "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "q", "s",
    "small", "span", "strong", "sub", "sup", "tbody", "td", "tfoot", "th", "thead", "u",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"lang", "dir"}, "a": {"href"}, "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"}, "ol": {"start"},
}  # fmt: skip
_GONE: dict[str, Finding] = {
    **dict.fromkeys(("script", "noscript", "applet", "form", "input", "button", "select", "textarea"),
                    Finding.ACTIVE_CONTENT_REMOVED),
    **dict.fromkeys(("iframe", "frame", "frameset", "base"), Finding.EXTERNAL_LINKS_REMOVED),
    **dict.fromkeys(("object", "embed"), Finding.EMBEDDED_FILES_REMOVED),
    **dict.fromkeys(("style", "img", "svg", "picture", "video", "audio", "canvas", "math"),
                    Finding.FORMATTING_REMOVED),
    **dict.fromkeys(("template",), Finding.HIDDEN_TEXT_REMOVED),
}  # fmt: skip
#: Forms hold words that were typed around their fields: those stay.
_UNWRAPPED = {"form", "noscript"}
_TALK = {"author", "generator", "progid", "keywords", "description", "originator"}
_UNSEEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|mso-hide\s*:\s*all",
    re.I,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
#: Elements whose end need not be written, or that have none.
_UNCOUNTED = frozenset(
    [
        "br",
        "hr",
        "img",
        "meta",
        "link",
        "input",
        "col",
        "base",
        "wbr",
        "area",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "thead",
        "tbody",
        "tfoot",
    ]
)
_NAMED = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_.:-]{2,40})""", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}")
_PAGE = (
    '<!DOCTYPE html>\n<html{about}>\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">\n'
    '<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n</head>\n'
    "<body>\n{body}\n</body>\n</html>\n"
)


def clean(source: Path, target: Path) -> Cleaning:
    """Write a safe page of *source* to *target*. Raises RefusedError."""
    work = Cleaning()
    text = _DECLARATION.sub("", _decode(source.read_bytes(), work))
    text, _dropped = plain.without_controls(text)
    if _depth(text) > MAX_DEPTH:
        raise RefusedError(Finding.DANGEROUS_MARKUP)
    try:
        root = lxml_html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise RefusedError(Finding.BROKEN) from error
    title = " ".join((root.findtext(".//title") or "").split())[:300]
    body = nh3.clean(
        _body(root, work.found), tags=_KEPT, attributes=_ATTRIBUTES, link_rel="noopener noreferrer",
        url_schemes={"http", "https", "mailto"}, strip_comments=True,
    )  # fmt: skip
    page = _PAGE.format(about=_about(root), title=html.escape(title), body=body.strip())
    target.write_text(page, encoding="utf-8")
    work.text = _words(body)
    return work


def _decode(data: bytes, work: Cleaning) -> str:
    """By the mark of byte order, else by the page's own word if it holds, else by a guess."""
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", "replace")
    said = _NAMED.search(data[:4096])
    names = [said[1].decode("ascii")] if said else []
    for name in (*names, "utf-8"):
        try:
            return data.decode("cp1252" if name.lower() == "iso-8859-1" else name)
        except (LookupError, ValueError):
            continue
    work.found.add(Finding.ENCODING_GUESSED)
    text = charset.decode(data)
    if text is None:
        raise RefusedError(Finding.BROKEN)
    return text


def _body(root: Any, found: set[Finding]) -> str:
    """What a reader sees of the page, as HTML; notes what goes."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            found.add(Finding.HIDDEN_DATA_REMOVED)
            markup.drop(element)
        elif element.tag == "meta" and element.get("name", "").lower() in _TALK:
            found.add(Finding.HIDDEN_DATA_REMOVED)
        elif finding := _GONE.get(element.tag) or _is_unseen(element):
            found.add(finding)
            if element.tag in _UNWRAPPED:
                element.tag = "div"
            else:
                markup.drop(element)
        else:
            found |= _of_attributes(element)
    body = root.find("body")
    if body is None:
        return ""
    made: str = lxml_html.tostring(body, encoding="unicode")
    return made


def _is_unseen(element: Any) -> Finding | None:
    hidden = element.get("hidden") is not None or _UNSEEN_STYLE.search(element.get("style", ""))
    return Finding.HIDDEN_TEXT_REMOVED if hidden and element.tag not in ("html", "body") else None


def _of_attributes(element: Any) -> set[Finding]:
    found: set[Finding] = set()
    for name, value in element.attrib.items():
        if name.startswith("on"):
            found.add(Finding.ACTIVE_CONTENT_REMOVED)
        elif name in ("style", "class", "background"):
            found.add(Finding.FORMATTING_REMOVED)
        elif name == "href" and not (value.startswith("#") or is_ordinary(value)):
            found.add(Finding.EXTERNAL_LINKS_REMOVED)
    return found


def _about(root: Any) -> str:
    """The page's own language and direction, where they are such."""
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    body = root.find("body")
    direction = root.get("dir") or (body.get("dir") if body is not None else "") or ""
    said = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    return said + (f' dir="{direction.lower()}"' if direction.lower() in ("rtl", "ltr") else "")


def _words(body: str) -> str:
    if not body.strip():
        return ""
    lines = "".join(_pieces(lxml_html.fragment_fromstring(body, create_parent="div"))).split("\n")
    text = "\n".join(" ".join(line.split(" ")).strip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _pieces(root: Any) -> Iterator[str]:
    """The words of the clean page: a line for a block, a tab between cells."""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            yield ("\n" if block else "") + re.sub(r"\s+", " ", element.text or "")
        else:
            between = "\t" if element.tag in ("td", "th") else "\n" if block else ""
            yield between + re.sub(r"\s+", " ", element.tail or "")


def _depth(text: str) -> int:
    """At most how many elements stand inside one another, by their tags alone."""
    depth = deepest = 0
    for closing, name in _TAG.findall(text):
        if name.lower() not in _UNCOUNTED:
            depth = max(0, depth + (-1 if closing else 1))
            deepest = max(deepest, depth)
    return deepest
