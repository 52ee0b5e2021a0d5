"""A questionnaire goes out as DOCX, is filled in, and is read back."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from consulta.adapters.questionnaires import reading, tags, writing
from consulta.adapters.questionnaires.tags import W
from consulta.core.questionnaire import Asked, AskedQuestion, FilledIn, Questionnaire

ASKED = {
    "0": ["On the whole"],
    "1": ["What stands in the way?", "ما العقبات؟"],
    "2": ["What has helped?"],
    "organisation": ["Organisation", "المنظمة"],
    "stakeholder_group": ["Group"],
}
PARTICULARS = {"organisation": "Sample Union", "stakeholder_group": "Civil society"}
ANSWERS = {1: "Price.\nAnd distance.", 0: "في المجمل، جيد"}


def questionnaire(language: str = "en", first: str = "What stands in the way?") -> Questionnaire:
    return Questionnaire(
        consultation="islands", language=language, title="Questionnaire <&>", lead="Answer.",
        particulars_heading="Who", questions_heading="Questions", choose_here="One of:",
        particulars=(
            Asked("organisation", "Organisation"),
            Asked("stakeholder_group", "Group", (("civil-society", "Civil society"),)),
        ),
        questions=(
            AskedQuestion(1, first, language),
            AskedQuestion(2, "What has helped?", "en"),
            AskedQuestion(0, "On the whole", "en"),
        ),
    )  # fmt: skip


def filled(data: bytes, said: dict[str, str], target: Path, *, keep_bookmarks: bool = True) -> Path:
    """*data* as a word processor saves it after somebody wrote into its cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = _written(part, said, keep_bookmarks=keep_bookmarks)
            made.writestr(name, part)
    return target


def _written(part: bytes, said: dict[str, str], *, keep_bookmarks: bool) -> bytes:
    root = etree.fromstring(part)
    for mark in list(root.iter(W + "bookmarkStart")):
        paragraph = mark.getparent()
        name = mark.get(W + "name").removeprefix(tags.PREFIX)
        first, *others = said.get(name, "").split("\n")
        etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = first
        for line in reversed(others):
            more = etree.Element(W + "p")
            etree.SubElement(etree.SubElement(more, W + "r"), W + "t").text = line
            paragraph.addnext(more)
        if not keep_bookmarks:
            paragraph.remove(mark)
    return etree.tostring(root)


SAID = {
    "1": "Price.\nAnd distance.",
    "0": "في المجمل، جيد",
    "organisation": "Sample Union",
    "stakeholder_group": "Civil society",
}


def test_what_was_written_into_the_cells_comes_back(tmp_path):
    path = filled(writing.write(questionnaire()), SAID, tmp_path / "form.docx")
    assert reading.read(path, ASKED) == FilledIn(
        consultation="islands",
        language="en",
        particulars=PARTICULARS,
        answers=ANSWERS,
    )


@pytest.mark.parametrize(("language", "first"), [("en", ASKED["1"][0]), ("ar", ASKED["1"][1])])
def test_a_file_whose_bookmarks_were_lost_is_read_by_its_headings(tmp_path, language, first):
    data = writing.write(questionnaire(language, first))
    path = filled(data, SAID, tmp_path / "form.docx", keep_bookmarks=False)
    found = reading.read(path, ASKED)
    assert found is not None
    assert (found.answers, found.particulars) == (ANSWERS, PARTICULARS)


def test_a_form_that_nobody_filled_in_and_other_files_are_no_answer(tmp_path):
    empty = tmp_path / "form.docx"
    empty.write_bytes(writing.write(questionnaire()))
    other = tmp_path / "letter.docx"
    letter = docx.Document()
    letter.add_paragraph("A letter.")
    letter.save(other)
    text = tmp_path / "text.docx"
    text.write_bytes(b"no DOCX")
    found, *others = [reading.read(path, ASKED) for path in (empty, other, text)]
    assert others == [None, None]
    assert found is not None
    assert found.is_blank


def test_a_blank_form_is_told_when_another_program_saved_it_and_lost_our_marks(tmp_path):
    path = filled(writing.write(questionnaire()), {}, tmp_path / "form.docx", keep_bookmarks=False)
    document = docx.Document(str(path))
    document.core_properties.identifier = ""
    document.save(str(path))
    found = reading.read(path, ASKED)
    assert found is not None
    assert found.is_blank


def test_the_form_in_arabic_runs_from_right_to_left():
    data = writing.write(questionnaire("ar", ASKED["1"][1]))
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        root = etree.fromstring(made.read("word/document.xml"))
    title = next(root.iter(W + "p"))
    assert title.find(f"{W}pPr/{W}bidi") is not None
    assert title.find(f"{W}r/{W}rPr/{W}rtl") is not None


@pytest.mark.skipif(shutil.which("soffice") is None, reason="NO LIBREOFFICE HERE")
def test_libreoffice_keeps_what_was_written(tmp_path):
    source = filled(writing.write(questionnaire()), SAID, tmp_path / "form.docx")
    (tmp_path / "out").mkdir()
    subprocess.run(
        [
            "soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to", "docx", "--outdir", str(tmp_path / "out"), str(source),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    found = reading.read(tmp_path / "out" / "form.docx", ASKED)
    assert found is not None
    assert (found.answers, found.particulars) == (ANSWERS, PARTICULARS)
