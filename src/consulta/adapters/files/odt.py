"""ODT: a new file with the content, the styles and the pictures, and nothing else (OASIS ODF 1.3)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from consulta.adapters.files import archive, markup, pictures
from consulta.adapters.files.archive import Archive
from consulta.adapters.files.findings import ODT, Cleaning, Finding, RefusedError
from consulta.adapters.files.links import is_ordinary

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _DRAW, _TABLE, _STYLE = (
    f"{{{_ODF}{name}:1.0}}" for name in ("office", "text", "drawing", "table", "style")
)
_MANIFEST = f"{{{_ODF}manifest:1.0}}"
_SCRIPT = f"{{{_ODF}script:1.0}}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_DROPPED: dict[str, Finding] = {
    _OFFICE + "scripts": Finding.MACROS_REMOVED,
    _OFFICE + "event-listeners": Finding.MACROS_REMOVED,
    _SCRIPT + "event-listener": Finding.MACROS_REMOVED,
    _TEXT + "script": Finding.MACROS_REMOVED,
    _TEXT + "execute-macro": Finding.MACROS_REMOVED,
    _OFFICE + "forms": Finding.ACTIVE_CONTENT_REMOVED,
    _DRAW + "plugin": Finding.ACTIVE_CONTENT_REMOVED,
    _DRAW + "applet": Finding.ACTIVE_CONTENT_REMOVED,
    _OFFICE + "dde-source": Finding.ACTIVE_CONTENT_REMOVED,
    _TEXT + "dde-connection-decls": Finding.ACTIVE_CONTENT_REMOVED,
    _DRAW + "floating-frame": Finding.EXTERNAL_LINKS_REMOVED,
    _TEXT + "section-source": Finding.EXTERNAL_LINKS_REMOVED,
    _TABLE + "table-source": Finding.EXTERNAL_LINKS_REMOVED,
    _DRAW + "object": Finding.EMBEDDED_FILES_REMOVED,
    _DRAW + "object-ole": Finding.EMBEDDED_FILES_REMOVED,
    _OFFICE + "annotation": Finding.COMMENTS_REMOVED,
    _OFFICE + "annotation-end": Finding.COMMENTS_REMOVED,
    _TEXT + "tracked-changes": Finding.CHANGES_ACCEPTED,
    _TEXT + "change": Finding.CHANGES_ACCEPTED,
    _TEXT + "change-start": Finding.CHANGES_ACCEPTED,
    _TEXT + "change-end": Finding.CHANGES_ACCEPTED,
    _TEXT + "hidden-text": Finding.HIDDEN_TEXT_REMOVED,
    _TEXT + "hidden-paragraph": Finding.HIDDEN_TEXT_REMOVED,
    _OFFICE + "meta": Finding.HIDDEN_DATA_REMOVED,
    _OFFICE + "settings": Finding.HIDDEN_DATA_REMOVED,
}
#: Office programs write these into every file, mostly with nothing in them.
_OFTEN_BARE = {_OFFICE + "scripts", _OFFICE + "forms", _OFFICE + "event-listeners"}
_OUTSIDE: dict[str, Finding] = {
    "Basic/": Finding.MACROS_REMOVED,
    "Scripts/": Finding.MACROS_REMOVED,
    "Object": Finding.EMBEDDED_FILES_REMOVED,
    "meta.xml": Finding.HIDDEN_DATA_REMOVED,
}


def clean(source: Path, target: Path) -> Cleaning:
    """Write a clean copy of *source* to *target*. Raises RefusedError."""
    work, package = Cleaning(), Archive(source)
    refuse_locked(package)
    parts: dict[str, bytes] = {}
    hidden = _hidden_styles(package)
    for name in sorted({"content.xml", "styles.xml"} & package.names):
        root = markup.parse(package.read(name))
        _clean_part(root, hidden, work.found)
        _copy_pictures(root, package, parts, work.found)
        parts[name] = markup.write(root)
        if name == "content.xml":
            work.text = "".join(_pieces(root)).strip()
    if "content.xml" not in parts:
        raise RefusedError(Finding.BROKEN)
    for start, finding in _OUTSIDE.items():
        if any(name.startswith(start) for name in package.names):
            work.found.add(finding)
    listed = ("META-INF/manifest.xml", _manifest(parts))
    archive.write(target, [("mimetype", ODT.encode()), *parts.items(), listed])
    return work


def refuse_locked(package: Archive) -> None:
    """Raise RefusedError where the parts of *package* open only with a password."""
    if "META-INF/manifest.xml" in package.names:
        root = markup.parse(package.read("META-INF/manifest.xml"))
        if next(root.iter(_MANIFEST + "encryption-data"), None) is not None:
            raise RefusedError(Finding.ENCRYPTED)


def _hidden_styles(package: Archive) -> set[str]:
    """Names of the styles whose text nobody sees (ODF 1.3 part 3, 20.359 text:display)."""
    names: set[str] = set()
    for part in {"content.xml", "styles.xml"} & package.names:
        for style in markup.parse(package.read(part)).iter(_STYLE + "style"):
            shown = [properties.get(_TEXT + "display") for properties in style]
            if "none" in shown:
                names.add(style.get(_STYLE + "name", ""))
    return names


def _clean_part(root: Any, hidden: set[str], found: set[Finding]) -> None:
    for element in list(root.iter("*")):
        if element.tag in _DROPPED:
            if len(element) or element.tag not in _OFTEN_BARE:
                found.add(_DROPPED[element.tag])
            markup.drop(element)
        elif _is_hidden(element, hidden):
            found.add(Finding.HIDDEN_TEXT_REMOVED)
            markup.drop(element)
        elif element.get(_HREF) is not None and not _is_kept_link(element):
            found.add(Finding.EXTERNAL_LINKS_REMOVED)
            del element.attrib[_HREF]


def _is_hidden(element: Any, hidden: set[str]) -> bool:
    if element.tag == _TEXT + "section":
        return element.get(_TEXT + "display") in ("none", "condition")
    marked = element.tag in (_TEXT + "span", _TEXT + "p", _TEXT + "h")
    return marked and element.get(_TEXT + "style-name", "") in hidden


def _is_kept_link(element: Any) -> bool:
    address = element.get(_HREF)
    if element.tag == _TEXT + "a" or element.tag == _DRAW + "a":
        return address.startswith("#") or is_ordinary(address)
    return bool(address.removeprefix("./").startswith("Pictures/"))


def _copy_pictures(
    root: Any, package: Archive, parts: dict[str, bytes], found: set[Finding]
) -> None:
    for element in list(root.iter("*")):
        name = element.get(_HREF, "").removeprefix("./")
        if not name.startswith("Pictures/") or name in parts:
            continue
        data = package.read(name) if name in package.names else b""
        if pictures.media_type(data):
            parts[name] = pictures.quiet(data)
        else:
            found.add(Finding.EMBEDDED_FILES_REMOVED)
            markup.drop(element)


def _manifest(parts: dict[str, bytes]) -> bytes:
    kinds = {n: pictures.media_type(d) if "/" in n else "text/xml" for n, d in parts.items()}
    entries = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)}"
        f" manifest:media-type={quoteattr(kind)}/>"
        for name, kind in {"/": ODT, **kinds}.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<manifest:manifest xmlns:manifest="{_MANIFEST[1:-1]}" manifest:version="1.3">'
        f"{entries}</manifest:manifest>"
    ).encode()


def _pieces(element: Any) -> Iterator[str]:
    """The visible text; a space, a tab and a line break are elements in ODF."""
    body = next(element.iter(_OFFICE + "text"), None)
    for part in body.iter("*") if body is not None else ():
        if part.tag in (_TEXT + "p", _TEXT + "h", _TEXT + "line-break"):
            yield "\n"
        elif part.tag == _TEXT + "tab":
            yield "\t"
        elif part.tag == _TEXT + "s":
            yield " " * min(int(part.get(_TEXT + "c") or 1), 100)
        yield part.text or ""
        yield part.tail or ""
