"""What a member of a campaign adds is told so that nothing is lost."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.core.differences import Piece, own_words, pieces, rebuilt, runs, sentences

LETTER = "We ask for low prices. Islands have no choice. A fund would help. Please act this year."
ARABIC = "نطلب أسعاراً منخفضة. لا خيار للجزر؟ الصندوق يساعد."
CHINESE = "我们请求低价。岛屿没有选择。基金会有帮助！"


def test_sentences_end_where_they_end_in_each_script():
    assert sentences(ARABIC) == ("نطلب أسعاراً منخفضة.", "لا خيار للجزر؟", "الصندوق يساعد.")
    assert sentences(CHINESE) == ("我们请求低价。", "岛屿没有选择。", "基金会有帮助！")
    assert sentences("One.\nTwo\n\n- three") == ("One.", "Two", "- three")
    assert sentences(" \n ") == ()


def test_own_words_stand_where_they_were_said_and_what_is_left_out_is_named():
    text = (
        "Dear Council! We ask for low prices. A fund would help. We have one. Please act this year."
    )
    assert pieces(sentences(LETTER), text) == (
        Piece("own", 0, 0, "Dear Council!"),
        Piece("same", 1, 1),
        Piece("left_out", 2, 2),
        Piece("same", 3, 3),
        Piece("own", 3, 3, "We have one."),
        Piece("same", 4, 4),
    )


def test_the_same_letter_has_no_own_words_however_its_lines_are_broken():
    letter = LETTER.replace("help.", "help every community on every island that has no cable yet.")
    for width in (55, 72, 78):
        assert own_words(pieces(sentences(letter), textwrap.fill(letter, width))) == ()
    broken = CHINESE.replace("岛屿", "岛屿\n")
    assert own_words(pieces(sentences(CHINESE), broken)) == ("岛屿 没有选择。",)
    assert sentences("我们请求，\n\n低价。") == ("我们请求，", "低价。")


@pytest.mark.parametrize("text", [LETTER, ARABIC, CHINESE, "", "Only mine.", LETTER * 3])
def test_every_word_is_had_back(text):
    shared = sentences(LETTER)
    assert rebuilt(shared, pieces(shared, text)).split() == " ".join(sentences(text)).split()


@given(
    st.lists(
        st.sampled_from([*sentences(LETTER), "Mine.", "And mine too!", "岛屿没有选择。", "؟"]),
        max_size=12,
    )
)
def test_every_word_is_had_back_whatever_was_moved_said_twice_or_left_out(some):
    shared, text = sentences(LETTER), " ".join(some)
    assert rebuilt(shared, pieces(shared, text)).split() == text.split()


def test_a_text_of_many_thousand_sentences_is_its_own():
    text = "Mine. " * 5000
    found = pieces(sentences(LETTER), text)
    assert [piece.kind for piece in found] == ["left_out", "own"]
    assert rebuilt(sentences(LETTER), found).split() == text.split()


def test_words_that_changed_within_a_sentence_are_marked():
    found = runs("Islands near Sample Bay have no choice.", "Islands far from land have no choice.")
    assert "".join(run.text for run in found) == "Islands near Sample Bay have no choice."
    assert next(run.text for run in found if not run.own) == "Islands "
    assert all(run.own for run in runs("Quite another thing.", "Islands have no choice."))
