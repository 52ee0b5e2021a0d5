"""What captioners' tools send, made into text: character sets, line breaks, YouTube's lines with times."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_CHARSET = re.compile(r"charset=\"?([\w.:-]+)", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
#: Control characters but the line feed and the backspace, and signs that turn the direction of a page.
_UNWANTED = re.compile("[\x00-\x07\x0b-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")
_STAMP = re.compile(
    r"\s*(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z?(?:\s+region:\S+|\s*\[[^\]]*\])*\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words with the instant at which they were spoken (milliseconds since 1970; 0: not told)."""

    text: str
    at: int = 0


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of *body*: in the named character set, in UTF-8, else in Windows-1252.

    Never fails: bytes that mean nothing become the replacement character. Line ends become "\\n",
    other control characters but the backspace (U+0008) go.
    """
    named = _CHARSET.search(content_type)
    for charset in (named.group(1) if named else "utf-8", "utf-8"):
        try:
            return cleaned(body.decode(charset))
        except (UnicodeDecodeError, LookupError):
            continue
    return cleaned(body.decode("cp1252", errors="replace"))


def cleaned(text: str) -> str:
    """*text* with one kind of line end, and without signs that a reader cannot see."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _UNWANTED.sub("", lines.replace("\u2028", "\n").replace("\u2029", "\n"))


def youtube(body: str) -> tuple[Said, ...]:
    """The captions of one POST in YouTube's form: a line with the time (UTC), then the text.

    `<br>` breaks a line. Text before any time is taken too, with no time: a tool that sends none is
    still heard. An empty body is a heartbeat: no caption.
    """
    captions: list[tuple[int, list[str]]] = [(0, [])]
    for line in body.split("\n"):
        stamp = _STAMP.fullmatch(line)
        instant = _instant(stamp) if stamp else None
        if instant is None:
            captions[-1][1].append(_BREAK.sub("\n", line).strip())
        else:
            captions.append((instant, []))
    said = (Said("\n".join(lines).strip("\n "), at) for at, lines in captions)
    return tuple(one for one in said if one.text)


def _instant(stamp: re.Match[str]) -> int | None:
    """Milliseconds since 1970; None where it is no instant of any calendar."""
    try:
        moment = datetime.fromisoformat(stamp.group(1)).replace(tzinfo=UTC)
    except ValueError:
        return None
    return int(moment.timestamp()) * 1000 + int((stamp.group(2) or "0").ljust(3, "0")[:3])


def language_of(tag: str) -> str:
    """The language that a tool names ("en-US", "zh_CN"), as two or three letters; empty: none."""
    first = re.split("[-_]", tag.strip().lower())[0]
    return first if re.fullmatch("[a-z]{2,3}", first) else ""
