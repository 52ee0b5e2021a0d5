"""The text of a PDF page as it is shown: every glyph where it stands, to be read, changed and written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from consulta.reports.renderers.embedded import Embedded

Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)
_LEAST = 1e-6  # an adjustment smaller than this is none


@dataclass(eq=False, slots=True)
class Shown:
    """A glyph: its code and font, where it stands, how wide it is in thousandths, what it says.

    *span*: which marked span with words of its own it lies in (the place of its instruction), if any.
    """

    code: int
    font: Embedded
    at: Matrix
    width: float
    text: str
    span: int | None


#: What one instruction shows: glyphs, codes put in their place, and how far the pen moves back between.
Line = list[Shown | list[int] | float]


@dataclass(slots=True)
class _State:
    """Where the pen is while instructions are followed."""

    fonts: Mapping[str, Embedded]
    page: Matrix = UNMOVED
    saved: list[Matrix] = field(default_factory=list)
    text: Matrix = UNMOVED
    pen: float = 0.0
    font: Embedded | None = None
    size: float = 0.0
    spans: list[tuple[int, str | None]] = field(default_factory=list)


def read(instructions: Sequence[Any], fonts: Mapping[str, Embedded]) -> dict[int, Line]:
    """What each of *instructions* shows in one of *fonts* (by their names), by its place."""
    state, lines = _State(fonts), {}
    for place, each in enumerate(instructions):
        operator = str(each.operator)
        if operator in ("TJ", "Tj"):
            items = each.operands[0] if operator == "TJ" else each.operands
            if state.font is not None:
                lines[place] = _line(state, state.font, items)
        elif operator in _FOLLOWED:
            _FOLLOWED[operator](state, each.operands)
        elif operator in ("BDC", "BMC"):
            state.spans.append((place, said(each)))
        elif operator == "EMC":
            state.spans.pop()
    return lines


def said(instruction: Any) -> str | None:
    """The words of its own that a marked span has; None where it has none."""
    if str(instruction.operator) != "BDC" or not isinstance(
        instruction.operands[1], pikepdf.Dictionary
    ):
        return None
    words = instruction.operands[1].get("/ActualText")
    return None if words is None else str(words)


def times(first: Sequence[float], then: Sequence[float]) -> Matrix:
    """One matrix after the other, as PDF multiplies them."""
    a, b, c, d, e, f = first
    k, m, n, p, x, y = then
    return (
        a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + x, e * m + f * p + y,
    )  # fmt: skip


def undone(matrix: Matrix) -> Matrix:
    """The matrix that takes *matrix* back."""
    a, b, c, d, e, f = matrix
    of = a * d - b * c
    return (d / of, -b / of, -c / of, a / of, (c * f - d * e) / of, (b * e - a * f) / of)


def operand(line: Line) -> pikepdf.Array:
    """*line* as what ``TJ`` takes: strings of codes and adjustments."""
    made: list[Any] = []
    codes, moved = b"", 0.0
    for each in line:
        if isinstance(each, float):
            moved += each
            continue
        if abs(moved) > _LEAST:
            made += [pikepdf.String(codes), round(moved, 4)] if codes else [round(moved, 4)]
            codes = b""
        moved = 0.0
        numbers = each if isinstance(each, list) else [each.code]
        codes += b"".join(number.to_bytes(2, "big") for number in numbers)
    return pikepdf.Array([*made, pikepdf.String(codes)] if codes else made)


def _line(state: _State, font: Embedded, items: Sequence[Any]) -> Line:
    """Read one instruction, moving the pen."""
    line: Line = []
    span, words = next(
        (each for each in reversed(state.spans) if each[1] is not None), (None, None)
    )
    scale, text = state.size / 1000, times(state.text, state.page)
    for item in items:
        if not isinstance(item, pikepdf.String):
            line.append(float(item))
            state.pen -= float(item) * scale
            continue
        codes = bytes(item)
        for start in range(0, len(codes), 2):
            code = int.from_bytes(codes[start : start + 2], "big")
            at = times((scale, 0, 0, scale, state.pen, 0), text)
            own = font.text.get(code, "") if words is None else words
            line.append(Shown(code, font, at, font.width(code), own, span))
            state.pen += font.width(code) * scale
    return line


def _numbers(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return (a, b, c, d, e, f)


def _save(state: _State, _operands: Sequence[Any]) -> None:
    state.saved.append(state.page)


def _restore(state: _State, _operands: Sequence[Any]) -> None:
    state.page = state.saved.pop()


def _move_page(state: _State, operands: Sequence[Any]) -> None:
    state.page = times(_numbers(operands), state.page)


def _begin(state: _State, _operands: Sequence[Any]) -> None:
    state.text, state.pen = UNMOVED, 0.0


def _move_text(state: _State, operands: Sequence[Any]) -> None:
    state.text, state.pen = _numbers(operands), 0.0


def _choose(state: _State, operands: Sequence[Any]) -> None:
    state.font, state.size = state.fonts.get(str(operands[0])), float(operands[1])


_FOLLOWED = {
    "q": _save, "Q": _restore, "cm": _move_page, "BT": _begin, "Tm": _move_text, "Tf": _choose,
}  # fmt: skip
