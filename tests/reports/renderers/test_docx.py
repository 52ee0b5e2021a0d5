"""The DOCX editions: languages, direction, links, properties, hostile texts; LibreOffice opens them."""

import io
import shutil
import subprocess
import time
import zipfile

import docx as word
import pypdfium2
import pytest
from lxml import etree

from consulta.reports.renderers import docx_columns
from consulta.reports.renderers.docx import docx
from tests.reports.renderers import hostile, specimens

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = shutil.which("soffice")


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def texts(data: bytes) -> str:
    return "\n".join(node.text or "" for node in part(data).iter(f"{W}t"))


def test_an_arabic_report_runs_from_right_to_left():
    made = docx(specimens.consolidated("ar"))
    root, styles = part(made), part(made, "word/styles.xml")
    assert root.find(f".//{W}sectPr/{W}bidi") is not None
    assert len(root.findall(f".//{W}tbl/{W}tblPr/{W}bidiVisual")) == len(root.findall(f".//{W}tbl"))
    defaults = styles.find(f"{W}docDefaults//{W}lang")
    assert defaults.get(f"{W}bidi") == "ar-SA"
    arabic = [run for run in root.iter(f"{W}r") if run.find(f"{W}rPr/{W}rtl") is not None]
    assert any(specimens.TEXT["ar"] in "".join(run.itertext()) for run in arabic)


def test_every_run_of_words_names_its_language():
    root = part(docx(specimens.compilation(6)))
    runs = [run for run in root.iter(f"{W}r") if run.find(f"{W}t") is not None]
    named = [run.find(f"{W}rPr/{W}lang") for run in runs]
    assert None not in named
    values = {value for lang in named for value in lang.attrib.values()}
    assert values == {"ar-SA", "en-GB", "es-ES", "fr-FR", "ru-RU", "zh-CN"}


@pytest.mark.parametrize(
    ("heads", "size"),
    [
        (("Group", "Government", "Intergovernmental"), 19),
        (("Group", "Government", "Private sector", "Civil society", "Intergovernmental organisation",
          "Technical community", "Academia"), 18),
    ],
)  # fmt: skip
def test_no_word_of_a_table_is_broken_in_two(heads, size):
    found = docx_columns.fitted([heads], (1,) * len(heads), 9070)
    letter = docx_columns.LETTER * found.size // docx_columns.SIZE
    longest = [max(map(len, head.split())) for head in heads]

    assert found.size == size
    assert not found.is_tight
    assert all(
        wide >= letter * n + docx_columns.FREE
        for wide, n in zip(found.widths, longest, strict=True)
    )


def test_where_there_is_no_room_the_longest_words_are_parted_between_syllables():
    heads = ("Межправительственные организации", "Да", *("Неправительственные",) * 7)
    found = docx_columns.fitted([heads], (1,) * 9, 9070)

    assert found.is_tight
    assert sum(found.widths) <= 9070
    assert min(found.widths) == found.widths[1] >= docx_columns.CYRILLIC + docx_columns.FREE
    assert "пра\u00adви\u00adтельствен\u00adные" in docx_columns.breakable(heads[0])


def test_citations_and_contents_lead_to_bookmarks_and_addresses():
    made = docx(specimens.consolidated())
    root = part(made)
    marks = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    assert len(marks) == len(set(marks))
    links = list(root.iter(f"{W}hyperlink"))
    inside = {link.get(f"{W}anchor") for link in links} - {None}
    assert inside
    assert inside <= set(marks)
    targets = {r.get("Target") for r in part(made, "word/_rels/document.xml.rels")}
    assert "https://consult.example/en/responses/2/" in targets


def test_the_contents_are_filled_in_before_anybody_updates_them():
    root = part(docx(specimens.consolidated()))
    entries = [
        p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='Toc1']") is not None
    ]
    assert ["".join(p.itertext(f"{W}t")) for p in entries] == [
        "Question 1: What keeps people from using the Internet?"
    ]


def test_each_entry_of_the_contents_asks_for_the_page_of_its_heading():
    root = part(docx(specimens.consolidated()))
    marks = {mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")}
    [asked] = [text.text.split() for text in root.iter(f"{W}instrText")]
    assert (asked[0], asked[2]) == ("PAGEREF", "\\h")
    assert asked[1] in marks
    begins = root.findall(f".//{W}fldChar[@{W}fldCharType='begin']")
    assert [begin.get(f"{W}dirty") for begin in begins] == ["true"]  # Word numbers it when it opens


def test_the_name_and_details_of_a_response_stay_with_its_first_answer():
    body = part(docx(specimens.compilation(2))).find(f"{W}body")
    for table in body.iterfind(f"{W}tbl"):
        styles = {p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for p in table.iter(f"{W}p")}
        if styles != {"Detail"}:
            continue
        after = table.getnext()
        assert all(p.find(f"{W}pPr/{W}keepNext") is not None for p in (*table.iter(f"{W}p"), after))


def test_its_properties_name_the_report_and_nobody():
    made = docx(specimens.consolidated("ar"))
    properties = word.Document(io.BytesIO(made)).core_properties
    assert (properties.title, properties.language) == (
        specimens.paper(language="ar").title,
        "ar-SA",
    )
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert b"python-docx" not in b"".join(
        zipfile.ZipFile(io.BytesIO(made)).read(name)
        for name in ("docProps/core.xml", "docProps/app.xml")
    )


def test_the_title_has_no_letter_spacing():
    styles = part(docx(specimens.consolidated("ar")), "word/styles.xml")
    (title,) = styles.findall(f"{W}style[@{W}styleId='Title']")
    assert title.find(f"{W}rPr/{W}spacing").get(f"{W}val") == "0"


def test_the_same_paper_gives_the_same_bytes():
    assert docx(specimens.consolidated()) == docx(specimens.consolidated())


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_no_text_stops_the_report(name):
    made = docx(hostile.everywhere(hostile.TEXTS[name], "ar"))
    assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert b"javascript:" not in package.read("word/_rels/document.xml.rels")


def test_markup_in_a_response_is_printed_not_run():
    assert hostile.TEXTS["markup"] in texts(docx(hostile.everywhere(hostile.TEXTS["markup"])))


def test_an_empty_report_says_so():
    assert "There is nothing to report." in texts(docx(specimens.paper()))


def test_ten_times_the_responses_take_about_ten_times_as_long():
    def seconds(count: int) -> float:
        start = time.process_time()
        docx(specimens.compilation(count))
        return time.process_time() - start

    seconds(5)
    few, many = min(seconds(40), seconds(40)), seconds(400)
    assert many < 25 * few  # quadratic would be 100


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: the DOCX was not opened")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_libreoffice_opens_it(language, tmp_path):
    (tmp_path / "paper.docx").write_bytes(docx(specimens.consolidated(language)))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path]
    subprocess.run(
        [*command, tmp_path / "paper.docx"], check=True, timeout=120, capture_output=True
    )
    with pypdfium2.PdfDocument(tmp_path / "paper.pdf") as made:
        words = "".join(page.get_textpage().get_text_bounded() for page in made)
        assert len(made) >= 3
    assert "9001-000017" in words
