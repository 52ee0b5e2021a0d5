"""What is asked about brief summaries: the draft, its editions, the agreement, what the group did."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from consulta.consultations import clock
from consulta.consultations.models import Consultation
from consulta.core.fingerprint import canonical
from consulta.meetings import documents
from consulta.meetings.models import Meeting
from consulta.reports import queries
from consulta.reports.errors import NothingWrittenError
from consulta.reports.models import (
    Agreement,
    BriefSummary,
    Edition,
    GroupDiscussion,
    Paragraph,
    Sentence,
    SummaryTranslation,
)
from consulta.reports.summary_errors import MeetingNotHeldError

PARTS = (Paragraph.Part.WRITTEN, Paragraph.Part.DISCUSSION)


@dataclass(frozen=True, slots=True)
class Annex:
    """A brief summary as the chair's report annexes it: the very files that lie before the group.

    *agreement* is what those present said; *editions* the text put to them, then its translations;
    *discussions* what the group did with it, the earliest first.
    """

    summary: BriefSummary
    agreement: Agreement
    editions: Sequence[Edition]
    discussions: Sequence[GroupDiscussion]


@dataclass(frozen=True, slots=True)
class Shown:
    """What everyone may see of a summary: the agreement on record (standing, else the last void one).

    *void*: the text was edited after it was agreed, and not agreed again.
    """

    agreement: Agreement
    translations: Sequence[SummaryTranslation]
    void: bool
    summary: BriefSummary
    discussions: Sequence[GroupDiscussion]


def may_begin(consultation: Consultation, now: datetime) -> bool:
    """Say whether the open meeting has begun: its first day is there, and it is no provisional one."""
    meeting = consultation.open_meeting
    if meeting is None or meeting.starts_on is None or meeting.is_provisional:
        return False
    return not consultation.is_record and clock.local_day(consultation, now) >= meeting.starts_on


def of(consultation: Consultation) -> BriefSummary | None:
    """The summary of *consultation*, once it was begun."""
    rows = BriefSummary.objects.select_related("document__meeting__group", "record")
    return rows.filter(consultation=consultation).first()


def is_settled(summary: BriefSummary | None, language: str) -> bool:
    """Say whether the text in *language* lies before the group, so that nothing of it changes any more.

    Other languages can still be written: each is laid beside it once, so that all stay in step.
    """
    if summary is None or summary.carried_at is None or summary.document is None:
        return False
    agreed = standing(summary.consultation)
    put = agreed.edition.language if agreed else ""
    return language == put or language in documents.languages(summary.document)


def paragraphs(consultation: Consultation, language: str) -> list[Paragraph]:
    """The draft in *language*, with sentences and citations, in three queries."""
    return queries.paragraphs(consultation, language, parts=PARTS)


def paragraph(consultation: Consultation, pk: int) -> Paragraph:
    """One paragraph of the draft with sentences and citations. Raises Paragraph.DoesNotExist."""
    rows = Paragraph.objects.filter(consultation=consultation, part__in=PARTS)
    rows = rows.select_related("question", "consultation")
    return rows.prefetch_related("sentences__citations__version__response").get(pk=pk)


def report_sentence(consultation: Consultation, pk: int) -> Sentence:
    """One sentence of the consolidated report's draft, to carry over. Raises Sentence.DoesNotExist."""
    rows = Sentence.objects.filter(
        paragraph__consultation=consultation, paragraph__part=Paragraph.Part.REPORT
    )
    return rows.select_related("paragraph__question", "paragraph__consultation").get(pk=pk)


def words_sha256(consultation: Consultation, language: str) -> str:
    """The hash of what the draft says in *language*: its words, their order, and what they cite."""
    told = [
        {
            "part": paragraph.part,
            "question": paragraph.question.position if paragraph.question else None,
            "sentences": [
                {
                    "text": sentence.text,
                    "cites": sorted(
                        [c.version.response.number, str(c.version.ordinal)]
                        for c in sentence.citations.all()
                    ),
                }
                for sentence in paragraph.sentences.all()
            ],
        }
        for paragraph in paragraphs(consultation, language)
        if paragraph.sentences.all()
    ]
    return hashlib.sha256(canonical({"paragraphs": told})).hexdigest()


def is_written(consultation: Consultation, language: str) -> bool:
    """Say whether the draft has a sentence in *language*."""
    return any(p.sentences.all() for p in paragraphs(consultation, language))


