"""Every link of an edition leads to a place that exists: in the file, in the file beside it, or outside."""

import io
import re
import zipfile
from html.parser import HTMLParser

import pikepdf
import pytest
from lxml import etree

from consulta.core.paper import Paragraph, Span
from consulta.reports.renderers import volumes
from consulta.reports.renderers.render import RenderedFile, render
from tests.reports.renderers import specimens

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OUTSIDE = re.compile(r"https://consult\.example/[a-z]{2}/responses/[0-9-]+/")
#: Where links lead, and which places there are.
Found = tuple[list[str], set[str]]


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.links += [named["href"] or ""] if tag == "a" else []
        self.ids |= {named["id"] or ""} if "id" in named else set()


def of_html(data: bytes) -> Found:
    page = Page()
    page.feed(data.decode())
    return page.links, page.ids


def of_docx(data: bytes) -> Found:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        rels = etree.fromstring(package.read("word/_rels/document.xml.rels"))
    targets = {each.get("Id"): each.get("Target") for each in rels}
    links = [
        f"#{link.get(f'{W}anchor')}" if link.get(f"{W}anchor") else targets[link.get(f"{R}id")]
        for link in body.iter(f"{W}hyperlink")
    ]
    return links, {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}


def of_pdf(data: bytes) -> Found:
    links = []
    with pikepdf.open(io.BytesIO(data)) as document:
        pages = {page.objgen for page in document.pages}
        places = pikepdf.NameTree(document.Root.Names.Dests) if "/Names" in document.Root else {}
        named = {str(name): where for name, where in places.items()} if places else {}
        for page in document.pages:
            for note in page.get("/Annots", []):
                action = note.get("/A", {})
                if "/URI" in action:
                    links.append(str(action.URI))
                    continue
                place = note.get("/Dest", action.get("/D"))
                if not isinstance(place, pikepdf.Array):
                    place = named[str(place)]
                    place = place.D if isinstance(place, pikepdf.Dictionary) else place
                assert place[0].objgen in pages
                links.append("#page")
    return links, {"page"}


READ = {"html": of_html, "docx": of_docx, "pdf": of_pdf}


def broken(files: list[RenderedFile], kind: str) -> list[str]:
    """The links of *files* that lead nowhere; a place in another PDF is not looked for."""
    read = {file.name: READ[kind](file.data) for file in files}
    wrong = []
    for name, (links, _places) in read.items():
        for link in links:
            file, _hash, place = link.partition("#")
            there = read.get(file or name)
            if OUTSIDE.fullmatch(link) or (there and (not place or kind == "pdf")):
                continue
            if there is None or place not in there[1]:
                wrong.append(f"{name}: {link}")
    assert sum(len(links) for links, _places in read.values()) > 5
    return wrong


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_every_link_leads_somewhere(kind, language):
    assert broken(render(specimens.consolidated(language), kind), kind) == []


@pytest.mark.parametrize("kind", READ)
def test_every_link_of_an_index_and_its_volumes_leads_somewhere(kind, monkeypatch):
    monkeypatch.setattr(volumes, "RESPONSES", 2)
    citing = Paragraph(
        (
            Span("See "),
            Span("9001-000017", anchor="r-1", href=f"https://consult.example/en/responses/{1}/"),
            Span("9001-000057", anchor="r-5", href=f"https://consult.example/en/responses/{5}/"),
        )
    )
    paper = specimens.paper(citing, *specimens.compilation(5).blocks)
    files = render(paper, kind)
    assert len(files) == 4
    assert broken(files, kind) == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [("html", b'<a href="#gone">x</a><p id="here">' + b'<a href="#here">x</a>' * 6)],
)
def test_a_link_that_leads_nowhere_is_found(kind, data):
    assert broken([RenderedFile("a.html", data, "")], kind) == ["a.html: #gone"]
