"""Exchange: a frame as a file, out and in, and a frame used again in a following consultation."""

from collections.abc import Sequence

from django.db import transaction

from consulta.accounts.models import User
from consulta.analysis.coding import frames, queries
from consulta.analysis.coding.frames import Wording
from consulta.analysis.models import Code, CodingFrame
from consulta.consultations.models import Consultation
from consulta.core.coding_frame import CodeRow
from consulta.ledger import ledger


def rows(consultation: Consultation) -> list[CodeRow]:
    """The codes of *consultation* as a file holds them; merged ones are left out. Two queries."""
    return _rows(queries.frame(consultation))


@transaction.atomic
def bring_in(
    consultation: Consultation, brought: Sequence[CodeRow], *, by: User
) -> tuple[int, int]:
    """Add the codes of a file, each beneath its parent; return how many are new and how many were there.

    A code whose name is in use already is not written twice: what the file says beneath it goes beneath
    the one that stands. A question that this consultation does not ask is left out.
    """
    frame = frames.take(consultation, by=by)
    made = _write(frame, brought, by=by)
    ledger.record("coding_frame_brought_in", frame, by=by)
    return made


@transaction.atomic
def take_from(consultation: Consultation, other: Consultation, *, by: User) -> tuple[int, int]:
    """Begin with the codes in use in *other*; questions are not taken over: they are others there."""
    frame = frames.take(consultation, by=by)
    taken = [row for row in _rows(queries.frame(other)) if row.state == Code.State.ACTIVE]
    plain = [CodeRow(row.number, row.name, row.definition, row.parent) for row in taken]
    made = _write(frame, plain, by=by)
    frame.taken_from = other
    frame.save(update_fields=["taken_from"])
    ledger.record("coding_frame_brought_in", frame, by=by)
    return made


def _rows(frame: queries.Frame) -> list[CodeRow]:
    numbers = {code.pk: code.ordinal for code in frame.codes}
    return [
        CodeRow(
            number=level.code.ordinal,
            name=level.code.name,
            definition=level.code.definition,
            parent=numbers.get(level.code.parent_id or 0, 0),
            question=_asked(level.code),
            state=level.code.state,
        )
        for level in frame.tree
    ]


def _write(frame: CodingFrame, brought: Sequence[CodeRow], *, by: User) -> tuple[int, int]:
    standing = [(level.code, _asked(level.code)) for level in queries.of(frame).tree]
    numbers: dict[int, int] = {}
    new = 0
    for row in brought:
        here = (
            code.ordinal
            for code, asked in standing
            if code.name.casefold() == row.name.casefold()
            and (not asked or not row.question or asked == row.question)
        )
        if (found := next(here, None)) is not None:
            numbers[row.number] = found
            continue
        wording = Wording(row.name, row.definition, numbers.get(row.parent), row.question or None)
        code = frames.write(frame, wording, by=by)
        numbers[row.number], new = code.ordinal, new + 1
        standing.append((code, _asked(code)))
        if row.state == Code.State.RETIRED:
            Code.objects.filter(pk=code.pk).update(state=Code.State.RETIRED)
    return new, len(brought) - new


def _asked(code: Code) -> int:
    return code.question.position if code.question else 0
