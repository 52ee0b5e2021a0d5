"""Frames: writing the codes of a consultation. Nothing that was given is ever deleted, only retired.

Every act raises NotAllowedError for a person without the right to edit the report.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.analysis.coding import queries
from consulta.analysis.coding.errors import (
    ChangedMeanwhileError,
    CircleError,
    CodeUsedError,
    NameMissingError,
    NameTakenError,
)
from consulta.analysis.models import Code, CodeChange, Coding, CodingFrame
from consulta.consultations import permissions
from consulta.consultations.models import Consultation, Question
from consulta.core.coding_frame import DEFINITION, NAME
from consulta.core.plaintext import one_line, storable
from consulta.groups.permissions import Act
from consulta.ledger import ledger

Stand = Code.State


@dataclass(frozen=True, slots=True)
class Wording:
    """What a code says and where it stands. *parent*: the number of the code above it, *question*: the
    position of the only question it is for; None: none, all."""

    name: str
    definition: str = ""
    parent: int | None = None
    question: int | None = None


@transaction.atomic
def add(consultation: Consultation, wording: Wording, *, by: User) -> Code:
    """Write a new code at the end of its level. Raises NameMissingError, NameTakenError, CircleError."""
    frame = take(consultation, by=by)
    code = write(frame, wording, by=by)
    ledger.record("code_added", code, by=by)
    return code


@transaction.atomic
def reword(code: Code, wording: Wording, *, by: User) -> None:
    """Say anew what a code is called, means, and where it stands; what it said before is kept."""
    frame = take(code.frame.consultation, by=by)
    code.refresh_from_db()
    if code.state == Stand.MERGED:
        raise ChangedMeanwhileError(code.ordinal)
    before = (code.name, code.definition)
    placed = (code.parent_id, code.question_id)
    _set(frame, code, wording)
    said, stands = (code.name, code.definition) != before, (code.parent_id, code.question_id)
    if not said and stands == placed:
        return
    act = CodeChange.Act.REWORDED if said else CodeChange.Act.PLACED
    code.save()
    remember(code, act, by=by, before=before)
    ledger.record("code_changed", code, by=by)


@transaction.atomic
def move(code: Code, places: int, *, by: User) -> None:
    """Move *code* up (-1) or down (1) among those beside it."""
    frame = take(code.frame.consultation, by=by)
    rows = [c for c in frame.codes.all() if c.parent_id == code.parent_id and c.state != "merged"]
    rows.sort(key=lambda one: (one.position, one.ordinal))
    here = next((place for place, one in enumerate(rows) if one.pk == code.pk), None)
    if here is None or not 0 <= here + places < len(rows):
        return
    rows.insert(here + places, rows.pop(here))
    for place, one in enumerate(rows, start=1):
        Code.objects.filter(pk=one.pk).update(position=place)
    ledger.record("code_changed", code, by=by)


@transaction.atomic
def retire(code: Code, *, by: User) -> None:
    """Give *code* no more; what was coded with it stays, and counts."""
    _turn(code, Stand.ACTIVE, Stand.RETIRED, by=by)
    remember(code, CodeChange.Act.RETIRED, by=by)
    ledger.record("code_retired", code, by=by)


@transaction.atomic
def restore(code: Code, *, by: User) -> None:
    """Take a retired *code* into use again. Raises NameTakenError where its name is another's by now."""
    _turn(code, Stand.RETIRED, Stand.ACTIVE, by=by)
    check_name(code.frame, code)
    remember(code, CodeChange.Act.RESTORED, by=by)
    ledger.record("code_restored", code, by=by)


