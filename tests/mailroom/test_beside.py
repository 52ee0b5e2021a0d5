"""What stands beside the words of a letter: logos and invitations are no files, scans and charts are."""

import base64

import pytest

from consulta.mailroom import post
from consulta.mailroom.reading.beside import LOGO, SMALL, Beside

HEAD = b"From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def letter(*parts: bytes, kind: bytes = b"related") -> bytes:
    body = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return HEAD + b"Content-Type: multipart/%s; boundary=b\r\n\r\n" % kind + body + b"--b--\r\n"


def picture(size: int, *headers: bytes, name: bytes = b"image001.png") -> bytes:
    return b"\r\n".join(
        [
            b"Content-Type: image/png; name=" + name,
            b"Content-Transfer-Encoding: base64",
            *headers,
            b"",
            base64.encodebytes(b"\x89PNG" + b"x" * (size - 4)),
        ]
    )


TEXT = b"Content-Type: text/plain\r\n\r\nWe agree."
PAGE = b'Content-Type: text/html\r\n\r\n<p>We agree.<img src="cid:logo@x">'
CID, INLINE = b"Content-ID: <logo@x>", b"Content-Disposition: inline; filename=scan.png"


def test_a_logo_that_the_text_shows_stays_in_the_raw_letter():
    opened = post.open_letter(letter(PAGE, picture(3000, CID)))

    assert (opened.enclosures, opened.beside) == ((), ((Beside.PICTURE, "image001.png"),))


def test_so_does_one_of_the_html_that_was_not_read():
    both = letter(TEXT, PAGE, kind=b"alternative").replace(b"--b", b"--c").replace(b"=b", b"=c")
    inner = both.partition(b"MIME-Version: 1.0\r\n")[2]
    opened = post.open_letter(letter(inner, picture(3000, CID)))

    assert (opened.text, opened.enclosures) == ("We agree.", ())


@pytest.mark.parametrize(
    "part",
    [
        picture(LOGO + 1, CID),
        picture(3000, b"Content-ID: <f_l0>", b"Content-Disposition: attachment; filename=scan.png"),
        picture(SMALL + 1, INLINE),
    ],
)
def test_a_chart_an_attached_scan_and_a_photograph_are_files(part):
    opened = post.open_letter(letter(PAGE, part))

    assert (len(opened.enclosures), opened.beside) == (1, ())


@pytest.mark.parametrize(
    "part",
    [
        b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR",
        b"Content-Type: application/octet-stream; name=invite.ics\r\n\r\nx",
        b"Content-Type: application/octet-stream; name=a.bin\r\n\r\nBEGIN:VCALENDAR\r\n",
    ],
)
@pytest.mark.parametrize("kind", [b"mixed", b"alternative"])
def test_an_invitation_is_not_published(part, kind):
    opened = post.open_letter(letter(TEXT, part, kind=kind))

    assert (opened.text, opened.enclosures) == ("We agree.", ())
    assert [what for what, _name in opened.beside] == [Beside.CALENDAR]
