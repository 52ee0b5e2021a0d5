"""Captions made into paragraphs by item and speaker."""

from hypothesis import given
from hypothesis import strategies as st

from consulta.core.captions import Cue
from consulta.core.transcripts import LONG, PAUSE, Turn, joined, paragraphs


def cue(began, text="Words.", **changes):
    told = {"key": f"1.{began}", "text": text, "delivered": text, "began": began, "ended": began}
    return Cue(**told | changes)


def test_a_paragraph_goes_on_until_speaker_item_or_breath_changes():
    made = paragraphs(
        [
            cue(0, "Good morning."),
            cue(1000, "Let us begin."),
            cue(2000, "Thank you, chair.", speaker="2"),
            cue(3000, "We agree.", speaker="2", item="3"),
            cue(3000 + PAUSE + 1, "Second point.", speaker="2", item="3"),
        ]
    )

    assert [(one.text, one.speaker, one.item) for one in made] == [
        ("Good morning. Let us begin.", "", ""),
        ("Thank you, chair.", "2", ""),
        ("We agree.", "2", "3"),
        ("Second point.", "2", "3"),
    ]
    assert [one.number for one in made] == [1, 2, 3, 4]


def test_who_had_the_floor_is_the_speaker_where_the_captioner_names_none():
    turns = [Turn(7, 1000, 3000, item="2"), Turn(8, 3000, 5000, item="2")]
    said = [cue(500), cue(1000), cue(2999), cue(3000), cue(4000, speaker="1"), cue(6000)]

    made = paragraphs(said, turns)

    assert [(one.turn, one.speaker, one.item) for one in made] == [
        (0, "", ""),
        (7, "", "2"),
        (8, "", "2"),
        (0, "1", "2"),
        (0, "", "2"),
    ]


def test_both_texts_are_kept():
    (made,) = paragraphs([cue(0, "Colour", delivered="Color"), cue(1, "and light.")])

    assert (made.text, made.delivered) == ("Colour and light.", "Color and light.")


def test_a_long_paragraph_ends_with_its_sentence():
    half = "word " * (LONG // 10)
    made = paragraphs([cue(0, half), cue(1, half + "end."), cue(2, "Next.")])

    assert [len(one.texts) for one in made] == [2, 1]


def test_chinese_lines_are_joined_without_a_space():
    assert joined(["我们同意", "这项建议。", "ITU", "同意"]) == "我们同意这项建议。 ITU 同意"


@given(st.lists(st.tuples(st.integers(0, 10**6), st.text(min_size=1)), max_size=40))
def test_no_word_is_lost(said):
    made = paragraphs([cue(began, text) for began, text in said])

    words = " ".join(text for _began, text in sorted(said, key=lambda one: one[0])).split()
    assert sorted("".join(words)) == sorted("".join("".join(one.text.split()) for one in made))
