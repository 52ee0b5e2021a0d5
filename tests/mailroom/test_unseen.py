"""Words that nobody sees are not taken for a sender's; words that are seen all are."""

import time

import pytest

from consulta.mailroom import hypertext, post

UNSEEN = [
    '<div style="display:none">X</div>',
    '<div style="DISPLAY : NONE !important"><b>X</b></div>',
    '<span style="font-size:0px">X</span>',
    '<span style="font-size: 1px; line-height:1px">X</span>',
    '<p style="mso-hide: all">X</p>',
    '<p style="visibility:hidden">X</p>',
    '<p style="opacity:0">X</p>',
    '<div style="max-height:0px;overflow:hidden">X</div>',
    '<p style="position:absolute;left:-9999px">X</p>',
    "<p hidden>X</p>",
    '<font color="#FFFFFF">X</font>',
    '<p style="color: rgb(255, 255, 255)">X</p>',
    '<div style="display:none"><div><p>X</div></div>',
]
SEEN = [
    '<p style="font-size:0.9em;color:#000;opacity:0.8">X</p>',
    '<p style="font-size:10pt">X</p>',
    '<p style="font-size:100%">X</p>',
    '<table bgcolor="#003366"><tr><td style="color:#fff">X</td></tr></table>',
    '<div style="background:#036"><p style="color:white">X</p></div>',
    '<div style="color:white"><p style="color:#111">X</p></div>',
    '<p style="max-height:100px">X</p>',
    '<div style="display:none"></div><p>X</p>',
    '<p style="display:block">X</p>',
]


@pytest.mark.parametrize("html", UNSEEN)
def test_what_no_reader_sees_is_left_out_and_said(html):
    page = hypertext.read(f"<p>We agree.</p>{html}<p>Thanks.</p>")

    assert (page.text.split(), page.hidden) == (["We", "agree.", "Thanks."], True)


@pytest.mark.parametrize("html", SEEN)
def test_what_is_seen_is_taken(html):
    page = hypertext.read(html)

    assert (page.text, page.hidden) == ("X", False)


def test_the_letter_says_that_something_was_hidden():
    raw = (
        b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>Yes<i style='display:none'>no</i>"
    )
    opened = post.open_letter(raw)

    assert (opened.text, opened.hidden) == ("Yes", True)


@pytest.mark.parametrize(
    "html",
    [
        '<p style=";font-size:' + " " * 200_000 + 'x">x</p>',
        '<p style="' + ";left:-" * 100_000 + '">x</p>',
        "color:</x>" * 100_000,
        '<i style="x:' * 100_000,
    ],
)
def test_a_letter_made_to_be_slow_is_read_in_time(html):
    before = time.process_time()
    hypertext.read(html)

    assert time.process_time() - before < 5
