"""Files made to swell, to climb out of their folder or to exhaust the machine do none of it."""

import io
import zipfile
from collections.abc import Callable

import pytest

from consulta.adapters.files import archive
from consulta.adapters.files.findings import Finding, Verdict

from . import made
from .conftest import Seen

Look = Callable[[bytes], Seen]


SWELLING = {
    "a part of 300 MB": lambda: made.zipped({**made.word(), "word/big.xml": bytes(300_000_000)}),
    "a part of 60 MB of zeros": lambda: made.zipped(
        {**made.word(), "word/document.xml": bytes(60_000_000)}
    ),
    "a PDF page of 300 MB": made.bomb_pdf,
}


@pytest.mark.parametrize("what", SWELLING)
def test_a_file_that_swells_is_unsafe(seen: Look, what: str) -> None:
    it = seen(SWELLING[what]())
    assert (it.verdict, it.findings, it.clean) == (Verdict.UNSAFE, {Finding.BOMB}, None)


@pytest.mark.parametrize(
    "name", ["../../etc/cron.d/x", "/etc/passwd", "word\\..\\..\\x", "C:x", "word/../../x"]
)
def test_a_name_that_leads_out_of_the_folder_is_unsafe(seen: Look, name: str) -> None:
    it = seen(made.zipped({**made.word("Hello"), name: "x"}))
    assert (it.verdict, it.findings) == (Verdict.UNSAFE, {Finding.UNSAFE_NAMES})


def test_a_symbolic_link_is_unsafe(seen: Look) -> None:
    it = seen(made.zipped(made.word("Hello"), links={"word/media/a.png": "/etc/passwd"}))
    assert (it.verdict, it.findings) == (Verdict.UNSAFE, {Finding.UNSAFE_NAMES})


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_unsafe(seen: Look) -> None:
    buffer = io.BytesIO(made.zipped(made.word("Hello")))
    with zipfile.ZipFile(buffer, "a") as target:
        target.writestr("word/document.xml", "other")
    it = seen(buffer.getvalue())
    assert (it.verdict, it.findings) == (Verdict.UNSAFE, {Finding.UNSAFE_NAMES})


@pytest.mark.parametrize(
    "xml", [made.laughs(), made.outside_entity(), made.deep()], ids=["laughs", "XXE", "deep"]
)
def test_xml_with_entities_or_without_end_is_unsafe_in_word_and_odf(seen: Look, xml: str) -> None:
    for data in (
        made.zipped({**made.word(), "word/document.xml": xml}),
        made.odt("", more={"styles.xml": xml}),
    ):
        it = seen(data)
        assert (it.verdict, it.findings) == (Verdict.UNSAFE, {Finding.DANGEROUS_MARKUP})
        assert "root:" not in it.text


def test_an_entry_that_lies_about_its_size_is_not_believed(tmp_path) -> None:
    data = made.zipped({"a": bytes(1_000_000)})
    directory = data.rindex(b"PK\x01\x02")
    lie = data[: directory + 24] + (10).to_bytes(4, "little") + data[directory + 28 :]
    package = archive.Archive(made.put(tmp_path / "a", lie))
    with pytest.raises(archive.RefusedError):
        package.read("a")
