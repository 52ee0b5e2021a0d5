"""Marking: a coder gives an answer, or a passage of it, codes of the frame; and takes them back.

Single codings stand in no ledger: they are a working paper of the desk, and change no page. Every act
raises NotAllowedError for a person without the right to edit the report.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consulta.accounts.models import User
from consulta.analysis.campaigns import standing
from consulta.analysis.coding import queries
from consulta.analysis.coding.errors import (
    NoCodeChosenError,
    NotPublicError,
    NotYoursError,
    UnknownCodeError,
    WordsNotFoundError,
)
from consulta.analysis.models import Code, Coding, NoCode
from consulta.consultations import permissions
from consulta.core import anchors, quotation
from consulta.core.lifecycle import State
from consulta.core.plaintext import storable
from consulta.groups.permissions import Act
from consulta.responses import content
from consulta.responses.models import Answer

NOTE = 4000


@dataclass(frozen=True, slots=True)
class Given:
    """What a coder gives: the numbers of *codes*; *words* of the public text where a passage is meant."""

    codes: Sequence[int]
    words: str = ""
    note: str = ""


@transaction.atomic
def code(answer: Answer, given: Given, *, by: User) -> list[Coding]:
    """Give *answer* the codes; those that this coder gave there already stay, with the new note.

    Raises NoCodeChosenError, UnknownCodeError, NotPublicError, WordsNotFoundError.
    """
    _require(answer, by)
    codes = _codes(answer, given.codes)
    span = _span(answer, given.words)
    made = [_give(answer, one, span, given.note, by=by) for one in codes]
    NoCode.objects.filter(answer=answer, coded_by=by).delete()
    return made


@transaction.atomic
def code_campaign(answer: Answer, given: Given, *, by: User) -> int:
    """Give the codes to the same answer of everyone counted in the campaign; return to how many.

    A passage is looked for in each; who does not say its words is left out. Raises as :func:`code` does.
    """
    _require(answer, by)
    codes = _codes(answer, given.codes)
    _span(answer, given.words)
    answers = _of_campaign(answer)
    places = {one.pk: _place(one, given.words) for one in answers}
    meant = [pk for pk, span in places.items() if span or not given.words.strip()]
    known = set(
        Coding.objects.filter(answer__in=meant, code__in=codes, coded_by=by).values_list(
            "answer_id", "code_id", "start", "end"
        )
    )
    Coding.objects.bulk_create(
        _coding(pk, one, places[pk], given.note, by=by)
        for pk in meant
        for one in codes
        if (pk, one.pk, *(places[pk] or (None, None))) not in known
    )
    NoCode.objects.filter(answer__in=meant, coded_by=by).delete()
    return len(meant)


@transaction.atomic
def take_back(coding: Coding, *, by: User) -> None:
    """Take back a code that this person gave. Raises NotYoursError for another's."""
    _may(coding.answer, by)
    if coding.coded_by_id != by.pk:
        raise NotYoursError(coding.pk)
    Coding.objects.filter(
        code=coding.code_id,
        answer=coding.answer_id,
        start=coding.start,
        end=coding.end,
        coded_by=by,
    ).delete()


@transaction.atomic
def find_none(answer: Answer, *, by: User) -> None:
    """Say that no code of the frame applies to *answer*; what this coder had given it goes."""
    _require(answer, by)
    Coding.objects.filter(answer=answer, coded_by=by).delete()
    NoCode.objects.get_or_create(answer=answer, coded_by=by, defaults={"coded_at": timezone.now()})


@transaction.atomic
def carry_over(answer: Answer, codings: Iterable[Coding], *, by: User) -> int:
    """Give *answer*, of a new version, what *codings* say of the earlier one; return how many stand.

    A passage is found by its words; one that the new version does not say is not carried over.
    """
    _require(answer, by)
    done = 0
    for coding in list(codings):
        words = said(coding)
        span = _place(answer, words)
        lost = coding.start is not None and span is None
        if not lost and coding.code.state == Code.State.ACTIVE:
            _give(answer, coding.code, span, coding.note, by=by)
            done += 1
        _settle([coding])
    return done


