"""Write a questionnaire as DOCX: a frame of one cell for every answer, filled in by any word processor.

A bookmark names each cell. Where a program drops the bookmark, the words above the cell still say which
answer it holds. Content controls were tried and set aside: LibreOffice 7.4 loses their tags and writes
right-to-left text into them several times over.
"""

import io
from html import escape

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.shared import Mm

from consulta.adapters.questionnaires import tags
from consulta.core.languages import direction
from consulta.core.questionnaire import Asked, AskedQuestion, Questionnaire

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LINE = 'w:val="single" w:sz="6" w:space="0" w:color="8A94A3"'
_WIDE = 9638  # twentieths of a point: A4 between margins of 20 mm
_NARROW = 700
_MARGIN = Mm(20)
_TALL = {"particular": 400, "answer": 1800}  # twentieths of a point, and more as it fills


def write(asked: Questionnaire) -> bytes:
    """The bytes of the file."""
    document = docx.Document()
    _page(document, asked)
    pen = _Pen(document, rtl=direction(asked.language) == "rtl")
    pen.heading(asked.title, 1)
    pen.text(asked.lead)
    pen.heading(asked.particulars_heading, 2)
    for particular in asked.particulars:
        pen.label(particular.label)
        _options(pen, particular, asked.choose_here)
        pen.cell(particular.name, "particular")
    pen.heading(asked.questions_heading, 2)
    for question in asked.questions:
        pen.heading(_numbered(question), 3, rtl=direction(question.language) == "rtl")
        if question.options:
            pen.text(question.hint)
            pen.options(question)
        pen.cell(str(question.number), "answer")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _options(pen: "_Pen", asked: Asked, one_of: str) -> None:
    if asked.options:
        pen.text(f"{one_of} {' · '.join(words for _code, words in asked.options)}")


def _page(document: Document, asked: Questionnaire) -> None:
    """A4, and in the file's own properties which consultation it belongs to."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    properties = document.core_properties
    properties.title, properties.author, properties.comments = asked.title, "", ""
    properties.identifier = tags.document(asked.consultation, asked.language)
    properties.language = asked.language


def _numbered(question: AskedQuestion) -> str:
    return f"{question.number}. {question.text}" if question.number else question.text


class _Pen:
    """Writes one block after the other, in the direction of the language."""

    def __init__(self, document: Document, *, rtl: bool) -> None:
        self.rtl, self.cells = rtl, 0
        self.end = document.element.body.sectPr

    def heading(self, text: str, level: int, *, rtl: bool | None = None) -> None:
        """A heading of *level* 1 to 3."""
        self._paragraph(text, f'<w:pStyle w:val="Heading{level}"/>', rtl=rtl)

    def text(self, text: str) -> None:
        """A paragraph."""
        self._paragraph(text)

    def label(self, text: str) -> None:
        """The name of a field, above it."""
        self._paragraph(text, "<w:keepNext/>", weight="<w:b/><w:bCs/>")

    def cell(self, name: str, kind: str) -> None:
        """A framed cell for what *name* asks, and a line of air beneath."""
        self.cells += 1
        sides = "".join(f"<w:{side} {_LINE}/>" for side in ("top", "left", "bottom", "right"))
        bidi = "<w:bidiVisual/>" if self.rtl else ""
        mark = f'<w:bookmarkStart w:id="{self.cells}" w:name="{tags.PREFIX}{name}"/>'
        self._add(
            f'<w:tbl {_NS}><w:tblPr>{bidi}<w:tblW w:w="{_WIDE}" w:type="dxa"/>'
            f"<w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
            f'<w:tblGrid><w:gridCol w:w="{_WIDE}"/></w:tblGrid>'
            f'<w:tr><w:trPr><w:trHeight w:val="{_TALL[kind]}" w:hRule="atLeast"/></w:trPr>'
            f'<w:tc><w:tcPr><w:tcW w:w="{_WIDE}" w:type="dxa"/></w:tcPr>'
            f'<w:p><w:pPr>{self._side(None)}</w:pPr>{mark}<w:bookmarkEnd w:id="{self.cells}"/></w:p>'
            "</w:tc></w:tr></w:tbl>"
        )
        self._paragraph("")

    def options(self, question: AskedQuestion) -> None:
        """A row for each option: a cell for the mark, then its words."""
        sides = "".join(
            f"<w:{side} {_LINE}/>"
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        bidi = "<w:bidiVisual/>" if self.rtl else ""
        rows = "".join(
            self._option(tags.option(question.number, place), *option)
            for place, option in enumerate(question.options, start=1)
        )
        self._add(
            f'<w:tbl {_NS}><w:tblPr>{bidi}<w:tblW w:w="{_WIDE}" w:type="dxa"/>'
            f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
            f'<w:tblGrid><w:gridCol w:w="{_NARROW}"/><w:gridCol w:w="{_WIDE - _NARROW}"/></w:tblGrid>'
            f"{rows}</w:tbl>"
        )
        self._paragraph("")

    def _option(self, name: str, words: str, language: str) -> str:
        self.cells += 1
        mark = f'<w:bookmarkStart w:id="{self.cells}" w:name="{tags.PREFIX}{name}"/>'
        rtl = direction(language) == "rtl"
        run = f"<w:r><w:rPr>{'<w:rtl/>' if rtl else ''}</w:rPr><w:t>{escape(words)}</w:t></w:r>"
        return (
            f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{_NARROW}" w:type="dxa"/>'
            f'</w:tcPr><w:p><w:pPr><w:jc w:val="center"/></w:pPr>{mark}'
            f'<w:bookmarkEnd w:id="{self.cells}"/></w:p></w:tc>'
            f'<w:tc><w:tcPr><w:tcW w:w="{_WIDE - _NARROW}" w:type="dxa"/></w:tcPr>'
            f"<w:p><w:pPr>{self._side(rtl)}</w:pPr>{run}</w:p></w:tc></w:tr>"
        )

    def _side(self, rtl: bool | None) -> str:
        return "<w:bidi/>" if (self.rtl if rtl is None else rtl) else ""

    def _paragraph(
        self, text: str, style: str = "", *, weight: str = "", rtl: bool | None = None
    ) -> None:
        bidi = self._side(rtl)
        right = "<w:rtl/>" if bidi else ""
        words = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
        run = f"<w:r><w:rPr>{weight}{right}</w:rPr>{words}</w:r>" if text else ""
        self._add(f"<w:p {_NS}><w:pPr>{style}{bidi}</w:pPr>{run}</w:p>")

    def _add(self, xml: str) -> None:
        self.end.addprevious(parse_xml(xml))
