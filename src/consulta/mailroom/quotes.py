"""Quoted words in a letter: told apart to fold them on a page. Nothing is ever dropped."""

import re
from dataclasses import dataclass
from itertools import groupby

#: A longer line is nobody's introduction.
MOST_OF_A_LINE = 400
_MARK = re.compile(r"\s{0,3}[>»]")
#: The line above a quotation, as mail programs write it in the six languages.
_INTRODUCTION = re.compile(
    r"(?:On\b.*wrote|Le\b.*a écrit|El\b.*escribió|.*(?:пишет|писал\(?а?\)?|написал\(?а?\)?)"
    r"|.*كتب(?:ت)?\b.*|在.*写道|.*写道|.*<[^<>\s]+@[^<>\s]+>.*)\s*[:：]\s*",
    re.IGNORECASE,
)
#: What every mail program's introduction names: when the earlier letter came, or from which address.
_WHEN = re.compile(r"\d{1,2}\s?[:.hч时]\s?\d{2}|[^<>\s]+@[^<>\s]+", re.IGNORECASE)
#: Where Outlook and others put the whole earlier letter below, without marks.
_BELOW = re.compile(
    r"\s*(?:-{2,}\s*(?:Original Message|Forwarded message|Message d'origine|Message original"
    r"|Mensaje original|Исходное сообщение|Пересылаемое сообщение|原始邮件|原邮件|转发的邮件"
    r"|الرسالة الأصلية|رسالة أصلية)\s*-{2,}|_{20,})\s*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*\*?(?:From|De|От|发件人|寄件人|من)\*?\s*[:：]", re.IGNORECASE)
_SENT = re.compile(
    r"\s*\*?(?:Sent|Date|Envoyé|Enviado(?: el)?|Fecha|Отправлено|Дата|发送时间|日期|تاريخ الإرسال"
    r"|التاريخ)\*?\s*[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that belong together; *quoted*: they repeat an earlier letter."""

    text: str
    quoted: bool

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.text.count("\n") + 1


def passages(text: str) -> list[Passage]:
    """*text* in passages; joined by line ends they are *text* again."""
    lines = text.split("\n")
    pairs = zip(quoted(lines), lines, strict=True)
    return [
        Passage("\n".join(line for _mark, line in group), quoted)
        for quoted, group in groupby(pairs, key=lambda pair: pair[0])
    ]


def own(text: str) -> str:
    """What the sender of a letter added to what it quotes."""
    return "\n".join(each.text for each in passages(text) if not each.quoted).strip()


def quoted(lines: list[str]) -> list[bool]:
    """For each line, whether it is quoted: marked, an introduction, between such, or below a cut."""
    below = next((n for n in range(len(lines)) if _begins_below(lines, n)), len(lines))
    marked = [n >= below or bool(_MARK.match(line)) for n, line in enumerate(lines)]
    for n in range(len(lines) - 1, -1, -1):
        if not marked[n] and _introduces(lines, n, marked):
            marked[n] = True
    return [each or _lies_between(lines, n, marked) for n, each in enumerate(marked)]


def _lies_between(lines: list[str], n: int, marked: list[bool]) -> bool:
    """Whether line *n* is empty, with a quoted one before and after it."""
    if lines[n].strip() or not 0 < n < len(lines) - 1:
        return False
    return marked[n - 1] and marked[n + 1]


def _begins_below(lines: list[str], n: int) -> bool:
    """Whether the rest of a letter, from line *n*, is the one that it answers."""
    if _BELOW.fullmatch(lines[n]) or _introduces_the_rest(lines, n):
        return True
    return bool(_FROM.match(lines[n])) and any(_SENT.match(line) for line in lines[n + 1 : n + 3])


def _introduces_the_rest(lines: list[str], n: int) -> bool:
    """Whether line *n* (or it and the next) introduces a letter that follows without any marks."""
    told = lines[n].strip()
    if told and not _tells_when(told) and n + 1 < len(lines) and not _is_whole(lines[n + 1]):
        told = f"{told} {lines[n + 1].strip()}"
    if not _tells_when(told) or _MARK.match(told):
        return False
    return not any(_MARK.match(line) for line in lines[n + 1 :])


def _tells_when(line: str) -> bool:
    """Whether *line* introduces an earlier letter with its time or address, as programs write it."""
    line = line.strip()
    if len(line) > MOST_OF_A_LINE or not line.endswith((":", "：")):
        return False
    return bool(_INTRODUCTION.fullmatch(line) and _WHEN.search(line))


def _introduces(lines: list[str], n: int, marked: list[bool]) -> bool:
    """Whether line *n* (or it and the next, where it was wrapped) stands above a quotation."""
    after = [k for k in range(n + 1, min(n + 4, len(lines))) if lines[k].strip()]
    if not lines[n].strip() or not after:
        return False
    if marked[after[0]] and _MARK.match(lines[after[0]]):
        return bool(_INTRODUCTION.fullmatch(lines[n]))
    wrapped = f"{lines[n].rstrip()} {lines[n + 1].lstrip()}"
    if not marked[n + 1] or _MARK.match(lines[n + 1]) or _is_whole(lines[n + 1]):
        return False
    return bool(_INTRODUCTION.fullmatch(wrapped))


def _is_whole(line: str) -> bool:
    """Whether *line* is an introduction by itself, so that the line above it belongs to nobody's."""
    return not line.lstrip().startswith(("<", "(")) and _tells_when(line)
