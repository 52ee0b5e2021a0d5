"""Finished pages: kept while true, dropped when memory is full, never somebody's own."""

import gzip

import brotli
import pytest

from consulta.config.finished import (
    Address,
    FinishedPages,
    Page,
    Stamp,
    choose_encoding,
    finish,
    may_be_kept,
)

NOW = Stamp(pages=3, total=8, passed=1)
BODY = b"<p>A page of the record.</p>" * 50
HTML = (b"content-type", b"text/html; charset=utf-8")


def at(path: bytes, *, language: bytes = b"") -> Address:
    return Address("http", b"localhost", path, b"", language)


def page(*, shows: bytes = b"pages", body: bytes = BODY, vary: bytes = b"Cookie") -> Page:
    headers = [HTML, (b"x-consulta-finished", shows), (b"vary", vary)]
    return finish(headers, body, stamp=NOW)


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (b"gzip, deflate, br, zstd", b"br"),
        (b"gzip", b"gzip"),
        (b"br;q=0, gzip;q=0.5", b"gzip"),
        (b"*", b"br"),
        (b"identity", b""),
        (b"br;q=high", b""),
        (b"", b""),
    ],
)
def test_the_smallest_form_that_the_reader_takes_is_chosen(accepted: bytes, chosen: bytes) -> None:
    assert choose_encoding(accepted) == chosen


def test_every_form_is_the_same_page_under_a_tag_of_its_own() -> None:
    tags = set()
    for encoding, decode in ((b"", bytes), (b"gzip", gzip.decompress), (b"br", brotli.decompress)):
        status, headers, body = page().answer(encodings=encoding, known=b"")
        found = dict(headers)
        assert (status, decode(body), found[b"content-length"]) == (200, BODY, b"%d" % len(body))
        assert found.get(b"content-encoding", b"") == encoding
        tags.add(found[b"etag"])
    assert len(tags) == 3


def test_a_reader_who_holds_the_page_is_told_so_without_a_body() -> None:
    tag = dict(page().answer(encodings=b"br", known=b"")[1])[b"etag"]
    assert page().answer(encodings=b"br", known=b'"other", W/' + tag)[::2] == (304, b"")
    assert page().answer(encodings=b"gzip", known=tag)[0] == 200


def test_the_mark_is_taken_off_and_the_page_must_be_asked_for_again() -> None:
    assert page(vary=b"Accept-Language, Cookie").headers == [
        HTML,
        (b"cache-control", b"public, max-age=0, must-revalidate"),
        (b"vary", b"Accept-Encoding, Cookie, Accept-Language"),
    ]


@pytest.mark.parametrize(
    ("shows", "later", "fresh"),
    [
        (b"pages", NOW, True),
        (b"pages", NOW._replace(total=9), True),
        (b"pages", NOW._replace(pages=4), False),
        (b"pages", NOW._replace(passed=2), False),
        (b"register", NOW, True),
        (b"register", NOW._replace(total=9), False),
    ],
)
def test_a_page_is_true_until_what_it_shows_has_moved(
    shows: bytes, later: Stamp, fresh: bool
) -> None:
    assert page(shows=shows).is_fresh(later) is fresh


def test_a_page_in_the_readers_language_is_not_given_to_a_reader_of_another() -> None:
    pages, arabic, russian = FinishedPages(), at(b"/", language=b"ar"), at(b"/", language=b"ru")
    pages.keep(arabic, page(vary=b"Accept-Language"))
    assert pages.find(arabic, NOW)
    assert pages.find(russian, NOW) is None
    pages.keep(at(b"/en/", language=b"ar"), page())
    assert pages.find(at(b"/en/", language=b"ru"), NOW)


def test_the_pages_least_asked_for_make_room() -> None:
    one = page().size
    pages = FinishedPages(memory=one * 9)
    for number in range(9):
        pages.keep(at(b"/%d" % number), page())
    assert pages.find(at(b"/0"), NOW)
    pages.keep(at(b"/9"), page())
    assert pages.find(at(b"/0"), NOW)
    assert pages.find(at(b"/1"), NOW) is None
    assert (len(pages), pages.size) == (9, one * 9)


def test_a_page_that_would_fill_an_eighth_of_memory_is_not_kept() -> None:
    pages = FinishedPages(memory=page().size * 8 - 1)
    pages.keep(at(b"/"), page())
    assert (len(pages), pages.size) == (0, 0)


@pytest.mark.parametrize(
    ("status", "header"),
    [
        (404, None),
        (200, (b"set-cookie", b"csrftoken=1")),
        (200, (b"content-encoding", b"gzip")),
        (200, (b"content-security-policy", b"script-src 'nonce-abc'")),
    ],
)
def test_what_is_somebodys_own_or_not_whole_is_not_kept(
    status: int, header: tuple[bytes, bytes] | None
) -> None:
    marked = [HTML, (b"x-consulta-finished", b"pages")]
    assert may_be_kept(200, marked)
    assert not may_be_kept(status, [*marked, header] if header else marked)
    assert not may_be_kept(200, [HTML])
