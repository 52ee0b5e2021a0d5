"""A body's own cover page: its template is filled and stands before the document as a section of its own.

The template keeps its look: its styles are renamed, so that those of the document change nothing on it.
"""

import base64
import io
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import docx as word
from docx.enum.section import WD_SECTION
from docx.text.paragraph import Paragraph

from consulta.core import cover
from consulta.core.paper import Paper
from consulta.reports.renderers import docx_look as look

_W = f"{{{look.W}}}"
#: Elements that name a style.
_NAMING = frozenset(
    f"{_W}{name}" for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
)
_SIZES = frozenset({f"{_W}pgSz", f"{_W}pgMar"})


def document(paper: Paper) -> Any:
    """Return an empty document, after the body's filled cover page where *paper* has one."""
    if not paper.cover:
        return word.Document()
    opened = word.Document(io.BytesIO(base64.b64decode(paper.cover)))
    _rename_styles(opened)
    for paragraph in list(_paragraphs(opened)):
        _fill(paragraph, paper)
    section = opened.add_section(WD_SECTION.NEW_PAGE)
    for element in list(section._sectPr):
        if element.tag not in _SIZES:
            section._sectPr.remove(element)
    return opened


def values(paper: Paper) -> dict[str, str]:
    """Return what stands in each named place; a place without a value is left empty."""
    return dict(paper.places) | {
        "title": paper.title,
        "topic": paper.subtitle,
        "number": paper.origin.document,
        "body": paper.origin.body_name,
        "address": paper.origin.address,
        "logo": "",
    }


def _rename_styles(opened: Any) -> None:
    """Let the template's styles go by names of their own, beside those that the document needs."""
    root = opened.styles.element
    theirs = list(root.findall(f"{_W}style"))
    for style in theirs:
        style.set(f"{_W}styleId", f"Cover{style.get(f'{_W}styleId')}")
        style.attrib.pop(f"{_W}default", None)
        name = style.find(f"{_W}name")
        name.set(f"{_W}val", f"Cover {name.get(f'{_W}val')}")
    for part in (root, *_roots(opened)):
        for element in part.iter(*_NAMING):
            element.set(f"{_W}val", f"Cover{element.get(f'{_W}val')}")
    for style in word.Document().styles.element.findall(f"{_W}style"):
        root.append(deepcopy(style))


def _roots(opened: Any) -> Iterator[Any]:
    yield opened.element
    for section in opened.sections:
        for part in (section.header, section.footer):
            if not part.is_linked_to_previous:
                yield part._element


def _paragraphs(opened: Any) -> Iterator[Paragraph]:
    for root in _roots(opened):
        for element in root.iter(f"{_W}p"):
            yield Paragraph(element, opened)


def _fill(paragraph: Paragraph, paper: Paper) -> None:
    """Fill the places of a paragraph. A place may be spread over runs: the first one takes it."""
    if "{{" not in paragraph.text:
        return
    if paragraph.text.replace(" ", "") == "{{logo}}":
        _draw(paragraph, paper)
        return
    filled = cover.fill(paragraph.text, values(paper))
    first, *others = paragraph.runs
    first.text = filled
    for run in others:
        run.text = ""


def _draw(paragraph: Paragraph, paper: Paper) -> None:
    for run in paragraph.runs:
        run.text = ""
    if not paper.logo.data:
        return
    picture = io.BytesIO(base64.b64decode(paper.logo.data))
    shape = paragraph.add_run().add_picture(picture, width=word.shared.Mm(40))
    shape._inline.docPr.set("descr", paper.logo.alt)
