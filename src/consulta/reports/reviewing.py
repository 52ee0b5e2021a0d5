"""Reviewing: a second officer approves a question's text, or returns it with remarks.

An approval names the text by its hash. Whoever changes a word, a citation or the order afterwards
has a text that nobody approved: no act is needed to take an approval back, and none can be forgotten.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.core.fingerprint import canonical
from consulta.core.plaintext import storable
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.reports import following, hands, places, queries
from consulta.reports.errors import (
    NothingWrittenError,
    NotUnderReviewError,
    OwnTextError,
    RemarkMissingError,
)
from consulta.reports.models import Paragraph, Remark, ReviewStep, Sentence
from consulta.reports.places import Place

Kind = ReviewStep.Kind
#: What a review of a text can be, beside the kinds of a step.
NOT_ASKED, CHANGED = "not_asked", "changed"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A remark as it was typed, pinned to a sentence, else to a paragraph, by their ids."""

    text: str
    paragraph: int | None = None
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the review of a place stands: not_asked, asked, approved, returned, or changed since it was
    approved. *step*: the last one; *writers*: who wrote the sentences that stand there now, and who
    changed words, citations or order since the last approval."""

    state: str = NOT_ASKED
    step: ReviewStep | None = None
    writers: frozenset[int] = field(default_factory=frozenset)

    def may_decide(self, user: User) -> bool:
        """Say whether *user* is a second officer here: neither wrote it nor put it up."""
        asker = self.step.by_id if self.step else None
        return self.state == Kind.ASKED and user.pk not in self.writers and user.pk != asker


class Said(Protocol):
    """A sentence, drafted or frozen, as a fingerprint takes it."""

    text: str
    citations: Any


def fingerprint(sentences: Iterable[tuple[int, Said]]) -> str:
    """The hash of a place's text: identities, words and citations of its sentences, in order."""
    told = [
        [pk, said.text, sorted(_told(cited) for cited in said.citations.all())]
        for pk, said in sentences
    ]
    return hashlib.sha256(canonical({"sentences": told})).hexdigest()


@transaction.atomic
def ask(place: Place, *, by: User) -> ReviewStep:
    """Mark the text of *place* ready for a second officer. Raises NothingWrittenError."""
    permissions.require(by, Act.EDIT_REPORT, place.consultation)
    return _step(place, Kind.ASKED, by=by)


@transaction.atomic
def ask_for_all(consultation: Consultation, language: str, *, by: User) -> int:
    """Mark every text in *language* ready that is not approved or under review; return how many.

    One with sentences that wait for their translation is left out.
    """
    permissions.require(by, Act.EDIT_REPORT, consultation)
    written = queries.paragraphs(consultation, language)
    known = standing(consultation, language, written)
    there = places.written(consultation, written)
    waits = {p.question_id for p in written if any(map(following.is_waiting, p.sentences.all()))}
    done = (Kind.ASKED, Kind.APPROVED)
    open_ones = [pk for pk in there if pk not in waits and known[pk].state not in done]
    for pk in open_ones:
        _step(there[pk], Kind.ASKED, by=by)
    return len(open_ones)


@transaction.atomic
def approve(place: Place, *, by: User, seen: str) -> ReviewStep:
    """Approve the text as it stands; *seen* is the hash (:attr:`ReviewStep.text_sha256`) of the one read.

    Raises OwnTextError to who wrote it, NotUnderReviewError where it is not the one that was read.
    """
    known = _second(place, by)
    if known.step is None or known.step.text_sha256 != seen:
        raise NotUnderReviewError
    return _step(place, Kind.APPROVED, by=by)


@transaction.atomic
def send_back(place: Place, remark: str, pinned: Sequence[Pinned] = (), *, by: User) -> ReviewStep:
    """Return the text with a remark on the whole, or remarks pinned to sentences and paragraphs.

    Raises RemarkMissingError without any, and what :func:`approve` raises.
    """
    _second(place, by)
    said = [one for one in pinned if one.text.strip()]
    if not remark.strip() and not said:
        raise RemarkMissingError
    step = _step(place, Kind.RETURNED, by=by, remark=storable(remark).strip())
    for one in said:
        _pin(step, place, one)
    return step


@transaction.atomic
def settle(remark: Remark, *, by: User) -> None:
    """Say that a remark is dealt with; it stays on record."""
    permissions.require(by, Act.EDIT_REPORT, remark.step.consultation)
    if remark.settled_at is None:
        remark.settled_at, remark.settled_by = timezone.now(), by
        remark.save(update_fields=["settled_at", "settled_by"])


def standing(
    consultation: Consultation, language: str, paragraphs: Iterable[Paragraph]
) -> dict[int | None, Standing]:
    """How the review of every written place stands, by the question's id. Two queries."""
    changed = hands.of(consultation, language)
    steps: dict[int | None, list[ReviewStep]] = {}
    rows = ReviewStep.objects.filter(consultation=consultation, language=language)
    for step in rows.select_related("by").order_by("at", "pk"):
        steps.setdefault(step.question_id, []).append(step)
    return {
        question: _stands(steps.get(question, []), said, changed.get(question, {}))
        for question, said in _sentences(paragraphs).items()
    }


