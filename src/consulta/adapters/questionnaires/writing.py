"""Write a questionnaire as DOCX: a form that Word and LibreOffice fill in, and a plain text elsewhere.

Every answer is a content control inside a frame of one cell: a program that drops the control keeps the
cell, and the heading above it still says which question it answers.
"""

import io
from html import escape

import docx
from docx.document import Document
from docx.oxml import parse_xml

from consulta.adapters.questionnaires import tags
from consulta.core.languages import direction
from consulta.core.questionnaire import Asked, AskedQuestion, Questionnaire

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_LINE = 'w:val="single" w:sz="6" w:space="0" w:color="8A94A3"'
_WIDE = 9300  # twentieths of a point: the width of the text


def write(asked: Questionnaire) -> bytes:
    """The bytes of the file. The same words give the same document."""
    document = docx.Document()
    _name(document, asked)
    rtl = direction(asked.language) == "rtl"
    pen = _Pen(document, rtl=rtl)
    pen.heading(asked.title, 1)
    pen.text(asked.lead)
    pen.heading(asked.particulars_heading, 2)
    for particular in asked.particulars:
        pen.label(particular.label)
        pen.field(_particular(particular, asked, rtl=rtl))
    pen.heading(asked.questions_heading, 2)
    for question in asked.questions:
        pen.heading(_numbered(question), 3, rtl=direction(question.language) == "rtl")
        pen.field(_control(f"{tags.ANSWER}{question.number}", _hint(asked.write_here, rtl)))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _name(document: Document, asked: Questionnaire) -> None:
    """Say in the file's own properties which consultation it belongs to."""
    properties = document.core_properties
    properties.title, properties.author = asked.title, ""
    properties.identifier = tags.document(asked.consultation, asked.language)
    properties.language = asked.language


def _numbered(question: AskedQuestion) -> str:
    return f"{question.number}. {question.text}" if question.number else question.text


class _Pen:
    """Writes one block after the other, in the direction of the language."""

    def __init__(self, document: Document, *, rtl: bool) -> None:
        self.body, self.rtl = document.element.body, rtl
        self.end = self.body.sectPr

    def heading(self, text: str, level: int, *, rtl: bool | None = None) -> None:
        """A heading of *level* 1 to 3."""
        self._add(_paragraph(text, self.rtl if rtl is None else rtl, f"Heading{level}"))

    def text(self, text: str) -> None:
        """A paragraph."""
        self._add(_paragraph(text, self.rtl))

    def label(self, text: str) -> None:
        """The name of a field, above it."""
        self._add(_paragraph(text, self.rtl, bold=True))

    def field(self, control: str) -> None:
        """A framed cell with *control* in it, and a line of air beneath."""
        bidi = "<w:bidiVisual/>" if self.rtl else ""
        sides = "".join(f"<w:{side} {_LINE}/>" for side in ("top", "left", "bottom", "right"))
        self._add(
            f"<w:tbl {_NS}><w:tblPr>{bidi}<w:tblW w:w='{_WIDE}' w:type='dxa'/>"
            f"<w:tblBorders>{sides}</w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w='{_WIDE}'/>"
            f"</w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w='{_WIDE}' w:type='dxa'/></w:tcPr>"
            f"{control}</w:tc></w:tr></w:tbl>"
        )
        self._add(_paragraph("", self.rtl))

    def _add(self, xml: str) -> None:
        element = parse_xml(xml)
        if self.end is None:
            self.body.append(element)
        else:
            self.end.addprevious(element)


def _particular(asked: Asked, form: Questionnaire, *, rtl: bool) -> str:
    tag = f"{tags.PARTICULAR}{asked.name}"
    if not asked.options:
        return _control(tag, _hint(form.write_here, rtl))
    items = "".join(
        f'<w:listItem w:displayText="{escape(words)}" w:value="{escape(code)}"/>'
        for code, words in asked.options
    )
    return _control(
        tag, _hint(form.choose_here, rtl), kind=f"<w:dropDownList>{items}</w:dropDownList>"
    )


def _control(tag: str, content: str, *, kind: str = "") -> str:
    """A content control that shows its hint until something is written."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escape(tag)}"/><w:tag w:val="{escape(tag)}"/>'
        f"<w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _hint(words: str, rtl: bool) -> str:
    return _paragraph(words, rtl, color="5A6472", named=False)


def _paragraph(
    text: str,
    rtl: bool,
    style: str = "",
    *,
    bold: bool = False,
    color: str = "",
    named: bool = True,
) -> str:
    bidi = "<w:bidi/>" if rtl else ""
    chosen = f'<w:pStyle w:val="{style}"/>' if style else ""
    ink = f'<w:color w:val="{color}"/>' if color else ""
    weight = "<w:b/><w:bCs/>" if bold else ""
    right = "<w:rtl/>" if rtl else ""
    names = f" {_NS}" if named else ""
    run = (
        f"<w:r><w:rPr>{weight}{ink}{right}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        if text
        else ""
    )
    return f"<w:p{names}><w:pPr>{chosen}{bidi}</w:pPr>{run}</w:p>"
