"""Captions as files under `/live/`: whole, and in segments beside the webcast (HLS)."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from consulta.config.broadcaster_channel import Channel
from consulta.config.broadcaster_request import RefusedError, Request
from consulta.core import caption_files as files
from consulta.core.captions import standing
from consulta.live.captions.rooms import Room

VTT = b"text/vtt; charset=utf-8"
TYPES = {
    "vtt": VTT,
    "srt": b"application/x-subrip; charset=utf-8",
    "txt": b"text/plain; charset=utf-8",
}
WHOLE = re.compile(r"captions/([a-z]{2,3})\.(vtt|srt|txt)")
LIST, SEGMENT = (
    re.compile(r"hls/([a-z]{2,3})\.m3u8"),
    re.compile(r"hls/([a-z]{2,3})-(\d{1,6})\.vtt"),
)
#: Length of a segment (milliseconds), and the MPEG time at which ffmpeg's streams begin: 1.4 s.
LENGTH, FIRST_TICK = 6000, 126_000
_NUMBER = re.compile("-?[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Files:
    """Answers with files made of a channel's cues as they read now."""

    clock: Callable[[], float] = time.time

    def language(self, path: str) -> str:
        """The language of the file at *path*; empty: no file of ours stands there."""
        found = WHOLE.fullmatch(path) or LIST.fullmatch(path) or SEGMENT.fullmatch(path)
        return found.group(1) if found else ""

    async def give(self, request: Request, room: Room, channel: Channel) -> None:
        """The file that *request* asks for; the path is one that `language` knew."""
        if found := WHOLE.fullmatch(request.path):
            body, kind = self._whole(request, room, channel, found.group(2)), TYPES[found.group(2)]
        elif LIST.fullmatch(request.path):
            body, kind = self._list(request, room, channel), b"application/vnd.apple.mpegurl"
        else:
            body, kind = self._segment(request, room, channel), VTT
        await request.give(body.encode(), kind, headers=shared(room))

    def _whole(self, request: Request, room: Room, channel: Channel, form: str) -> str:
        cues, zero, shift = standing(channel.cues), _zero(room, channel), _shift(request, room)
        if form == "vtt":
            language = channel.language
            return files.vtt(cues, zero=zero, language=language, names=channel.names, shift=shift)
        if form == "srt":
            return files.srt(cues, zero=zero, names=channel.names, shift=shift)
        return files.txt(cues, names=channel.names)

    def _list(self, request: Request, room: Room, channel: Channel) -> str:
        """Segments are listed once nothing can be added to them: captions come earlier by the shift."""
        now = room.ended if room.is_over else int(self.clock() * 1000)
        ready = now - _zero(room, channel) - (0 if room.is_over else max(0, _shift(request, room)))
        base = f"{channel.language}-"
        return files.playlist(base=base, length=LENGTH, now=ready, is_over=room.is_over)

    def _segment(self, request: Request, room: Room, channel: Channel) -> str:
        number = int(SEGMENT.fullmatch(request.path).group(2))  # type: ignore[union-attr]
        return files.vtt_segment(
            standing(channel.cues),
            (number * LENGTH, (number + 1) * LENGTH),
            zero=_zero(room, channel),
            language=channel.language,
            names=channel.names,
            shift=_shift(request, room),
            first_tick=_number(request, "tick", FIRST_TICK),
        )


def shared(room: Room) -> list[tuple[bytes, bytes]]:
    """Pages of other sites may show what is public."""
    return [(b"access-control-allow-origin", b"*")] if room.is_public else []


def _zero(room: Room, channel: Channel) -> int:
    """From when times are counted: the webcast, the session's beginning, else the first caption."""
    first = next((cue.began for cue in standing(channel.cues)), 0)
    return room.webcast or room.zero or first


def _shift(request: Request, room: Room) -> int:
    return _number(request, "shift", room.shift)


def _number(request: Request, name: str, usual: int) -> int:
    told = request.asked(name)
    if told and not _NUMBER.fullmatch(told):
        raise RefusedError(400, f"{name} is a number")
    return int(told) if told else usual
