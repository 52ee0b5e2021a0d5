"""Every hostile file that we know of, in one table: what it is found to be, and what never gets through."""

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image

from consulta.adapters.files.findings import Finding, Verdict

from . import made
from .conftest import Seen

Look = Callable[[bytes], Seen]
Make = Callable[[], bytes]
F = Finding


def word(part: str) -> Make:
    return lambda: made.zipped({**made.word(), "word/document.xml": part})


def named(name: str) -> Make:
    return lambda: made.zipped({**made.word("Hello"), name: "x"})


def locked(user: str) -> Make:
    password = pikepdf.Encryption(user=user, owner="owner")
    return lambda: made.saved(made.pdf(), encryption=password)


def nested() -> bytes:
    data = b"end"
    for _level in range(20):
        data = made.zipped({"in.zip": data})
    return data


UNSAFE: dict[str, tuple[Make, Finding]] = {
    "zip bomb": (lambda: made.zipped({"a": bytes(400_000_000)}), F.BOMB),
    "nested zip": (nested, F.TYPE_NOT_ALLOWED),
    "70,000 entries": (made.many_entries, F.BOMB),
    "../ in a name": (named("../../etc/cron.d/x"), F.UNSAFE_NAMES),
    "absolute name": (named("/etc/passwd"), F.UNSAFE_NAMES),
    "symbolic link": (
        lambda: made.zipped(made.word("Hello"), links={"word/media/a.png": "/etc/passwd"}),
        F.UNSAFE_NAMES,
    ),
    "DOCX bomb": (
        lambda: made.zipped({**made.word(), "word/document.xml": bytes(60_000_000)}),
        F.BOMB,
    ),
    "XXE": (word(made.outside_entity()), F.DANGEROUS_MARKUP),
    "billion laughs": (word(made.laughs()), F.DANGEROUS_MARKUP),
    "XML of 20,000 levels": (word(made.deep()), F.DANGEROUS_MARKUP),
    "deflate bomb": (made.bomb_pdf, F.BOMB),
    "renamed EXE": (lambda: b"MZ\x90\0\3\0\0\0\4" + bytes(300), F.TYPE_NOT_ALLOWED),
    "formula cells": (
        lambda: made.zipped({"[Content_Types].xml": "", "_rels/.rels": "", "xl/a.xml": "=cmd()"}),
        F.TYPE_NOT_ALLOWED,
    ),
    "HTML of 100,000 levels": (
        lambda: b"<html>" + b"<div>" * 100_000 + b"deep",
        F.DANGEROUS_MARKUP,
    ),
    "PNG of 30,000 x 30,000": (made.wide_png, F.BOMB),
}
UNREADABLE: dict[str, tuple[Make, Finding]] = {
    "empty": (bytes, F.EMPTY),
    "truncated PDF": (lambda: made.saved(made.pdf())[:60], F.BROKEN),
    "truncated DOCX": (lambda: made.zipped(made.word("Hello"))[:-300], F.BROKEN),
    "truncated PNG": (lambda: made.png()[:45], F.BROKEN),
    "user password": (locked("user"), F.ENCRYPTED),
}
#: What must be found, and what may stand nowhere in the clean copy or its text.
CLEANED: dict[str, tuple[Make, set[Finding], list[bytes]]] = {
    "20,000 pages": (lambda: made.saved(made.pdf(pages=20_000)), {F.TEXT_CUT}, []),
    "owner password": (locked(""), {F.RESTRICTIONS_REMOVED}, [b"/Encrypt"]),
    "JavaScript, Launch, EICAR inside": (
        made.hostile_pdf,
        {F.ACTIVE_CONTENT_REMOVED, F.EMBEDDED_FILES_REMOVED, F.EXTERNAL_LINKS_REMOVED},
        [b"JavaScript", b"Launch", b"EICAR", b"Jane"],
    ),
    "XSS in HTML": (
        made.XSS.encode,
        {F.ACTIVE_CONTENT_REMOVED, F.EXTERNAL_LINKS_REMOVED, F.HIDDEN_TEXT_REMOVED},
        [b"alert(", b"evil.example", b"Jane", b"javascript:", b"<img", b"<svg", b"refresh"],
    ),
    "HTML that names UTF-7": (
        lambda: b'<html><meta charset="utf-7"><p>Hi +ADw-script+AD4-alert(1)+ADw-/script+AD4-',
        {F.ACTIVE_CONTENT_REMOVED},
        [b"alert(", b"+ADw-"],
    ),
    "GPS in a JPEG, a ZIP behind it": (
        made.photo,
        {F.HIDDEN_DATA_REMOVED},
        [b"Exif", b"Jane", b"PK\3\4", b"GPS"],
    ),
    "RTF with an object and hidden words": (
        lambda: rb"{\rtf1{\info{\author Jane}}Seen{\v Jane}{\object{\*\objdata 4d5a90}}}",
        {F.EMBEDDED_FILES_REMOVED, F.HIDDEN_TEXT_REMOVED, F.HIDDEN_DATA_REMOVED},
        [b"Jane", b"objdata", b"4d5a"],
    ),
    "formula cells in text": (lambda: b"name;=cmd|' /C calc'!A0\n", set(), []),
}
OLD_CHARSETS = {"cp1256": made.ARABIC, "gb18030": made.CHINESE, "cp1251": made.RUSSIAN}


