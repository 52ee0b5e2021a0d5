"""Lays a paper out as DOCX. The body is written as WordprocessingML text and parsed once.

python-docx's own paragraphs take quadratic time: 2,000 responses were not finished in 400 seconds.
"""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx as word
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from consulta.core.paper import Paper
from consulta.reports.renderers import docx_cover, replaced
from consulta.reports.renderers import docx_look as look
from consulta.reports.renderers.docx_body import Body
from consulta.reports.renderers.plain import cleaned

_EPOCH = (1980, 1, 1, 0, 0, 0)


def docx(paper: Paper, volume: str = "") -> bytes:
    """Return *paper* as a Word document; the same paper gives the same bytes.

    *volume* names the part ("Volume 2 of 5") where there are several.
    """
    paper = cleaned(replaced.listed(paper, replaced.of(paper, "docx")))
    document = docx_cover.document(paper)
    _set_styles(document, paper)
    _set_frame(document, paper)
    _set_properties(document, paper)
    body = Body(paper, volume)
    _fill(document, parse_xml(body.xml()), body.addresses)
    written = io.BytesIO()
    document.save(written)
    return _timeless(written.getvalue())


def _fill(document: Any, made: Any, addresses: dict[str, str]) -> None:
    """Put the parsed blocks before the section's own settings, and name every outside address."""
    section = document.element.body.sectPr
    for element in list(made):
        section.addprevious(element)
    for address, identity in addresses.items():
        document.part.rels.add_relationship(
            RELATIONSHIP_TYPE.HYPERLINK, address, identity, is_external=True
        )


def _set_styles(document: Any, paper: Paper) -> None:
    root = document.styles.element
    old = root.find(f"{{{look.W}}}docDefaults")
    root.replace(old, parse_xml(look.defaults(paper)))
    for text in (*look.styles(right_to_left=paper.direction == "rtl"), look.HYPERLINK):
        style = parse_xml(text)
        identity = style.get(f"{{{look.W}}}styleId")
        for same in root.xpath(f"w:style[@w:styleId='{identity}']"):
            root.remove(same)
        root.append(style)


def _set_frame(document: Any, paper: Paper) -> None:
    """Set page size, direction, header and footer."""
    section = document.sections[-1]
    section.page_width, section.page_height = word.shared.Mm(210), word.shared.Mm(297)
    section.left_margin = section.right_margin = word.shared.Mm(25)
    section.top_margin, section.bottom_margin = word.shared.Mm(28), word.shared.Mm(24)
    if paper.direction == "rtl":
        section._sectPr.append(parse_xml(f"<w:bidi {look.NAMESPACES}/>"))
    parts = [(section.header, Body(paper).running()), (section.footer, look.footer(paper))]
    if not paper.cover:  # the first page has the title itself
        section.different_first_page_header_footer = True
        parts.append((section.first_page_footer, look.footer(paper)))
    for part, text in parts:
        part.is_linked_to_previous = False
        part._element.replace(part.paragraphs[0]._element, parse_xml(text))


def _set_properties(document: Any, paper: Paper) -> None:
    """Set the document's properties: its title and date; nobody's name."""
    properties = document.core_properties
    properties.title = (paper.title or paper.running)[:255]
    properties.subject = paper.subtitle[:255]
    properties.language = look.tag(paper.language)
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = datetime.fromisoformat(paper.dated).replace(
        tzinfo=UTC
    )
    properties.revision = 1
    relations = document.part.package.rels
    for identity in [key for key, rel in relations.items() if rel.reltype.endswith("/thumbnail")]:
        del relations[identity]


def _timeless(data: bytes) -> bytes:
    """Return the same package without the time at which it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
