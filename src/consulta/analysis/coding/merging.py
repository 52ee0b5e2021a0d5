"""Merging: two codes turn out to be one. The codings stand under the other, and can come back."""

from django.db import transaction
from django.db.models import Q

from consulta.accounts.models import User
from consulta.analysis.coding import frames, queries
from consulta.analysis.coding.errors import ChangedMeanwhileError, NotMergeableError
from consulta.analysis.models import Code, CodeChange, Coding
from consulta.ledger import ledger

Stand = Code.State


@transaction.atomic
def merge(code: Code, into: int, *, by: User) -> Code:
    """Let all that was coded with *code* stand under the code numbered *into*; return that one.

    What stands beneath it moves beneath the other. Each coding keeps under which code it was given.
    Raises NotMergeableError, ChangedMeanwhileError.
    """
    frame = frames.take(code.frame.consultation, by=by)
    code.refresh_from_db()
    if code.state == Stand.MERGED:
        raise ChangedMeanwhileError(code.ordinal)
    target = frame.codes.filter(ordinal=into, state=Stand.ACTIVE).first()
    if target is None or not _takes(target, code):
        raise NotMergeableError(code.ordinal)
    if code.pk in queries.line(frame.codes.all(), target):
        raise NotMergeableError(code.ordinal)
    Coding.objects.filter(code=code).update(code=target)
    frame.codes.filter(parent=code).update(parent=target)
    code.state, code.merged_into = Stand.MERGED, target
    code.save()
    frames.remember(code, CodeChange.Act.MERGED, by=by, into=target)
    ledger.record("code_merged", code, by=by)
    return target


@transaction.atomic
def separate(code: Code, *, by: User) -> None:
    """Undo a merger: what was given under *code*, or under codes merged into it, stands under it again.

    Raises ChangedMeanwhileError where it is merged no more, or its target was merged on meanwhile.
    """
    frame = frames.take(code.frame.consultation, by=by)
    code.refresh_from_db()
    target = code.merged_into
    if code.state != Stand.MERGED or target is None or target.state == Stand.MERGED:
        raise ChangedMeanwhileError(code.ordinal)
    code.state, code.merged_into = Stand.ACTIVE, None
    frames.check_name(frame, code)
    code.save()
    own = {code.pk, *_merged_into(frame.codes.all(), code)}
    Coding.objects.filter(Q(given__in=own), code=target).update(code=code)
    frames.remember(code, CodeChange.Act.UNMERGED, by=by, into=target)
    ledger.record("code_separated", code, by=by)


def _takes(target: Code, code: Code) -> bool:
    """Whether every answer that may have *code* may have *target* too."""
    same = target.question_id is None or target.question_id == code.question_id
    return target.pk != code.pk and same


def _merged_into(codes: object, code: Code) -> set[int]:
    """The ids of all codes that were merged into *code*, directly or not."""
    found: set[int] = set()
    waiting = [code.pk]
    rows = list(codes)  # type: ignore[call-overload]
    while waiting:
        here = waiting.pop()
        below = [one.pk for one in rows if one.merged_into_id == here and one.pk not in found]
        found.update(below)
        waiting += below
    return found
