"""The process that opens a logo: `python -m consulta.adapters.files.logo SOURCE FOLDER`.

A PNG is drawn anew; an SVG keeps shapes and text alone and is drawn as PNG. Either way FOLDER gets
`clean`, a PNG of known size, or nothing.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst
from PIL import Image

from consulta.adapters.files import image, markup, worker
from consulta.adapters.files.findings import Cleaning, Finding, RefusedError

SVG = "{http://www.w3.org/2000/svg}"
LARGEST = 2 * 1024 * 1024  # bytes
#: Pixels of the longer side: a width of 6 cm at 400 dots an inch.
WIDEST = 1200
SHAPES = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "style",
    ]
)
#: Attributes that lead outside or run something begin so.
_FORBIDDEN = ("on", "href", "{http://www.w3.org/1999/xlink}href")


def clean(source: Path, target: Path) -> None:
    """Draw the logo at *source* anew into *target*, a PNG. Raises RefusedError."""
    data = source.read_bytes()
    if not 0 < len(data) <= LARGEST:
        raise RefusedError(Finding.TOO_LARGE if data else Finding.EMPTY)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        image.clean(source, target)
    elif b"<svg" in data[:4096]:
        _draw(data, target)
    else:
        raise RefusedError(Finding.TYPE_NOT_ALLOWED)
    _shrink(target)


def shapes(data: bytes) -> bytes:
    """Return the SVG with shapes and text alone. Raises RefusedError."""
    root = markup.parse(data)
    if root.tag != f"{SVG}svg":
        raise RefusedError(Finding.TYPE_NOT_ALLOWED)
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag.removeprefix(SVG) not in SHAPES:
            if element.getparent() is not None:
                element.getparent().remove(element)
            continue
        _quiet(element)
    return markup.write(root)


def _quiet(element: Any) -> None:
    """Take away what runs or leads outside; a reference to a part of the logo itself may stay."""
    if element.tag == f"{SVG}style" and ("@" in (element.text or "") or _leads(element.text or "")):
        element.text = ""
    for name, value in list(element.attrib.items()):
        inside = str(value).strip().startswith("#") and name.endswith("href")
        if _leads(value) or (name.lower().startswith(_FORBIDDEN) and not inside):
            del element.attrib[name]


def _leads(value: str) -> bool:
    """Whether a style names something outside."""
    plain = value.lower().replace(" ", "").replace("'", "").replace('"', "")
    return plain.count("url(") > plain.count("url(#") or "\\" in plain


def _draw(data: bytes, target: Path) -> None:
    quiet = shapes(data)
    folder = target.parent
    (folder / "logo.svg").write_bytes(quiet)
    said = '#set page(width: auto, height: auto, margin: 0pt, fill: none)\n#image("/logo.svg", width: 6cm)'
    try:
        made = typst.Compiler(said.encode(), root=str(folder)).compile(format="png", ppi=400)
    except RuntimeError as error:
        raise RefusedError(Finding.BROKEN) from error
    assert isinstance(made, bytes)  # noqa: S101 (for the type checker)
    target.write_bytes(made)


def _shrink(target: Path) -> None:
    """Keep a logo small: an edition holds it."""
    with Image.open(target, formats=("PNG",)) as picture:
        picture.load()
        picture.thumbnail((WIDEST, WIDEST))
        plain = picture.convert("RGBA")
    plain.save(target, format="PNG", optimize=True)


def main() -> None:
    """Clean one logo. Leaves no result when a limit ends it: the caller reads that as a finding."""
    worker.limit()
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    work, result = Cleaning(), {"finding": ""}
    try:
        clean(source, folder / "clean")
    except RefusedError as refusal:
        result["finding"] = refusal.finding
    (folder / "result.json").write_text(json.dumps(result | {"found": sorted(work.found)}))


if __name__ == "__main__":
    main()
