"""WordprocessingML: what a reader does not see is taken out, and the rest is read (ISO/IEC 29500-1)."""

import re
from collections.abc import Iterator
from typing import Any

from consulta.adapters.files import markup
from consulta.adapters.files.findings import Finding
from consulta.adapters.files.links import is_ordinary

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_O = "{urn:schemas-microsoft-com:office:office}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

_COMMENTS = {_W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference")}
_DELETED = {_W + name for name in ("del", "moveFrom")}
_INSERTED = {_W + name for name in ("ins", "moveTo")}
_CHANGES = {
    _W + name
    for name in (
        "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "trPrChange",
        "tcPrChange", "tblPrExChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
        "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart",
        "customXmlDelRangeEnd",
    )
}  # fmt: skip
_PRIVATE = {
    _W + name
    for name in (
        "rsids", "docVars", "mailMerge", "saveThroughXslt", "attachedSchema", "proofErr",
        "documentProtection", "writeProtection", "permStart", "permEnd", "dataBinding",
    )
}  # fmt: skip
#: Elements that mean nothing, or mislead, without the thing they name.
_BOUND = {_W + name for name in ("attachedTemplate", "subDoc", "altChunk", "control")} | {
    _O + "OLEObject",
    _C + "externalData",
    _SVG + "svgBlip",
}
#: Fields that only arrange the document itself; every other kind may fetch, run or hide something.
_FIELDS = {
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "REF", "NOTEREF", "STYLEREF", "SEQ",
    "TOC", "TC", "XE", "INDEX", "DATE", "TIME", "EQ", "SYMBOL", "HYPERLINK", "FORMTEXT",
    "FORMCHECKBOX", "FORMDROPDOWN", "LISTNUM", "BIBLIOGRAPHY",
}  # fmt: skip
_LINK = re.compile(r'HYPERLINK\s+(?:\\[a-z]\s+)*"?([^"\\\s][^"\s]*)', re.IGNORECASE)


def clean(root: Any, *, gone: set[str], found: set[Finding]) -> str:
    """Clean one part in place and return its visible text. *gone*: ids of dropped relationships."""
    _drop_unlinked(root, gone)
    _accept_changes(root, found)
    _drop_all(root, _COMMENTS, Finding.COMMENTS_REMOVED, found)
    _drop_all(root, _PRIVATE, None, found)
    _drop_hidden(root, found)
    _drop_fields(root, found)
    for element in root.iter(_W + "r", _W + "p", _W + "tr", _W + "sectPr"):
        for name in [n for n in element.attrib if n.startswith(_W + "rsid")]:
            del element.attrib[name]
    return "".join(_pieces(root)).strip()


def _drop_unlinked(root: Any, gone: set[str]) -> None:
    for element in list(root.iter("*")):
        for name in [n for n in element.attrib if n.startswith(_R)]:
            if element.get(name) in gone:
                del element.attrib[name]
        if element.tag in _BOUND and not any(n.startswith(_R) for n in element.attrib):
            markup.drop(element)


def _accept_changes(root: Any, found: set[Finding]) -> None:
    for row in [mark.getparent().getparent() for mark in root.iter(_W + "del") if _is_row(mark)]:
        markup.drop(row)
    _drop_all(root, _DELETED | _CHANGES, Finding.CHANGES_ACCEPTED, found)
    for element in list(root.iter(*_INSERTED)):
        markup.unwrap(element)
        found.add(Finding.CHANGES_ACCEPTED)


def _is_row(mark: Any) -> bool:
    return bool(mark.getparent() is not None and mark.getparent().tag == _W + "trPr")


def _drop_all(root: Any, tags: set[str], finding: Finding | None, found: set[Finding]) -> None:
    for element in list(root.iter(*tags)):
        markup.drop(element)
        if finding:
            found.add(finding)


def _drop_hidden(root: Any, found: set[Finding]) -> None:
    """Take out runs marked hidden, and the mark from styles, so that nothing stays unseen."""
    for mark in list(root.iter(_W + "vanish", _W + "webHidden", _W + "specVanish")):
        off = mark.get(_W + "val") in ("0", "false", "off")
        run = mark.getparent().getparent() if mark.getparent() is not None else None
        if not off and mark.tag == _W + "vanish" and run is not None and run.tag == _W + "r":
            markup.drop(run)
            found.add(Finding.HIDDEN_TEXT_REMOVED)
        else:
            markup.drop(mark)


def _drop_fields(root: Any, found: set[Finding]) -> None:
    for field in list(root.iter(_W + "fldSimple")):
        if not _is_harmless(field.get(_W + "instr", "")):
            markup.unwrap(field)
            found.add(Finding.ACTIVE_CONTENT_REMOVED)
    for instructions in list(_complex_fields(root)):
        if not _is_harmless("".join(part.text or "" for part in instructions)):
            for part in instructions:
                part.text = ""
            found.add(Finding.ACTIVE_CONTENT_REMOVED)


def _complex_fields(root: Any) -> Iterator[list[Any]]:
    """The instructions of each field that spans runs: all between its begin and its end."""
    open_fields: list[list[Any]] = []
    for element in root.iter(_W + "fldChar", _W + "instrText"):
        if element.tag == _W + "instrText":
            (open_fields[-1] if open_fields else [element]).append(element)
            if not open_fields:
                yield [element]
        elif element.get(_W + "fldCharType") == "begin":
            open_fields.append([])
        elif element.get(_W + "fldCharType") == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields


def _is_harmless(instruction: str) -> bool:
    words = instruction.split()
    if not words:
        return True
    if words[0].upper() not in _FIELDS:
        return False
    link = _LINK.match(instruction.strip())
    return not link or is_ordinary(link[1])


def _pieces(root: Any) -> Iterator[str]:
    """The visible text, paragraph by paragraph; alternatives for old programs are passed over."""
    for element in root.iter("*"):
        if any(ancestor.tag == _FALLBACK for ancestor in element.iterancestors(_FALLBACK)):
            continue
        if element.tag == _W + "t":
            yield element.text or ""
        elif element.tag == _W + "tab":
            yield "\t" if element.getparent().tag == _W + "r" else ""
        elif element.tag in (_W + "br", _W + "cr", _W + "p"):
            yield "\n"
        elif element.tag == _W + "noBreakHyphen":
            yield "-"
