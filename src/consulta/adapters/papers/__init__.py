"""A member's paper as a file that every word processor opens."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from consulta.core.languages import direction
from consulta.core.light_text import Kind, blocks

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = {Kind.LIST: "List Bullet", Kind.NUMBERED: "List Number"}


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands in it: *head* is pairs of label and value, above the title."""

    language: str
    head: Sequence[tuple[str, str]]
    title: str
    text: str


def write(paper: Paper) -> bytes:
    """Return the bytes of the file; it names nobody but those who stand in its words."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    pen = _Pen(document, rtl=direction(paper.language) == "rtl")
    for label, value in paper.head:
        pen.put(f"{label}: {value}")
    pen.put(paper.title, "Heading 1")
    for block in blocks(paper.text):
        if block.kind == Kind.HEADING:
            pen.put(block.lines[0], f"Heading {min(block.level + 1, 4)}")
        elif block.kind == Kind.PARAGRAPH:
            pen.put("\n".join(block.lines))
        else:
            for line in block.lines:
                pen.put(line, _STYLES[block.kind])
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", paper.title[:255], ""
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


class _Pen:
    """Writes paragraphs in one direction."""

    def __init__(self, document: Document, *, rtl: bool) -> None:
        self._document, self._rtl = document, rtl

    def put(self, text: str, style: str = "") -> Paragraph:
        """Write a paragraph."""
        paragraph = self._document.add_paragraph(style=style or None)
        paragraph.add_run(text)
        if self._rtl:
            paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:bidi {_NS}/>"))
            for run in paragraph.runs:
                run._r.get_or_add_rPr().append(parse_xml(f"<w:rtl {_NS}/>"))
        return paragraph