def text(place: Place) -> str:
    """The hash of what stands in *place* now, empty where nothing does."""
    said = _sentences(_paragraphs(place)).get(place.question.pk if place.question else None)
    return fingerprint(said) if said else ""


def of(place: Place) -> Standing:
    """How the review of one place stands."""
    paragraphs = _paragraphs(place)
    known = standing(place.consultation, place.language, paragraphs)
    pk = place.question.pk if place.question else None
    return known.get(pk, Standing())


def remarks(place: Place) -> Sequence[Remark]:
    """The remarks on *place* that nobody has dealt with yet, oldest first. One query."""
    rows = Remark.objects.filter(
        step__in=ReviewStep.objects.filter(place.is_here), settled_at__isnull=True
    )
    return list(rows.select_related("step__by", "sentence", "paragraph"))


def remark(consultation: Consultation, pk: int) -> Remark:
    """One remark. Raises Remark.DoesNotExist."""
    return Remark.objects.select_related("step__question", "step__consultation").get(
        pk=pk, step__consultation=consultation
    )


def approved(consultation: Consultation, language: str) -> Mapping[int | None, frozenset[str]]:
    """The texts that stand approved, by the number of the question (None: introduction): hashes.

    A text that was returned after its approval is not approved.
    """
    last: dict[tuple[int | None, str], str] = {}
    rows = ReviewStep.objects.filter(consultation=consultation, language=language)
    for step in rows.exclude(kind=Kind.ASKED).select_related("question").order_by("at", "pk"):
        position = step.question.position if step.question else None
        last[position, step.text_sha256] = step.kind
    found: dict[int | None, frozenset[str]] = {}
    for (position, sha256), kind in last.items():
        if kind == Kind.APPROVED:
            found[position] = found.get(position, frozenset()) | {sha256}
    return found


def _second(place: Place, by: User) -> Standing:
    """How the review stands; refuse who may not edit, who wrote the text, and what is not under review."""
    permissions.require(by, Act.EDIT_REPORT, place.consultation)
    Consultation.objects.select_for_update().get(pk=place.consultation.pk)
    known = of(place)
    if known.state != Kind.ASKED:
        raise NotUnderReviewError
    if not known.may_decide(by):
        raise OwnTextError
    return known


def _step(place: Place, kind: str, *, by: User, remark: str = "") -> ReviewStep:
    said = [pair for found in _sentences(_paragraphs(place)).values() for pair in found]
    if not said:
        raise NothingWrittenError(place.language)
    step = ReviewStep.objects.create(
        consultation=place.consultation,
        question=place.question,
        language=place.language,
        kind=kind,
        text_sha256=fingerprint(said),
        remark=remark,
        at=timezone.now(),
        by=by,
    )
    ledger.record(f"report_review_{kind}", step, by=by, commitments={"text": step.text_sha256})
    return step


def _pin(step: ReviewStep, place: Place, one: Pinned) -> None:
    """What the remark is pinned to is looked up in its own place: a stranger's id pins nothing."""
    there = Sentence.objects.filter(paragraph__in=_paragraphs(place), pk=one.sentence or 0).first()
    about = [p for p in _paragraphs(place) if p.pk in (one.paragraph, there and there.paragraph_id)]
    Remark.objects.create(
        step=step,
        sentence=there,
        paragraph=about[0] if about else None,
        about=there.text if there else "",
        text=storable(one.text).strip(),
    )


def _paragraphs(place: Place) -> list[Paragraph]:
    pk = place.question.pk if place.question else None
    every = queries.paragraphs(place.consultation, place.language)
    return [paragraph for paragraph in every if paragraph.question_id == pk]


def _sentences(
    paragraphs: Iterable[Paragraph],
) -> dict[int | None, list[tuple[int, Sentence]]]:
    found: dict[int | None, list[tuple[int, Sentence]]] = {}
    for paragraph in paragraphs:
        said = [(sentence.pk, sentence) for sentence in paragraph.sentences.all()]
        if said:
            found.setdefault(paragraph.question_id, []).extend(said)
    return found


def _stands(
    steps: Sequence[ReviewStep], said: Sequence[tuple[int, Sentence]], changed: hands.Hands
) -> Standing:
    approvals = [step.at for step in steps if step.kind == Kind.APPROVED]
    known = _writers(said, hands.since(changed, max(approvals, default=None)))
    if not steps:
        return Standing(writers=known)
    last = steps[-1]
    same = last.text_sha256 == fingerprint(said)
    if last.kind == Kind.RETURNED or same:
        return Standing(last.kind, last, known)
    return Standing(CHANGED if approvals else NOT_ASKED, last, known)


def _writers(said: Sequence[tuple[int, Sentence]], changed: Iterable[int]) -> frozenset[int]:
    wrote = (sentence.written_by_id for _pk, sentence in said)
    return frozenset(pk for pk in (*wrote, *changed) if pk is not None)


def _told(cited: Any) -> list[int]:
    return [cited.version_id, cited.answer_id or 0, cited.start or 0, cited.end or 0]
