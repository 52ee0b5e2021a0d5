"""The PDF editions: standards, languages, links, extraction, hostile texts, limits."""

import difflib
import io
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from consulta.core.paper import Paragraph, Span, Table, Words
from consulta.reports.renderers import copying
from consulta.reports.renderers.pdf import pdf
from tests.reports.renderers import hostile, specimens


def text_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def poppler(data: bytes) -> str:
    if not (program := shutil.which("pdftotext")):
        pytest.skip("pdftotext is not installed")
    return subprocess.run(
        [program, "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


def pictured(data: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(data) as document:
        return document[len(document) - 1].render(scale=2).to_pil().convert("L")


def normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    unsigned = re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", folded)
    return re.sub(r"[\s\ufffe]+", " ", unsigned).strip()


def tags(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


@pytest.fixture(scope="module")
def english() -> bytes:
    return pdf(specimens.consolidated("en"))


@pytest.fixture(scope="module")
def arabic() -> bytes:
    return pdf(specimens.consolidated("ar"))


def test_it_says_that_it_is_pdf_ua_1_and_pdf_a_3a(english):
    with tags(english) as document:
        about = document.open_metadata()
        found = {
            key: about.get(key) for key in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")
        }
        assert found == {"pdfuaid:part": "1", "pdfaid:part": "3", "pdfaid:conformance": "A"}
        assert document.Root.MarkInfo.Marked


def test_its_title_language_and_direction_are_said(arabic):
    with tags(arabic) as document:
        assert str(document.Root.Lang) == "ar"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert document.Root.ViewerPreferences.Direction == "/R2L"
        assert document.docinfo.Title == specimens.paper(language="ar").title


def test_each_part_names_its_language(english):
    with tags(english) as document:
        found = {
            str(o.Lang)
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and "/Lang" in o
        }
    assert {"en", "ar", "ru"} <= found
    assert any(code.startswith("zh") for code in found)


def test_every_page_has_its_number_and_from_the_second_on_the_running_title():
    made = pdf(specimens.compilation(12))
    with pypdfium2.PdfDocument(made) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert ("Sample body · SAMPLE-1/1-E" in text) == (number > 1)


def test_headings_and_responses_are_bookmarks(english):
    with tags(english) as document, document.open_outline() as outline:
        names = [item.title for item in outline.root]
        below = [child.title for item in outline.root for child in item.children]
    assert "Question 1: What keeps people from using the Internet?" in names
    assert "Responses not cited" in below


def test_a_citation_leads_into_the_file_or_to_its_address(english):
    actions = [
        note.get_object().get("/A", {})
        for page in pypdf.PdfReader(io.BytesIO(english)).pages
        for note in page.get("/Annots", [])
    ]
    assert "https://consult.example/en/responses/2/" in [action.get("/URI") for action in actions]
    assert len([note for note in actions if "/URI" not in note]) >= 3


def test_the_chart_has_words_for_those_who_do_not_see_it(english):
    with tags(english) as document:
        found = [
            str(o.Alt)
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
        ]
    assert "Bars: civil society 12, governments 4." in found


def test_tables_have_header_cells(english):
    with tags(english) as document:
        kinds = [
            str(o.S) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o
        ]
    assert kinds.count("/TH") >= 5
    assert {"/Table", "/TR", "/TD", "/H1", "/L"} <= set(kinds)


def likeness(source: str, language: str, read: Callable[[bytes], str] = text_of) -> float:
    """How much of *source*, printed in a report in *language*, is copied out as it was written."""
    made = pdf(specimens.paper(Paragraph((Span(source, language),)), language=language))
    copied, wanted = normal(read(made)), normal(source)
    start = copied.find(wanted[:12])  # text of the page stands before and after
    assert start >= 0
    window = copied[start : start + len(wanted)]
    return difflib.SequenceMatcher(None, window, wanted, autojunk=False).ratio()


def test_an_address_runs_to_its_last_stroke_and_is_copied_without_hidden_signs():
    address = "https://consult.example/ar/consultations/sample-islands-and-remote-areas/"
    said = f"انظر http://a.example/x/ ثم http://b.example/y/ ثم {address} هنا"
    cells = (Words("من"), Words("أين")), ((Words("هنا"), Words(address, "en")),)
    blocks = (Paragraph((Span(said),)), Table(Words("جدول"), *cells))
    copied = text_of(pdf(specimens.paper(*blocks, language="ar")))

    assert "\u200b" not in copied
    assert "/y/example.b://http" in copied  # pdfium tells words of other scripts back to front
    assert (
        copied.count("/remote-areas")
        + copied.count("areas-remote-and")
        + copied.count("remote-areas/")
    )


@pytest.mark.parametrize("language", specimens.LANGUAGES)
def test_text_copied_out_reads_as_it_was_written(language):
    assert likeness(specimens.TEXT[language], language) >= 0.98


@pytest.mark.parametrize("name", specimens.MARKED)
def test_words_with_marks_are_copied_out_as_they_were_written(name):
    """The typesetter sets marks apart and says each pair twice; see docs/adr/0110."""
    assert likeness(specimens.MARKED[name], "ar") >= 0.99
    assert likeness(specimens.MARKED[name], "ar", read=poppler) >= 0.98


def test_what_is_made_readable_looks_the_same(monkeypatch):
    paper = specimens.paper(
        *(Paragraph((Span(t),)) for t in specimens.MARKED.values()), language="ar"
    )
    mended = pdf(paper)
    monkeypatch.setattr(copying, "readable", lambda made: made)
    drawn = ImageChops.difference(pictured(mended), pictured(pdf(paper)))

    assert mended.count(b"/ActualText") == 0
    assert (
        sum(drawn.histogram()[100:]) < 0.0001 * drawn.width * drawn.height
    )  # hundredths of a point


def test_the_same_paper_gives_the_same_bytes():
    paper = specimens.compilation(3)
    assert pdf(paper) == pdf(paper)


def test_an_empty_report_says_so():
    assert "There is nothing to report." in text_of(pdf(specimens.paper()))


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
@pytest.mark.parametrize("name", hostile.TEXTS)
def test_no_text_stops_the_report(name, language):
    made = pdf(hostile.everywhere(hostile.TEXTS[name], language))
    assert made.startswith(b"%PDF")
    assert b"javascript:" not in made
    assert b"file:///" not in made


def test_what_cannot_be_drawn_is_shown_and_listed_at_the_end():
    made = text_of(pdf(specimens.paper(specimens.response(1, text="Good 👍👍"))))
    assert "[U+1F44D][U+1F44D]" in made
    assert re.search(r"\[U\+1F44D\]\s+THUMBS UP SIGN\s+4", made)


def test_markup_in_a_response_is_printed_not_run():
    made = normal(
        text_of(pdf(specimens.paper(specimens.response(1, text=hostile.TEXTS["markup"]))))
    )
    assert '#read("/etc/passwd") $x^2$ *b* <script>alert(1)</script>' in made


def test_a_drawn_table_may_have_more_rows_than_the_alphabet_has_letters():
    rows = tuple((Words(f"Row {n}"), Words(str(n))) for n in range(30))
    counts = tuple((n,) for n in range(30))
    drawn = Table(
        Words("Counts"), (Words("Row"), Words("All")), rows, (), counts, "As the table says"
    )
    text = normal(text_of(pdf(specimens.paper(drawn))))
    assert "AD Row 29" in text