def check_fixable(consultation: Consultation, language: str, now: datetime) -> None:
    """Raise MeetingNotHeldError or NothingWrittenError while there is no text to put to anyone."""
    if not may_begin(consultation, now):
        raise MeetingNotHeldError
    if not is_written(consultation, language):
        raise NothingWrittenError(language)


def standing(consultation: Consultation) -> Agreement | None:
    """The agreement that is on record and not void."""
    rows = Agreement.objects.select_related("edition", "record", "summary")
    return rows.filter(summary__consultation=consultation, voided_at__isnull=True).first()


def editions(consultation: Consultation) -> Sequence[Edition]:
    """The fixed texts without their content, the latest first, with their files."""
    rows = Edition.objects.filter(consultation=consultation, kind=Edition.Kind.SUMMARY)
    rows = rows.defer("content").prefetch_related("files")
    return list(rows.order_by("-frozen_at", "-pk"))


def newest(consultation: Consultation, language: str) -> Edition | None:
    """The text fixed last in *language*."""
    return next((e for e in editions(consultation) if e.language == language), None)


def agreements(consultation: Consultation) -> Sequence[Agreement]:
    """Everything that those present ever said, void or not, the latest first."""
    rows = Agreement.objects.filter(summary__consultation=consultation)
    rows = rows.select_related("edition").defer("edition__content")
    return list(rows.order_by("-recorded_at", "-pk"))


def agreement(consultation: Consultation, pk: int) -> Agreement:
    """One of the things that those present said. Raises Agreement.DoesNotExist."""
    rows = Agreement.objects.filter(summary__consultation=consultation)
    return rows.select_related("edition__consultation", "record").get(pk=pk)


def shown(consultation: Consultation) -> Shown | None:
    """What everyone may see; None while nothing is on record of what those present said."""
    rows = Agreement.objects.filter(summary__consultation=consultation)
    rows = rows.select_related(
        "edition__consultation", "summary__document__meeting__group", "summary__record"
    ).prefetch_related("edition__files")
    last = rows.order_by("-recorded_at", "-pk").first()
    if last is None:
        return None
    return Shown(
        agreement=last,
        translations=translations(last),
        void=last.voided_at is not None,
        summary=last.summary,
        discussions=discussions(last.summary, public=True),
    )


def translations(agreement: Agreement) -> Sequence[SummaryTranslation]:
    """The translations of what was put to those present, the newest of each language."""
    return _translations([agreement])[agreement.pk]


def discussions(summary: BriefSummary, *, public: bool = False) -> Sequence[GroupDiscussion]:
    """What the group did with *summary*, the earliest first; *public*: as far as everyone may see it."""
    rows = summary.discussions.filter(taken_back_at__isnull=True)
    rows = rows.filter(audience=GroupDiscussion.Audience.PUBLIC) if public else rows
    return list(rows.select_related("meeting__group"))


def of_meeting(meeting: Meeting) -> list[Annex]:
    """The summaries that were carried to *meeting*, for its page and the chair's report; four queries."""
    carried = BriefSummary.objects.filter(document__meeting=meeting).order_by("carried_at", "pk")
    standing = GroupDiscussion.objects.filter(taken_back_at__isnull=True)
    done = Prefetch("discussions", standing.select_related("meeting__group"))
    carried = carried.select_related("consultation", "document").prefetch_related(done)
    rows = Agreement.objects.filter(summary__in=carried, voided_at__isnull=True)
    rows = rows.select_related("edition__consultation").prefetch_related("edition__files")
    agreed = {agreement.summary_id: agreement for agreement in rows}
    translated = _translations(agreed.values())
    return [
        Annex(
            summary=summary,
            agreement=(one := agreed[summary.pk]),
            editions=[one.edition, *(each.edition for each in translated[one.pk])],
            discussions=list(summary.discussions.all()),
        )
        for summary in carried
    ]


def _translations(given: Iterable[Agreement]) -> dict[int, list[SummaryTranslation]]:
    """The released translations by the agreement's id, the newest of each language. One query."""
    found: dict[int, list[SummaryTranslation]] = {agreement.pk: [] for agreement in given}
    rows = SummaryTranslation.objects.filter(agreement__in=found)
    rows = rows.select_related("edition__consultation").prefetch_related("edition__files")
    for one in rows.order_by("edition__language", "-edition__ordinal"):
        languages = {each.edition.language for each in found[one.agreement_id]}
        if one.edition.language not in languages:
            found[one.agreement_id].append(one)
    return found
