"""DOCX: a new file with only the parts that a reader sees (ISO/IEC 29500; Open Packaging, part 2).

Parts are reached from the main document by relationships of known kinds; all others (macros, OLE
objects, comments, properties, custom XML, printer settings, thumbnails) are never copied.
"""

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from consulta.adapters.files import archive, markup, pictures, wordml
from consulta.adapters.files.archive import Archive
from consulta.adapters.files.findings import Cleaning, Finding, RefusedError
from consulta.adapters.files.links import is_ordinary

_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_KEPT = {
    "styles", "settings", "numbering", "fontTable", "theme", "footnotes", "endnotes", "header",
    "footer", "image", "hyperlink", "chart", "chartStyle", "chartColorStyle", "themeOverride",
    "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing",
}  # fmt: skip
_FOUND: dict[str, Finding] = {
    "vbaProject": Finding.MACROS_REMOVED,
    "wordVbaData": Finding.MACROS_REMOVED,
    "keyMapCustomizations": Finding.MACROS_REMOVED,
    "oleObject": Finding.EMBEDDED_FILES_REMOVED,
    "package": Finding.EMBEDDED_FILES_REMOVED,
    "aFChunk": Finding.EMBEDDED_FILES_REMOVED,
    "control": Finding.ACTIVE_CONTENT_REMOVED,
    "activeXControlBinary": Finding.ACTIVE_CONTENT_REMOVED,
    "comments": Finding.COMMENTS_REMOVED,
    "attachedTemplate": Finding.EXTERNAL_LINKS_REMOVED,
}


@dataclass(slots=True)
class _Package:
    """A document on its way from one archive to another."""

    source: Archive
    work: Cleaning = field(default_factory=Cleaning)
    parts: dict[str, bytes] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def clean(source: Path, target: Path) -> Cleaning:
    """Write a clean copy of *source* to *target*. Raises RefusedError."""
    package = _Package(Archive(source))
    main = _main_part(package)
    waiting = [main]
    while waiting:
        name = waiting.pop()
        if name not in package.parts:
            waiting += _copy(package, name)
    content = _content_types(package, main)
    first = [("[Content_Types].xml", content), ("_rels/.rels", _root_relations(main))]
    archive.write(target, [*first, *package.parts.items()])
    package.work.text = _text(package, main)
    return package.work


def _main_part(package: _Package) -> str:
    for relation in markup.parse(package.source.read("_rels/.rels")):
        kind, target = _kind(relation), relation.get("Target", "").lstrip("/")
        if kind == "officeDocument" and target in package.source.names:
            return str(target)
    raise RefusedError(Finding.BROKEN)


def _kind(relation: Any) -> str:
    return str(relation.get("Type", "").rsplit("/", 1)[-1])


def _copy(package: _Package, name: str) -> list[str]:
    """Copy one part without what must not be shown; return the parts that it leads to."""
    data = package.source.read(name)
    if not name.lower().endswith(".xml"):
        package.parts[name] = pictures.quiet(data)
        return []
    gone, leads = _relations(package, name)
    root = markup.parse(data)
    package.texts[name] = wordml.clean(root, gone=gone, found=package.work.found)
    package.parts[name] = markup.write(root)
    return leads


def _relations_of(name: str) -> str:
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", base + ".rels")


def _relations(package: _Package, name: str) -> tuple[set[str], list[str]]:
    """Copy the relationships of a part: ids of those dropped, and parts that the kept ones name."""
    path = _relations_of(name)
    if path not in package.source.names:
        return set(), []
    root = markup.parse(package.source.read(path))
    gone: set[str] = set()
    leads: list[str] = []
    for relation in list(root):
        target = posixpath.normpath(
            posixpath.join("/", posixpath.dirname(name), relation.get("Target", ""))
        ).lstrip("/")
        if finding := _objection(package, relation, target):
            package.work.found.add(finding)
            gone.add(relation.get("Id", ""))
            markup.drop(relation)
        elif relation.get("TargetMode") != "External" and _kind(relation) != "hyperlink":
            leads.append(target)
    if len(root):
        package.parts[path] = markup.write(root)
    return gone, leads


def _objection(package: _Package, relation: Any, target: str) -> Finding | None:
    """Why this relationship and what it names are not copied, or None."""
    kind = _kind(relation)
    if relation.get("TargetMode") == "External" or kind == "hyperlink":
        ordinary = kind == "hyperlink" and is_ordinary(relation.get("Target", ""))
        return None if ordinary else Finding.EXTERNAL_LINKS_REMOVED
    if kind not in _KEPT:
        return _FOUND.get(kind, Finding.HIDDEN_DATA_REMOVED)
    if target not in package.source.names:
        return Finding.HIDDEN_DATA_REMOVED
    if target.lower().endswith(".xml"):
        return None if relation.tag == _PACKAGE + "Relationship" else Finding.HIDDEN_DATA_REMOVED
    is_picture = kind == "image" and pictures.media_type(package.source.read(target))
    return None if is_picture else Finding.EMBEDDED_FILES_REMOVED


def _content_types(package: _Package, main: str) -> bytes:
    """The list of types for the parts that are left; a document with macros becomes one without."""
    root = markup.parse(package.source.read("[Content_Types].xml"))
    for entry in list(root):
        part, kind = entry.get("PartName", "").lstrip("/"), entry.get("ContentType", "")
        if part == main and kind != _WORD + "document.main+xml":
            entry.set("ContentType", _WORD + "document.main+xml")
            package.work.found.add(Finding.MACROS_REMOVED)
        elif not _is_kept_type(package, entry):
            markup.drop(entry)
    if any("docProps/" in name for name in package.source.names):
        package.work.found.add(Finding.HIDDEN_DATA_REMOVED)
    return markup.write(root)


def _is_kept_type(package: _Package, entry: Any) -> bool:
    kind = entry.get("ContentType", "").lower()
    if any(word in kind for word in ("macro", "vba", "oleobject", "activex", "-package")):
        return bool(kind.endswith("relationships+xml"))
    if entry.tag == _TYPES + "Override":
        return entry.get("PartName", "").lstrip("/") in package.parts
    ending = "." + entry.get("Extension", "").lower()
    return ending in (".rels", ".xml") or any(n.lower().endswith(ending) for n in package.parts)


def _root_relations(main: str) -> bytes:
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    root = markup.parse(f'<Relationships xmlns="{_PACKAGE[1:-1]}"/>'.encode())
    relation = root.makeelement(_PACKAGE + "Relationship")
    relation.set("Id", "rId1")
    relation.set("Type", schema)
    relation.set("Target", main)
    root.append(relation)
    return markup.write(root)


def _text(package: _Package, main: str) -> str:
    notes = [name for name in package.texts if "notes" in posixpath.basename(name)]
    found = [package.texts.get(name, "").strip() for name in (main, *sorted(notes))]
    return "\n\n".join(text for text in found if text)