@transaction.atomic
def leave_behind(answer: Answer, codings: Iterable[Coding], *, by: User) -> None:
    """Say that *codings* of an earlier version do not hold for *answer*; they stay with that version."""
    _require(answer, by)
    _settle(codings)


def said(coding: Coding) -> str:
    """The words of a coding as readers may see them; empty for a whole answer, or where none are left."""
    if coding.start is None or coding.end is None:
        return ""
    span = place(coding)
    if span is None:
        return ""
    return quotation.one_line(content.public_text(coding.answer)[span[0] : span[1]])


def place(coding: Coding) -> tuple[int, int] | None:
    """Where the passage of *coding* stands in the public text now; None where no word of it is left."""
    if coding.start is None or coding.end is None:
        return None
    answer = coding.answer
    return anchors.to_public(
        coding.start, coding.end, length=len(answer.text), left_out=_left_out(answer)
    )


def _require(answer: Answer, by: User) -> None:
    _may(answer, by)
    response = answer.version.response
    if response.state != State.PUBLISHED or response.published_version_id != answer.version_id:
        raise NotPublicError(answer.pk)


def _may(answer: Answer, by: User) -> None:
    permissions.require(by, Act.EDIT_REPORT, answer.version.response.consultation)


def _codes(answer: Answer, ordinals: Sequence[int]) -> list[Code]:
    if not ordinals:
        raise NoCodeChosenError
    offered = queries.frame(answer.version.response.consultation).for_question(answer.question)
    known = {level.code.ordinal: level.code for level in offered}
    if not set(ordinals) <= set(known):
        raise UnknownCodeError
    return [known[ordinal] for ordinal in dict.fromkeys(ordinals)]


def _span(answer: Answer, words: str) -> tuple[int, int] | None:
    """The passage meant; None for the whole answer. Raises WordsNotFoundError."""
    if not words.strip():
        return None
    found = _place(answer, words)
    if found is None:
        raise WordsNotFoundError(words)
    return found


def _place(answer: Answer, words: str) -> tuple[int, int] | None:
    """Where the text as it arrived says *words* that its public text says; None for no words, or none."""
    found = quotation.find(content.public_text(answer), words) if words.strip() else None
    if found is None:
        return None
    return anchors.to_arrived(*found, length=len(answer.text), left_out=_left_out(answer))


def _left_out(answer: Answer) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in content.left_out(answer)]


def _give(
    answer: Answer, code: Code, span: tuple[int, int] | None, note: str, *, by: User
) -> Coding:
    """Give one code, or find it given by the same coder at the same place: then only the note is new."""
    made = _coding(answer.pk, code, span, note, by=by)
    same = Coding.objects.filter(
        code=code, answer=answer, start=made.start, end=made.end, coded_by=by
    ).first()
    if same is None:
        made.save()
        return made
    if made.note and made.note != same.note:
        same.note = made.note
        same.save(update_fields=["note"])
    return same


def _coding(
    answer: int, code: Code, span: tuple[int, int] | None, note: str, *, by: User
) -> Coding:
    start, end = span or (None, None)
    return Coding(
        code=code,
        given=code,
        answer_id=answer,
        start=start,
        end=end,
        note=storable(note).strip()[:NOTE],
        coded_by=by,
        coded_at=timezone.now(),
    )


def _of_campaign(answer: Answer) -> list[Answer]:
    """The answers to the same question of everyone counted in the campaign of *answer*, its own first."""
    response = answer.version.response
    mine = standing.folded(response.consultation).filter(response=response).first()
    if mine is None:
        return [answer]
    members = standing.counted().filter(campaign=mine.campaign_id)
    rows = Answer.objects.filter(
        version=F("version__response__published_version"),
        version__response__in=members.values("response"),
        question=answer.question,
    ).exclude(text="")
    loaded = rows.select_related("version__response").prefetch_related("redactions")
    others = [one for one in loaded if one.pk != answer.pk]
    return [answer, *others]


def _settle(codings: Iterable[Coding]) -> None:
    Coding.objects.filter(pk__in=[one.pk for one in codings]).update(settled_at=timezone.now())
