"""What a file is comes from its content; every type but those of docs/files.md is refused."""

from collections.abc import Callable

import pikepdf
import pytest

from consulta.adapters.files import identify
from consulta.adapters.files.findings import (
    COPIED_AS,
    DOCX,
    HTML,
    ODT,
    PDF,
    RTF,
    TXT,
    Finding,
    Verdict,
)

from . import made
from .conftest import Seen

Look = Callable[[bytes], Seen]

FAIR = {
    PDF: lambda: made.saved(made.pdf()),
    DOCX: lambda: made.zipped(made.word("Hello from the delegation")),
    ODT: lambda: made.odt("<text:p>Hello from the delegation</text:p>"),
    RTF: lambda: rb"{\rtf1\ansi Hello from the delegation}",
    HTML: lambda: b"\xef\xbb\xbf  <HTML><p>Hello from the delegation",
    TXT: lambda: b"Hello from the delegation",
}


@pytest.mark.parametrize("kind", FAIR)
def test_a_fair_file_of_each_type_is_copied_clean_and_read(seen: Look, kind: str) -> None:
    it = seen(FAIR[kind]())
    assert (it.kind, it.verdict, it.text) == (kind, Verdict.CLEAN, "Hello from the delegation")
    # properties, which most programs write; and the layout, which text has not
    assert it.findings <= {Finding.HIDDEN_DATA_REMOVED, Finding.FORMATTING_REMOVED}
    again = seen(it.clean or b"")
    assert (again.kind, again.verdict, again.text) == (
        COPIED_AS.get(kind, kind),
        it.verdict,
        it.text,
    )
    assert again.findings == set()


REFUSED = {
    "a program under another name": b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + b"\0" * 200,
    "a program of Linux": b"\x7fELF\2\1\1" + b"\0" * 200,
    "a ZIP of documents": made.zipped({"a.txt": "a"}),
    "a ZIP in a ZIP": made.zipped({"in.zip": made.zipped({"in.zip": made.zipped({"a": "a"})})}),
    "a spreadsheet": made.zipped({"[Content_Types].xml": "", "_rels/.rels": "", "xl/a.xml": ""}),
    "a picture of another kind": b"GIF89a" + b"\0" * 200,
    "a drawing with a script": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "a bare script": b"<script>alert(1)</script>",
    "XML": b"<?xml version='1.0'?><a/>",
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "an old Word document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "blank space only": b" \n\n\t ",
}


@pytest.mark.parametrize("what", REFUSED)
def test_other_types_are_refused_whatever_they_are_called(seen: Look, what: str) -> None:
    it = seen(REFUSED[what])
    assert (it.verdict, it.findings) == (Verdict.UNSAFE, {Finding.TYPE_NOT_ALLOWED})
    assert it.clean is None


def test_a_person_is_told_what_a_refused_file_seems_to_be(seen: Look) -> None:
    assert seen(b"GIF89a" + b"\0" * 200).kind == "image/gif"


def test_an_empty_file_could_not_be_read(seen: Look) -> None:
    it = seen(b"")
    assert (it.verdict, it.findings) == (Verdict.UNREADABLE, {Finding.EMPTY})


def test_a_file_above_the_limit_is_refused(seen: Look, tmp_path) -> None:
    path = tmp_path / "stranger"
    with path.open("wb") as file:
        file.truncate(identify.MAX_SIZE + 1)
    with pytest.raises(identify.RefusedError, match="too_large"):
        identify.media_type(path)


def test_a_document_that_opens_only_with_a_password_could_not_be_read(seen: Look) -> None:
    locked = made.saved(made.pdf(), encryption=pikepdf.Encryption(user="a", owner="b"))
    word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le")
    for data in (locked, word, made.odt("", more={"META-INF/manifest.xml": LOCKED_ODT})):
        it = seen(data)
        assert (it.verdict, it.findings) == (Verdict.UNREADABLE, {Finding.ENCRYPTED})


LOCKED_ODT = (
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
)


def test_a_pdf_that_only_forbids_printing_is_read_and_freed(seen: Look) -> None:
    it = seen(made.saved(made.pdf(), encryption=pikepdf.Encryption(user="", owner="b")))
    assert (it.verdict, it.text) == (Verdict.CLEAN, "Hello from the delegation")
    assert Finding.RESTRICTIONS_REMOVED in it.findings


@pytest.mark.parametrize(
    "data",
    [
        made.saved(made.pdf())[:60],
        b"%PDF-1.7\nnothing of the kind",
        made.zipped(made.word("Hello"))[:-300],
        made.zipped({**made.word("Hello"), "word/document.xml": "<w:document"}),
    ],
    ids=["cut PDF", "PDF in name only", "cut DOCX", "DOCX of broken XML"],
)
def test_a_damaged_file_could_not_be_read(seen: Look, data: bytes) -> None:
    it = seen(data)
    assert (it.verdict, it.findings) == (Verdict.UNREADABLE, {Finding.BROKEN})


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (made.ARABIC, "cp1256"),
        (made.RUSSIAN, "cp1251"),
        (made.CHINESE, "gb18030"),
        (made.SPANISH, "cp1252"),
    ],
)
def test_text_in_an_unnamed_character_set_becomes_utf_8(
    seen: Look, text: str, charset: str
) -> None:
    it = seen(text.encode(charset))
    assert (it.text, it.clean) == (text, text.encode())
    assert it.findings == {Finding.ENCODING_GUESSED}


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_that_names_its_character_set_is_not_guessed(seen: Look, charset: str) -> None:
    it = seen(made.ARABIC.encode(charset))
    assert (it.text, it.findings) == (made.ARABIC, set())


def test_control_characters_and_direction_overrides_go_from_text(seen: Look) -> None:
    it = seen("one\r\ntwo\x1b[31m \u202ethree\tfour\u200f".encode())
    assert it.text == "one\ntwo[31m three\tfour\u200f"
    assert it.findings == {Finding.CONTROL_CHARACTERS_REMOVED}


def test_a_document_without_words_is_said_to_have_none(seen: Look) -> None:
    for data in (made.saved(made.pdf("")), made.zipped(made.word()), made.odt("<text:p/>")):
        it = seen(data)
        assert it.verdict == Verdict.CLEAN
        assert Finding.NO_TEXT in it.findings


def test_the_first_bytes_tell_at_upload_what_can_never_be_taken() -> None:
    assert all(identify.could_be_allowed(fair()) for fair in FAIR.values())
    refused = [what for what, data in REFUSED.items() if not identify.could_be_allowed(data)]
    assert {"a program under another name", "a drawing with a script", "a script"} <= set(refused)