@transaction.atomic
def delete(code: Code, *, by: User) -> None:
    """Strike out a code that was never given. Raises CodeUsedError for one that was, or that holds others."""
    frame = take(code.frame.consultation, by=by)
    others = frame.codes.filter(parent=code) | frame.codes.filter(merged_into=code)
    merged = CodeChange.objects.filter(into=code).exclude(code=code)
    given = Coding.objects.filter(given=code) | Coding.objects.filter(code=code)
    if others.exists() or given.exists() or merged.exists():
        raise CodeUsedError(code.ordinal)
    ledger.record("code_deleted", code, by=by)
    code.delete()


@transaction.atomic
def choose_printing(
    consultation: Consultation, *, printed: bool, names_coders: bool, by: User
) -> None:
    """Have the frame and a table of its codes stand in the report from now on, or not."""
    frame = take(consultation, by=by)
    frame.printed, frame.names_coders = printed, printed and names_coders
    frame.save()
    ledger.record("coding_printing_chosen", frame, by=by)


def take(consultation: Consultation, *, by: User) -> CodingFrame:
    """The frame, made where there is none, while others wait. Call it inside an act."""
    permissions.require(by, Act.EDIT_REPORT, consultation)
    CodingFrame.objects.get_or_create(
        consultation=consultation, defaults={"language": consultation.original_language}
    )
    return CodingFrame.objects.select_for_update().get(consultation=consultation)


def write(frame: CodingFrame, wording: Wording, *, by: User) -> Code:
    """A new code in a frame that was taken; the act around it records it."""
    last = frame.codes.aggregate(ordinal=Max("ordinal"), position=Max("position"))
    code = Code(
        frame=frame,
        ordinal=(last["ordinal"] or 0) + 1,
        position=(last["position"] or 0) + 1,
        created_at=timezone.now(),
        created_by=by,
    )
    _set(frame, code, wording)
    code.save()
    return code


def remember(
    code: Code,
    act: CodeChange.Act,
    *,
    by: User,
    before: tuple[str, str] | None = None,
    into: Code | None = None,
) -> None:
    """Keep what was done to *code*, and what it said *before* it."""
    name, definition = before or (code.name, code.definition)
    CodeChange.objects.create(
        code=code,
        act=act,
        name=name,
        definition=definition,
        into=into,
        changed_at=timezone.now(),
        changed_by=by,
    )


def check_name(frame: CodingFrame, code: Code) -> None:
    """Raise NameTakenError where another code in use has the name, for the same question or for all."""
    for one in frame.codes.filter(state=Stand.ACTIVE).exclude(pk=code.pk):
        apart = one.question_id and code.question_id and one.question_id != code.question_id
        if not apart and one.name.casefold() == code.name.casefold():
            raise NameTakenError(code.name)


def _set(frame: CodingFrame, code: Code, wording: Wording) -> None:
    """Put *wording* into *code*. A code beneath one of a single question is for that question too."""
    code.name = one_line(wording.name)[:NAME]
    code.definition = storable(wording.definition).strip()[:DEFINITION]
    if not code.name:
        raise NameMissingError
    codes = {one.ordinal: one for one in frame.codes.select_related("question")}
    parent = codes.get(wording.parent) if wording.parent else None
    if parent is not None and parent.state == Stand.MERGED:
        raise ChangedMeanwhileError(parent.ordinal)
    if parent is not None and code.pk and code.pk in queries.line(codes.values(), parent):
        raise CircleError(code.ordinal)
    code.parent = parent
    if parent is not None and parent.question is not None:
        code.question = parent.question
    else:
        code.question = _question(frame, wording.question)
    if code.state == Stand.ACTIVE:
        check_name(frame, code)


def _question(frame: CodingFrame, position: int | None) -> Question | None:
    if not position:
        return None
    return Question.objects.filter(consultation=frame.consultation_id, position=position).first()


def _turn(code: Code, before: Code.State, after: Code.State, *, by: User) -> None:
    take(code.frame.consultation, by=by)
    code.refresh_from_db(fields=["state", "merged_into"])
    if code.state != before:
        raise ChangedMeanwhileError(code.ordinal)
    code.state = after
    code.save()
