"""Passages of an answer that a released report cites: each has a place that a link leads to."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from secrets import token_hex

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from consulta.reports import frozen
from consulta.reports.frozen import Passage
from consulta.responses.models import Response
from consulta.web.ui.templatetags.ui import text as as_text


def by_answer(response: Response) -> Mapping[int, Sequence[Passage]]:
    """The cited passages of *response* by the answer's id. Two queries."""
    found: dict[int, list[Passage]] = {}
    for passage in frozen.passages(response):
        found.setdefault(passage.answer, []).append(passage)
    return found


def marked(text: str, language: str, passages: Sequence[Passage]) -> SafeString:
    """*text* as the pages show it, with *passages* marked; each name stands once, where it begins."""
    if not passages:
        return SafeString()
    nonce = token_hex(8)  # in no text, so that escaping and line breaks can be done around it
    parts, tags = [], {}
    for number, (start, end) in enumerate(pairwise(_cuts(text, passages))):
        over = [p for p in passages if p.start <= start and end <= p.end]
        if not over or not text[start:end].strip():
            parts.append(text[start:end])
            continue
        opening, closing = f"{nonce}o{number}x", f"{nonce}c{number}x"
        begun = [p.anchor for p in over if p.start == start]
        tags[opening], tags[closing] = _opening(begun), "</mark>"
        parts.append(f"{opening}{text[start:end]}{closing}")
    shown = str(as_text("".join(parts), language))
    for name, tag in tags.items():
        shown = shown.replace(name, tag)
    return mark_safe(shown)  # noqa: S308  (escaped before the tags came in)


def _cuts(text: str, passages: Iterable[Passage]) -> list[int]:
    """Where a passage begins or ends, and every line end: no mark reaches over a paragraph."""
    lines = {place + n for place, letter in enumerate(text) if letter == "\n" for n in (0, 1)}
    ends = {end for p in passages for end in (p.start, p.end)}
    return sorted({0, len(text)} | lines | ends)


def _opening(names: Sequence[str]) -> str:
    """The mark with the names of the passages that begin here."""
    if not names:
        return '<mark class="passage">'
    others = "".join(format_html('<a id="{}"></a>', name) for name in names[1:])
    return format_html('<mark class="passage" id="{}">', names[0]) + others
