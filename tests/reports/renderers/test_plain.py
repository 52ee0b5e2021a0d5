"""What no format can carry goes; what a reader must see stays."""

from collections import Counter

import pytest

from consulta.core.paper import Paragraph, Span
from consulta.reports.renderers import fonts, plain
from tests.reports.renderers import specimens


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("a\ufffe\uffff\U0001fffeb", "ab"),
        ("a\u202eb\u2066c\u200f", "abc"),
        ("a\r\nb\u2028c\x85d\te", "a\nb\nc\nd e"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("#read('/etc/passwd')", "#read('/etc/passwd')"),
    ],
)
def test_controls_go_and_text_stays(raw, left):
    assert plain.plain(raw) == left


def test_five_hundred_marks_on_one_letter_become_four():
    assert plain.calm_marks("e" + "\u0301" * 500 + "x") == "e" + "\u0301" * 4 + "x"


def test_a_very_long_word_gets_places_to_break_and_ordinary_text_does_not():
    broken = plain.breakable("a" * 20_000).split("\u200b")
    assert max(map(len, broken)) == 15
    assert "".join(broken) == "a" * 20_000
    for text in ("ab " * 100, "互联网" * 1000, "a" * 59):
        assert plain.breakable(text) == text


def test_words_break_earlier_in_titles_than_in_answers_and_a_checksum_never_breaks():
    word, checksum = "a" * 40, "ab" * 32
    data = {"title": word, "answers": [{"answer": {"text": word}}], "sha256": checksum}
    assert plain.breakable_data(data) == data | {
        "title": "\u200b".join(["a" * 15, "a" * 15, "a" * 10])
    }


def test_a_link_leads_only_to_a_place_in_the_file_or_to_the_web():
    known = frozenset({"r-1"})
    assert plain.link("r-1", "https://a.example/", known) == "#r-1"
    assert plain.link("r-2", "https://a.example/", known) == "https://a.example/"
    for href in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//a.example",
        "https://a\u202eb/",
        "",
    ):
        assert plain.link("r-2", href, known) == ""


def test_a_malformed_language_falls_back_to_the_papers():
    paper = specimens.paper(Paragraph((Span("x", 'en" onload="x'), Span("y", "fr"))))
    spans = plain.cleaned(paper).blocks[0].spans
    assert [span.language for span in spans] == ["", "fr"]


def test_what_no_font_draws_is_shown_by_its_number_and_counted():
    missing = Counter()
    shown = fonts.drawable("good 👍👍 \ue000 हिन्दी 𠮷 é ع", missing)
    assert shown == "good [U+1F44D][U+1F44D] [U+E000] हिन्दी 𠮷 é ع"
    assert missing == {"👍": 2, "\ue000": 1}


def test_a_joined_emoji_becomes_its_parts_without_the_joiners():
    assert fonts.drawable("👩\u200d💻", Counter()) == "[U+1F469][U+1F4BB]"


@pytest.mark.parametrize("language", specimens.LANGUAGES)
def test_each_language_is_drawn_whole(language):
    missing = Counter()
    assert fonts.drawable(specimens.TEXT[language], missing) == specimens.TEXT[language]
    assert not missing
