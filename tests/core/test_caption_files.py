"""Captions as files: right in form, in step with the webcast, past midnight and past a clock change."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from consulta.core.caption_files import clock, playlist, srt, txt, vtt, vtt_segment
from consulta.core.captions import Cue

ZERO = 1_800_000_000_000
NAMES = {"1": "A. Sample <chair>", "2": "B. Sample"}


def cue(key, text, after, *, lasting=0, speaker=""):
    began = ZERO + after
    return Cue(key, text, text, began, began + lasting, speaker)


TWO = [
    cue("1.1", "Good morning & welcome.", 1000, speaker="1"),
    cue("1.2", "Line one\nline two", 3000),
]


def test_webvtt_whole():
    assert vtt(TWO, zero=ZERO, language="en", names=NAMES) == (
        "WEBVTT\n\n"
        "1.1\n00:00:01.000 --> 00:00:02.352\n<v A. Sample &lt;chair&gt;>Good morning &amp; welcome.\n\n"
        "1.2\n00:00:03.000 --> 00:00:04.000\nLine one\nline two\n"
    )


def test_a_caption_leaves_when_the_next_one_comes():
    two = [cue("1.1", "Read for seconds, if nothing came.", 0), cue("1.2", "It came.", 500)]
    assert "00:00:00.000 --> 00:00:00.500" in vtt(two, zero=ZERO, language="en", names={})


def test_captions_can_come_earlier_and_what_is_over_then_is_left_out():
    early = vtt(TWO, zero=ZERO, language="en", names={}, shift=2500)
    assert early == "WEBVTT\n\n1.2\n00:00:00.500 --> 00:00:01.500\nLine one\nline two\n"


def test_subrip_is_numbered_and_names_its_speakers():
    assert srt(TWO, zero=ZERO, names=NAMES) == (
        "1\n00:00:01,000 --> 00:00:02,352\nA. Sample <chair>: Good morning & welcome.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nLine one\nline two\n"
    )


def test_plain_text_has_a_line_a_caption_and_names_each_speaker_once():
    more = [*TWO, cue("1.3", "More.", 9000, speaker="2"), cue("1.4", "Still.", 12000, speaker="2")]
    assert txt(more, names=NAMES) == (
        "A. Sample <chair>:\nGood morning & welcome.\n\nLine one line two\n\nB. Sample:\nMore.\nStill.\n"
    )


def test_right_to_left_captions_say_so():
    arabic = vtt([cue("1.1", "1. نعم", 0)], zero=ZERO, language="ar", names={})
    assert "\n\u200f1. نعم\n" in arabic


def test_a_meeting_past_midnight_and_past_a_clock_change_counts_on():
    zurich = ZoneInfo("Europe/Zurich")
    began = int(datetime(2026, 10, 24, 22, 0, tzinfo=zurich).timestamp() * 1000)
    later = int(datetime(2026, 10, 25, 4, 0, tzinfo=zurich).timestamp() * 1000)  # 7 hours on
    words = vtt([Cue("1.1", "a", "a", later, later)], zero=began, language="en", names={})
    assert "07:00:00.000 --> 07:00:01.000" in words
    assert clock(26 * 3_600_000 + 61_001) == "26:01:01.001"


def test_a_segment_is_bound_to_the_streams_clock_and_holds_what_is_shown_in_it():
    first = vtt_segment(TWO, (0, 2000), zero=ZERO, language="en", names={}, first_tick=126_000)
    assert first.startswith("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:126000,LOCAL:00:00:00.000\n\n1.1\n")
    assert "1.2" not in first
    assert vtt_segment(TWO, (6000, 12000), zero=ZERO, language="en", names={}) == (
        "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n"
    )


def test_the_list_of_segments_grows_with_what_is_complete_and_ends():
    running = playlist(base="en-", length=6000, now=13_000, is_over=False)
    assert re.findall(r"en-\d\.vtt", running) == ["en-0.vtt", "en-1.vtt"]
    over = playlist(base="", length=6000, now=13_000, is_over=True)
    assert over.endswith("2.vtt\n#EXT-X-ENDLIST\n")
    assert "#EXTINF" not in playlist(base="", length=6000, now=-5, is_over=False)


CUES = st.lists(
    st.tuples(st.integers(0, 60_000), st.text(alphabet="ab <&>\n-", min_size=1, max_size=40)),
    max_size=12,
)


@given(CUES, st.integers(-10_000, 10_000))
def test_every_file_of_times_can_be_read_back(told, shift):
    cues = [cue(f"1.{n}", text, after) for n, (after, text) in enumerate(told) if text.strip()]
    for text in (
        vtt(cues, zero=ZERO, language="en", names={}, shift=shift),
        srt(cues, zero=ZERO, names={}, shift=shift),
    ):
        times = re.findall(r"^(\S+) --> (\S+)$", text, re.MULTILINE)
        assert all(start < stop for start, stop in times)
        assert [start for start, _ in times] == sorted(start for start, _ in times)


@given(CUES)
def test_segments_together_hold_every_caption_of_the_whole(told):
    cues = [cue(f"1.{n}", text, after) for n, (after, text) in enumerate(told) if text.strip()]
    whole = set(re.findall(r"^1\.\d+$", vtt(cues, zero=ZERO, language="en", names={}), re.M))
    parts = {
        key
        for n in range(13)
        for key in re.findall(
            r"^1\.\d+$",
            vtt_segment(cues, (n * 6000, n * 6000 + 6000), zero=ZERO, language="en", names={}),
            re.M,
        )
    }
    assert parts == whole
