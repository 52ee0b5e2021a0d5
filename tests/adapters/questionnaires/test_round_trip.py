"""A questionnaire goes out as DOCX, is filled in, and is read back."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from consulta.adapters.questionnaires import reading, writing
from consulta.adapters.questionnaires.tags import W
from consulta.core.questionnaire import Asked, AskedQuestion, FilledIn, Questionnaire

ASKED = {
    0: ["On the whole"],
    1: ["What stands in the way?", "ما العقبات؟"],
    2: ["What has helped?"],
}


def questionnaire(language: str = "en", first: str = "What stands in the way?") -> Questionnaire:
    return Questionnaire(
        consultation="islands", language=language, title="Questionnaire <&>", lead="Answer.",
        particulars_heading="Who", questions_heading="Questions", write_here="Write here",
        choose_here="Choose",
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


def filled(data: bytes, said: dict[str, str], target: Path, *, keep_controls: bool = True) -> Path:
    """*data* as a word processor saves it after somebody wrote into its fields."""
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                part = _written(part, said, keep_controls=keep_controls)
            made.writestr(name, part)
    return target


def _written(part: bytes, said: dict[str, str], *, keep_controls: bool) -> bytes:
    root = etree.fromstring(part)
    for control in list(root.iter(W + "sdt")):
        tag = control.find(f"{W}sdtPr/{W}tag").get(W + "val")
        content = control.find(W + "sdtContent")
        if tag in said:
            hint = control.find(f"{W}sdtPr/{W}showingPlcHdr")
            hint.getparent().remove(hint)
            content[:] = []
            for line in said[tag].split("\n"):
                run = etree.SubElement(etree.SubElement(content, W + "p"), W + "r")
                etree.SubElement(run, W + "t").text = line
        elif not keep_controls:
            for text in content.iter(W + "t"):
                text.text = ""
        if not keep_controls:
            parent, place = control.getparent(), control.getparent().index(control)
            parent[place : place + 1] = list(content)
    return etree.tostring(root)


SAID = {
    "consulta:answer:1": "Price.\nAnd distance.",
    "consulta:answer:0": "في المجمل، جيد",
    "consulta:particular:organisation": "Sample Union",
    "consulta:particular:stakeholder_group": "Civil society",
}


def test_what_was_written_into_the_fields_comes_back_and_hints_do_not(tmp_path):
    path = filled(writing.write(questionnaire()), SAID, tmp_path / "form.docx")
    assert reading.read(path, ASKED) == FilledIn(
        consultation="islands",
        language="en",
        particulars={"organisation": "Sample Union", "stakeholder_group": "Civil society"},
        answers={1: "Price.\nAnd distance.", 0: "في المجمل، جيد"},
    )


@pytest.mark.parametrize(("language", "first"), [("en", ASKED[1][0]), ("ar", ASKED[1][1])])
def test_a_file_whose_fields_were_lost_is_read_by_its_headings(tmp_path, language, first):
    data = writing.write(questionnaire(language, first))
    path = filled(data, SAID, tmp_path / "form.docx", keep_controls=False)
    found = reading.read(path, ASKED)
    assert found is not None
    assert found.answers == {1: "Price.\nAnd distance.", 0: "في المجمل، جيد"}


def test_a_form_that_nobody_filled_in_and_other_files_are_no_answer(tmp_path):
    empty = tmp_path / "form.docx"
    empty.write_bytes(writing.write(questionnaire()))
    other = tmp_path / "letter.docx"
    letter = docx.Document()
    letter.add_paragraph("A letter.")
    letter.save(other)
    text = tmp_path / "text.docx"
    text.write_bytes(b"no DOCX")
    assert [reading.read(path, ASKED) for path in (empty, other, text)] == [None, None, None]


def test_the_form_in_arabic_runs_from_right_to_left():
    data = writing.write(questionnaire("ar", ASKED[1][1]))
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
    assert found.answers == {1: "Price.\nAnd distance.", 0: "في المجمل، جيد"}
