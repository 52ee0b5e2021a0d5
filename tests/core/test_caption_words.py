"""What tools send is text in the end, whatever their character set."""

from hypothesis import given
from hypothesis import strategies as st

from consulta.core.caption_words import Said, decoded, language_of, youtube


def test_windows_1252_is_read_where_it_is_no_utf_8():
    assert decoded("Größe – “quoted” €".encode("cp1252")) == "Größe – “quoted” €"
    assert decoded("Größe – “quoted” €".encode()) == "Größe – “quoted” €"
    assert decoded("مرحبا".encode("cp1256"), "text/plain; charset=windows-1256") == "مرحبا"
    assert decoded(b"\x81\xe9", "text/plain; charset=no-such") == "�é"


def test_line_ends_are_one_and_signs_that_turn_a_page_are_gone():
    assert decoded("a\r\nb\rc\u2028d\u202ee\x07\b".encode()) == "a\nb\nc\nde\b"


@given(st.binary(max_size=200), st.text(max_size=30))
def test_no_bytes_break_it(body, named):
    text = decoded(body, f"text/plain; charset={named}")
    assert not set(text) & {"\x00", "\r", "\t", "\u202e"}


def test_youtube_lines_have_instants_in_utc():
    body = "1970-01-01T00:00:01.5\nHello<br />there\n1970-01-01T00:00:02\nTwo\nlines\n"
    assert youtube(body) == (Said("Hello\nthere", 1500), Said("Two\nlines", 2000))
    assert youtube("") == youtube("2027-01-01T00:00:00.000\n\n") == ()
    assert youtube("no time") == (Said("no time"),)
    assert youtube("2027-99-01T00:00:00\nkept") == (Said("2027-99-01T00:00:00\nkept"),)


def test_languages_are_known_by_their_first_letters():
    assert [language_of(tag) for tag in ("en-US", "zh_CN", " AR ", "", "english")] == [
        "en", "zh", "ar", "", ""]  # fmt: skip