@pytest.mark.parametrize("what", UNSAFE)
def test_it_is_unsafe_and_no_copy_is_made(seen: Look, what: str) -> None:
    make, finding = UNSAFE[what]
    it = seen(make())
    assert (it.verdict, it.findings, it.clean, it.text) == (Verdict.UNSAFE, {finding}, None, "")


@pytest.mark.parametrize("what", UNREADABLE)
def test_it_cannot_be_read_and_no_copy_is_made(seen: Look, what: str) -> None:
    make, finding = UNREADABLE[what]
    it = seen(make())
    assert (it.verdict, it.findings, it.clean, it.text) == (Verdict.UNREADABLE, {finding}, None, "")


@pytest.mark.parametrize("what", CLEANED)
def test_it_is_cleaned_and_nothing_hostile_gets_through(seen: Look, what: str) -> None:
    make, findings, gone = CLEANED[what]
    it = seen(make())
    assert it.clean is not None, it.findings
    assert findings <= it.findings
    left = _unpacked(it.clean) + it.text.encode()
    assert [word for word in gone if word in left] == []


@pytest.mark.parametrize("charset", OLD_CHARSETS)
@pytest.mark.parametrize("kind", ["text", "HTML that names it", "HTML that does not"])
def test_old_character_sets_are_read(seen: Look, charset: str, kind: str) -> None:
    words = OLD_CHARSETS[charset]
    named = f'<meta charset="{charset}">' if kind == "HTML that names it" else ""
    it = seen((words if kind == "text" else f"<html>{named}<p>{words}</p>").encode(charset))
    assert it.text == words
    assert words.encode() in (it.clean or b"")


def test_a_cleaned_page_still_says_what_it_said(seen: Look) -> None:
    it = seen(made.XSS.encode())
    page = (it.clean or b"").decode()
    assert it.text == "Our views\n\nWe welcome it.\none two three\nInside"
    assert '<a href="https://example.org/"' in page
    assert '<html lang="en">' in page
    assert re.search(r"\s(on\w+|style|background|srcdoc)\s*=", page) is None


def test_a_photo_stands_upright_without_its_place(seen: Look) -> None:
    with Image.open(io.BytesIO(seen(made.photo()).clean or b"")) as picture:
        assert (picture.size, dict(picture.getexif())) == ((40, 60), {})


def test_rtf_hands_what_it_embeds_to_the_scanner_and_keeps_its_notes(seen: Look) -> None:
    it = seen(
        rb"{\rtf1 One{\footnote a note}{\*\comment no}\'e9\u8364? {\object{\*\objdata 4d5a}}}"
    )
    assert (it.text, it.embedded) == ("One a note\u00e9\u20ac", [b"MZ"])


def _unpacked(data: bytes) -> bytes:
    """A PDF with its streams unpacked; anything else as it is."""
    if not data.startswith(b"%PDF"):
        return data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        things: list[Any] = list(pdf.objects)[:1_000]
        return (
            b"".join(
                thing.unparse() + (thing.read_bytes() if isinstance(thing, pikepdf.Stream) else b"")
                for thing in things
            )
            + repr(pdf.trailer).encode()
        )
