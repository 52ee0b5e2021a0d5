"""PDF/UA-1 and PDF/A-3a: rules checked by another hand than the typesetter's, and by our own eyes."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import page
import pikepdf
import pytest
from pikepdf import Dictionary, Name

from consulta.core.paper import Facts, Heading, NumberedList, Span, Words
from consulta.reports.renderers import volumes
from consulta.reports.renderers.data import data
from consulta.reports.renderers.pdf import pdf
from tests.reports.renderers import hostile, specimens

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)


def failures(made: bytes) -> list[str]:
    """The rules that *made* breaks, of all that the checker knows."""
    found = []
    for profile in PROFILES:
        report = page.validate_pdf_bytes(made, profile=profile)
        assert report.rules.total > 90
        found += [f"{failure.rule_id} {failure.message}" for failure in report.failures]
    if lengths_are_right(made):  # the checker takes data that end in a line end for shorter ones
        found = [each for each in found if "STREAM-LENGTH" not in each]
    return found


def lengths_are_right(made: bytes) -> bool:
    """Whether every stream is as long as it says and followed by the end of a line and `endstream`."""
    streams = list(
        re.finditer(rb"\d+ 0 obj\s*<<((?:(?!endobj).)*?)>>\s*stream\r?\n", made, re.DOTALL)
    )
    assert len(streams) > 5
    for stream in streams:
        length = re.search(rb"/Length (\d+)(?! \d+ R)", stream[1])
        assert length
        end = stream.end() + int(length[1])
        if not re.match(rb"\r?\nendstream", made[end : end + 11]):
            return False
    return True


def opened(made: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(made))


def tree(element: pikepdf.Object) -> Iterator[Dictionary]:
    """The elements of the structure tree, in reading order."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from tree(kid)


@pytest.fixture(scope="module", params=specimens.LANGUAGES)
def made(request) -> tuple[str, bytes]:
    return request.param, pdf(specimens.consolidated(request.param))


def test_another_checker_finds_no_broken_rule(made):
    assert failures(made[1]) == []


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_no_text_breaks_a_rule(name):
    assert failures(pdf(hostile.everywhere(hostile.TEXTS[name], "ar"))) == []


def test_an_index_of_volumes_and_a_volume_keep_the_rules(monkeypatch):
    monkeypatch.setattr(volumes, "RESPONSES", 2)
    first, second, *_ = volumes.volumes(specimens.compilation(3, "ar"))
    assert failures(pdf(first.paper, first.place)) + failures(pdf(second.paper, second.place)) == []


def unmarked(document: pikepdf.Pdf) -> None:
    del document.Root["/MarkInfo"]


def without_relationship(document: pikepdf.Pdf) -> None:
    del document.Root.AF[0]["/AFRelationship"]


def without_words(document: pikepdf.Pdf) -> None:
    for element in tree(document.Root.StructTreeRoot):
        if str(element.S) == "/Figure":
            del element["/Alt"]


def with_a_gap(document: pikepdf.Pdf) -> None:
    for element in tree(document.Root.StructTreeRoot):
        if str(element.S) == "/H3":
            element["/S"] = Name("/H5")


def without_letters(document: pikepdf.Pdf) -> None:
    for each in document.objects:
        if isinstance(each, Dictionary) and "/ToUnicode" in each:
            del each["/ToUnicode"]


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        (unmarked, "Marked"),
        (without_relationship, "AFRelationship"),
        (without_words, "FIGURE-ALTERNATIVE-TEXT"),
        (with_a_gap, "HEADING-NESTING"),
        (without_letters, "UNICODE-MAPPING"),
    ],
)
def test_the_checker_finds_what_is_broken(broken, rule):
    whole = io.BytesIO()
    with opened(pdf(specimens.consolidated())) as document:
        broken(document)
        document.save(whole)
    assert any(rule in failure for failure in failures(whole.getvalue()))


def test_the_catalogue_says_what_readers_must_know(made):
    language, whole = made
    with opened(whole) as document:
        root, about = document.Root, document.open_metadata()
        assert root.MarkInfo.Marked
        assert "/StructTreeRoot" in root
        assert str(root.Lang).split("-")[0] == language
        assert root.ViewerPreferences.DisplayDocTitle
        assert about["dc:title"] == specimens.paper(language=language).title
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
        assert about["pdfuaid:part"] == "1"
        assert [str(intent.S) for intent in root.OutputIntents] == ["/GTS_PDFA1"]


def test_headings_come_in_order_and_pictures_have_words(made):
    with opened(made[1]) as document:
        elements = list(tree(document.Root.StructTreeRoot))
        levels = [
            int(str(e.S)[2:]) for e in elements if str(e.S)[1:2] == "H" and str(e.S)[2:].isdigit()
        ]
        assert levels[0] == 1
        assert len(levels) > 10
        assert all(after <= before + 1 for before, after in pairwise(levels))
        figures = [str(e.get("/Alt", "")) for e in elements if str(e.S) == "/Figure"]
        assert figures
        assert all(figures)


def test_every_font_stands_in_the_file_with_its_letters(made):
    with opened(made[1]) as document:
        fonts = [
            o for o in document.objects if isinstance(o, Dictionary) and o.get("/Type") == Name.Font
        ]
        parents = [font for font in fonts if "/DescendantFonts" in font]
        assert parents
        assert all("/ToUnicode" in font for font in parents)
        for font in parents:
            (descendant,) = font.DescendantFonts
            descriptor = descendant.FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys())


def test_the_data_of_the_document_are_inside():
    facts = Facts(2, "2026-10-04T11:20:00+00:00", "CH", "civil-society", "web")
    paper = specimens.paper(
        Heading(1, Words("x\x00"), "h"),
        NumberedList(((Span("Good 👍"),),)),
        replace(specimens.response(1), facts=facts),
    )
    with opened(pdf(paper)) as document:
        assert list(document.attachments) == ["SAMPLE-1-1-E.json"]
        (attached,) = document.attachments.values()
        assert attached.get_file().read_bytes() == data(paper)
        assert attached.get_file().mime_type == "application/json"
        assert attached.relationship == Name.Data


def test_a_volume_holds_its_own_data(monkeypatch):
    monkeypatch.setattr(volumes, "RESPONSES", 2)
    _, _, last = volumes.volumes(specimens.compilation(3))
    with opened(pdf(last.paper, last.place)) as document:
        (attached,) = document.attachments.values()
        told = attached.get_file().read_bytes()
    assert told == data(last.paper)
    assert b"9001-000037" in told
    assert b"9001-000017" not in told
