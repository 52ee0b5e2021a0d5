"""What captioners' tools really send: words and backspaces, retries, restarts, pieces out of order."""

import random

from hypothesis import given
from hypothesis import strategies as st

from consulta.core.caption_feed import LONGEST, Feed, Piece, Way, take, text_of
from consulta.core.captions import Event, Kind, fold

NOW = 1_800_000_000_000


class Screen:
    """Takes pieces, and shows what a viewer sees who followed every change."""

    def __init__(self, way=Way.AUTO):
        self.feed, self.way, self.events, self.now = Feed(), way, [], NOW

    def send(self, body, seq=None, *, after=100, way=None):
        self.now += after
        taken = take(self.feed, Piece(body, self.now, seq, way or self.way))
        if taken is None:
            return False
        self.feed, changes = taken
        self.events += [
            Event(str(c.number), c.kind, c.text, self.now, c.said) for c in changes if c.number
        ]
        return True

    def shows(self):
        cues = sorted(fold(self.events), key=lambda cue: int(cue.key))
        return [cue.text for cue in cues]


def shown(*bodies, way=Way.AUTO):
    screen = Screen(way)
    for seq, body in enumerate(bodies, 1):
        screen.send(body, seq)
    return screen.shows()


def test_whole_captions_are_a_line_each_and_may_have_two_lines():
    assert shown("Good morning.", "Please be\nseated.") == ["Good morning.", "Please be\nseated."]
    assert shown("One.\n", "Two.\n") == ["One.", "Two."]


def test_words_are_joined_whichever_side_the_space_is_on():
    assert shown("Good ", "morning. ", "Please") == ["Good morning. Please"]
    assert shown("Good", " morning.", "Please", " sit.") == ["Good morning.", "Please sit."]


def test_a_space_after_a_long_silence_begins_a_line():
    screen = Screen()
    screen.send("Good morning.")
    screen.send(" We resume.", after=60_000)
    assert screen.shows() == ["Good morning.", "We resume."]


def test_backspaces_reach_back_over_earlier_posts_and_over_a_line_end():
    assert shown("The flour ", "is ", "\b\b\b\b\b\b\b\b\bfloor is ", way=Way.WORDS) == [
        "The floor is"
    ]
    assert shown("yes", "\n", "no", "\b\b\b\b, no", way=Way.WORDS) == ["ye, no"]
    assert shown("Ninety", "\b\bteen.", way=Way.AUTO) == ["Nineteen."]


def test_a_line_that_is_taken_back_wholly_is_dropped():
    assert shown("ab", "\b\b", way=Way.WORDS) == []


def test_a_long_line_of_words_ends_by_itself_and_can_still_be_mended():
    long = "word " * (LONGEST // 5 + 1)
    assert len(shown(long, "next ", way=Way.WORDS)) == 2
    assert shown(long, "x ", "\b\b\b\bk!", way=Way.WORDS)[0].endswith("word work!")


def test_a_retry_is_taken_once_and_the_same_words_under_another_number_twice():
    assert shown("Thank you.", "Thank you.") == ["Thank you.", "Thank you."]
    screen = Screen()
    assert [screen.send("Thank you.", 1), screen.send("Thank you.", 1)] == [True, False]
    assert screen.shows() == ["Thank you."]


def test_a_client_that_restarts_at_one_loses_nothing():
    screen = Screen()
    for seq, body in [(1, "a"), (2, "b"), (3, "c"), (1, "d"), (2, "e"), (3, "f"), (4, "g")]:
        assert screen.send(body, seq)
    assert screen.shows() == list("abcdefg")


def test_a_client_that_restarts_much_later_loses_nothing_even_with_the_same_words():
    screen = Screen()
    screen.send("Testing.", 1)
    assert screen.send("Testing.", 1, after=60_000)
    assert screen.shows() == ["Testing.", "Testing."]


def test_what_was_overtaken_stands_where_it_belongs():
    screen = Screen()
    for seq, body in [(1, "one"), (3, "three"), (4, "four"), (2, "two")]:
        screen.send(body, seq)
    assert screen.shows() == ["one", "two", "three", "four"]


def test_even_the_first_two_may_overtake_each_other():
    screen = Screen()
    screen.send("two", 2)
    screen.send("one", 1)
    assert screen.shows() == ["one", "two"]


def test_what_comes_long_after_stands_at_the_end():
    screen = Screen()
    for seq, after in [(1, 0), (3, 100), (4, 9_000), (2, 100)]:
        screen.send(str(seq), seq, after=after)
    assert screen.shows() == ["1", "3", "4", "2"]


def test_youtubes_form_has_times_breaks_and_heartbeats():
    screen = Screen(Way.YOUTUBE)
    screen.send(
        "2027-01-15T08:00:00.250\nGood<br>morning\n2027-01-15T08:00:02 region:r1#c1\nAll\n", 0
    )
    screen.send("", 1)
    assert screen.shows() == ["Good\nmorning", "All"]
    assert [event.said for event in screen.events] == [1_800_000_000_250, 1_800_000_002_000]


def test_typing_shows_at_once_and_a_resent_line_is_taken_once_however_late():
    screen = Screen(Way.LINE)
    screen.send("Good m", 1, way=Way.TYPING)
    assert screen.shows() == ["Good m"]
    assert screen.send("Good morning.", 2)
    assert not screen.send("Good morning.", 2, after=3_600_000)
    screen.send("Next.", 3)
    assert screen.shows() == ["Good morning.", "Next."]
    assert screen.events[-1].kind == Kind.FINAL


TYPED = st.lists(st.text(alphabet="ab \n\b", min_size=1, max_size=8), max_size=12)


def typewriter(text):
    """The plain model: a text, and a backspace that takes its last character."""
    out = ""
    for sign in text:
        if sign == "\b":
            out = out[:-1]
        elif sign != "\n" or out:
            out += sign
    return out


@given(TYPED)
def test_words_with_backspaces_leave_what_a_typewriter_leaves(bodies):
    feed = Feed()
    for n, body in enumerate(bodies):
        feed = take(feed, Piece(body, NOW + n, n, Way.WORDS))[0]
    expected = typewriter("".join(bodies))
    assert text_of(feed.lines).endswith(expected) if len(feed.lines) == 30 else True
    assert len(feed.lines) == 30 or text_of(feed.lines) == expected


@given(TYPED)
def test_changes_tell_a_viewer_everything(bodies):
    screen = Screen(Way.WORDS)
    for seq, body in enumerate(bodies):
        screen.send(body, seq)
    assert screen.shows() == [line.text.strip() for line in screen.feed.lines if line.text.strip()]


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=5), max_size=12), st.data())
def test_a_little_disorder_and_any_retries_change_nothing(bodies, data):
    expected = [f"{n} {body}" for n, body in enumerate(bodies)]
    pieces = list(enumerate(expected))
    for n in range(len(pieces) - 1):
        if data.draw(st.booleans()):
            pieces[n], pieces[n + 1] = pieces[n + 1], pieces[n]
    sent = [piece for piece in pieces for _ in range(data.draw(st.integers(1, 3)))]
    screen = Screen(Way.LINES)
    for seq, body in sent:
        screen.send(body, seq)
    assert screen.shows() == expected


def test_ten_thousand_words_are_taken_in_a_moment():
    screen, chance = Screen(Way.AUTO), random.Random(1)  # noqa: S311
    for seq in range(10_000):
        screen.send(chance.choice(["word ", "and ", "so. ", "\b", "\n"]), seq)
    assert screen.shows()
