"""What the pages of a brief summary show, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.consultations import joining
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.multilingual import Text
from consulta.meetings import queries as meetings
from consulta.meetings import wording
from consulta.meetings.models import Document, Meeting
from consulta.reports import queries, summary_queries
from consulta.reports.models import (
    Agreement,
    BriefSummary,
    Edition,
    GroupDiscussion,
    Paragraph,
    Sentence,
    SummaryTranslation,
)
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

Part = Paragraph.Part


@dataclass(frozen=True, slots=True)
class Fixed:
    """One fixed text: what may be done with it. *is_translation*: in another language than was put."""

    edition: Edition
    agreement: Agreement | None
    translation: SummaryTranslation | None
    may_be_put: bool
    may_be_translation: bool


@dataclass(frozen=True, slots=True)
class Steps:
    """How far a summary is. *standing*: what was said to the text as it stands; None: nothing yet."""

    summary: BriefSummary | None
    written: Sequence[tuple[str, int]]
    fixed: Sequence[Fixed]
    standing: Agreement | None
    void: Sequence[Agreement]
    discussions: Sequence[GroupDiscussion]
    record_ready: bool

    @property
    def fixable(self) -> list[str]:
        """The languages in which there is something to fix."""
        return [code for code, count in self.written if count]

    @property
    def carried(self) -> bool:
        """Whether the summary lies before the group."""
        return self.summary is not None and self.summary.carried_at is not None


@dataclass(frozen=True, slots=True)
class Section:
    """A place of the draft: its words, its paragraphs, and what the report says under it.

    *report*: its sentences, each with whether the draft says the same already.
    """

    part: str
    position: int
    title: str
    title_language: str
    paragraphs: Sequence[Paragraph]
    report: Sequence[tuple[Sentence, bool]]

    @property
    def anchor(self) -> str:
        """The name of the place on its page."""
        return anchor(self.part, self.position)


def steps(consultation: Consultation) -> Steps:
    """Where everything stands, for the overview."""
    summary = summary_queries.of(consultation)
    standing = summary_queries.standing(consultation)
    agreements = summary_queries.agreements(consultation)
    translations = summary_queries.translations(standing) if standing else []
    counted = [
        (code, sum(len(p.sentences.all()) for p in summary_queries.paragraphs(consultation, code)))
        for code in consultation.languages
    ]
    return Steps(
        summary=summary,
        written=counted,
        fixed=_fixed(consultation, agreements, standing, translations),
        standing=standing,
        void=[each for each in agreements if each.voided_at],
        discussions=summary_queries.discussions(summary) if summary else [],
        record_ready=bool(standing and standing.record and standing.record.rendered_at),
    )


def _fixed(
    consultation: Consultation,
    agreements: Sequence[Agreement],
    standing: Agreement | None,
    translations: Sequence[SummaryTranslation],
) -> list[Fixed]:
    by_edition = {each.edition_id: each for each in agreements}
    translated = {each.edition_id: each for each in translations}
    newest: set[str] = set()
    rows = []
    for edition in summary_queries.editions(consultation):
        is_newest = edition.language not in newest
        newest.add(edition.language)
        is_other = standing is not None and edition.language != standing.edition.language
        fresh = is_newest and edition.rendered_at is not None and edition.pk not in by_edition
        later = standing is not None and edition.frozen_at >= standing.recorded_at
        rows.append(
            Fixed(
                edition,
                by_edition.get(edition.pk),
                translated.get(edition.pk),
                may_be_put=fresh and not is_other,
                may_be_translation=fresh and is_other and later and edition.pk not in translated,
            )
        )
    return rows


def sections(consultation: Consultation, language: str) -> list[Section]:
    """The places of the draft in one language, in order, each with what the report says there."""
    written = summary_queries.paragraphs(consultation, language)
    report = queries.paragraphs(consultation, language)
    found = [_section(Part.WRITTEN, 0, Text(_("All responses"), current()), written, report)]
    for question in consultations.questions(consultation):
        text = consultations.question_text(question, language)
        found.append(_section(Part.WRITTEN, question.position, text, written, report))
    heading = Text(_("The discussion at the open meeting"), current())
    return [*found, _section(Part.DISCUSSION, 0, heading, written, [])]


def _section(
    part: str,
    position: int,
    title: Text,
    written: Sequence[Paragraph],
    report: Sequence[Paragraph],
) -> Section:
    under = [p for p in report if (p.question.position if p.question else 0) == position]
    mine = [
        p
        for p in written
        if p.part == part and (p.question.position if p.question else 0) == position
    ]
    said = {sentence.text for paragraph in mine for sentence in paragraph.sentences.all()}
    rows = [sentence for paragraph in under for sentence in paragraph.sentences.all()]
    report_rows = [(sentence, sentence.text in said) for sentence in rows]
    return Section(part, position, title.text, title.language, mine, report_rows)


def anchor(part: str, position: int) -> str:
    """The name of a place of the draft on its page."""
    return f"{part}-{position}"


def asked(consultation: Consultation, part: str, position: int) -> Question | None:
    """The question that a new paragraph stands under; None for none. Raises Question.DoesNotExist."""
    if position == 0 or part == Part.DISCUSSION:
        return None
    for question in consultations.questions(consultation):
        if question.position == position:
            return question
    raise Question.DoesNotExist


def meeting(consultation: Consultation) -> Text | None:
    """The group's next meeting by its name."""
    found = consultation.group_meeting
    return wording.name(found, current()) if found else None


def home(consultation: Consultation) -> Link:
    """The way back to the summary's first page."""
    return Link(label=_("Brief summary"), href=reverse("desk:summary", args=[consultation.slug]))


def extra_meetings(
    consultation: Consultation,
) -> list[tuple[Meeting, str, list[tuple[Document, str]]]]:
    """The extra open meetings joined to the consultation, with what was said there: their documents."""
    language = current()
    return [
        (
            meeting,
            wording.name(meeting, language).text,
            [(d, meetings.title(d, language).text) for d in meetings.for_members(meeting)],
        )
        for meeting in joining.of_consultation(consultation)
    ]
