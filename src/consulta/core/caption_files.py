"""Captions as files: WebVTT (W3C), whole or in segments for HLS (RFC 8216, 3.5), SubRip, plain text.

Instants are milliseconds since 1970 (UTC), so that a meeting may run past midnight and past a change
of the clock; in a file they are counted from *zero*, when the webcast or the session began.
"""

from collections.abc import Mapping, Sequence
from html import escape

from consulta.core.captions import Cue

#: How long a caption stands at least and at most (milliseconds).
SHORTEST, LONGEST = 1000, 7000
#: Signs a second that can be read; a longer caption stands longer.
READING = 17
RTL = frozenset({"ar", "fa", "he", "ur"})
#: 90,000 ticks of MPEG time are a second; the clock of a transport stream has 33 bits.
TICKS, WRAP = 90, 2**33
Names = Mapping[str, str]


def shown_until(cue: Cue, following: Cue | None) -> int:
    """When *cue* leaves the screen: after the time to read it, at the latest when the next one comes."""
    reading = min(max(len(cue.text) * 1000 // READING, SHORTEST), LONGEST)
    until = max(cue.ended, cue.began) + reading
    if following is not None and following.began > cue.began:
        until = min(until, following.began)
    return max(until, cue.began + 1)


def spans(cues: Sequence[Cue]) -> list[tuple[int, int, Cue]]:
    """Each cue with its first and last instant, in the order of time."""
    ordered = sorted(cues, key=lambda cue: cue.began)
    nexts: list[Cue | None] = [*ordered[1:], None][: len(ordered)]
    return [(cue.began, shown_until(cue, n), cue) for cue, n in zip(ordered, nexts, strict=True)]


def vtt(cues: Sequence[Cue], *, zero: int, language: str, names: Names, shift: int = 0) -> str:
    """The whole text as WebVTT; *shift*: by how many milliseconds captions come earlier."""
    blocks = [
        _block(began - zero - shift, until - zero - shift, cue, language, names)
        for began, until, cue in spans(cues)
    ]
    return "WEBVTT\n\n" + "\n".join(block for block in blocks if block)


def vtt_segment(
    cues: Sequence[Cue],
    window: tuple[int, int],
    *,
    zero: int,
    language: str,
    names: Names,
    shift: int = 0,
    first_tick: int = 0,
) -> str:
    """What is shown between the two instants *window* of the webcast (milliseconds from its start).

    *first_tick*: the MPEG time at which the webcast's stream begins (ffmpeg's at 1.4 s: 126,000), for
    X-TIMESTAMP-MAP. A caption across two segments stands in both, with the same times.
    """
    head = f"WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:{first_tick % WRAP},LOCAL:00:00:00.000\n\n"
    first, last = window
    blocks = [
        _block(began - zero - shift, until - zero - shift, cue, language, names)
        for began, until, cue in spans(cues)
        if began - zero - shift < last and until - zero - shift > first
    ]
    return head + "\n".join(block for block in blocks if block)


def playlist(*, base: str, length: int, now: int, is_over: bool) -> str:
    """The list of segments of *length* milliseconds that are complete *now* (milliseconds from the start).

    *base*: what comes before the number of a segment. All segments stay listed, so that a viewer can go
    back to the beginning, as a list of type EVENT promises.
    """
    whole = max(0, now) // length + (1 if is_over and now % length else 0)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:3",
        f"#EXT-X-TARGETDURATION:{-(-length // 1000)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
    ]
    for number in range(whole):
        lines += [f"#EXTINF:{length / 1000:.3f},", f"{base}{number}.vtt"]
    return "\n".join([*lines, *(["#EXT-X-ENDLIST"] if is_over else [])]) + "\n"


def srt(cues: Sequence[Cue], *, zero: int, names: Names, shift: int = 0) -> str:
    """The whole text as SubRip."""
    blocks: list[str] = []
    for began, until, cue in spans(cues):
        start, stop = began - zero - shift, until - zero - shift
        if stop > 0:
            times = f"{clock(start, ',')} --> {clock(stop, ',')}"
            blocks.append(f"{len(blocks) + 1}\n{times}\n{_spoken(cue, names)}\n")
    return "\n".join(blocks)


def txt(cues: Sequence[Cue], *, names: Names) -> str:
    """Plain text, a line for each caption and an empty one before each speaker: for braille displays."""
    lines: list[str] = []
    speaker = None
    for cue in sorted(cues, key=lambda cue: cue.began):
        if cue.speaker != speaker:
            speaker = cue.speaker
            name = names.get(speaker, "")
            lines += ["", f"{name}:"] if name else ([""] if lines else [])
        lines.append(" ".join(cue.text.split()))
    return "\n".join(lines).lstrip("\n") + ("\n" if lines else "")


def clock(milliseconds: int, point: str = ".") -> str:
    """An instant within a file, such as 25:00:01.500; hours go on past a day."""
    seconds, rest = divmod(max(0, milliseconds), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def _block(start: int, stop: int, cue: Cue, language: str, names: Names) -> str:
    """One cue of WebVTT; nothing where it would be over before the file begins."""
    if stop <= 0:
        return ""
    words = "\n".join(line for line in cue.text.split("\n") if line.strip())
    text = escape(words, quote=False)
    if name := names.get(cue.speaker, ""):
        text = f"<v {escape(name, quote=False)}>{text}"
    mark = "\u200f" if language in RTL else ""
    return f"{cue.key}\n{clock(start)} --> {clock(stop)}\n{mark}{text}\n"


def _spoken(cue: Cue, names: Names) -> str:
    words = "\n".join(line for line in cue.text.split("\n") if line.strip())
    name = names.get(cue.speaker, "")
    return f"{name}: {words}" if name else words
