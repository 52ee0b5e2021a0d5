"""What the pages of coding show, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.analysis.campaigns import queries as campaigns
from consulta.analysis.coding import marking
from consulta.analysis.coding.queries import Frame, Level
from consulta.analysis.coding.reading import Row
from consulta.analysis.models import Coding
from consulta.consultations import options
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation, Question
from consulta.core.multilingual import Text
from consulta.responses import content
from consulta.responses.models import AnswerTranslation
from consulta.stakeholders import queries as stakeholders
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

INDENT = "\u00a0\u00a0"  # of a name in a list, for each code above it


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of an answer; *codes*: the names under which it was coded, none for words that were not."""

    text: str
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A code as it was given: its *words* where it is a passage (*is_gone*: none of them is public)."""

    pk: int
    code: str
    ordinal: int
    coder: str
    words: str
    note: str
    is_passage: bool
    is_gone: bool
    is_mine: bool
    version: int


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer with all that stands about it."""

    pk: int
    number: str
    version: int
    respondent: str
    group: str
    country: str
    language: str
    text: str
    pieces: list[Said]
    chosen: list[Text]
    translations: list[AnswerTranslation]
    given: list[Given]
    before: list[Given]
    none_by: list[str]
    none_mine: bool
    mine: set[int]
    campaign: str
    campaign_ordinal: int
    campaign_size: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What is asked once for a page of answers: who reads, the question, names of groups; *blind*: what
    others coded is not shown, so that two code on their own."""

    reader: int
    question: Question | None
    groups: dict[str, str]
    blind: bool = False


def answer(row: Row, beside: Beside) -> Shown:
    """One answer as the page shows it; redacted words stay out."""
    one, response = row.answer, row.answer.version.response
    text = content.public_text(one)
    visible = [c for c in row.codings if not beside.blind or c.coded_by_id == beside.reader]
    group = response.public_group
    campaign = row.campaign
    return Shown(
        pk=one.pk,
        number=response.number,
        version=one.version.ordinal,
        respondent=response.public_name,
        group=beside.groups.get(group.slug, group.slug) if group else "",
        country=response.public_country,
        language=one.version.language,
        text=text,
        pieces=_pieces(text, visible),
        chosen=_chosen(row, beside.question),
        translations=content.public_translations(one),
        given=[given(c, beside.reader) for c in visible],
        before=[given(c, beside.reader) for c in row.before],
        none_by=[str(u) for u in row.none_by if u.pk != beside.reader and not beside.blind],
        none_mine=any(u.pk == beside.reader for u in row.none_by),
        mine={c.code.ordinal for c in visible if c.coded_by_id == beside.reader},
        campaign=_campaign(row) if campaign else "",
        campaign_ordinal=campaign.campaign.ordinal if campaign else 0,
        campaign_size=campaign.members if campaign else 0,
    )


def given(coding: Coding, reader: int) -> Given:
    """One coding in words."""
    words = marking.said(coding)
    is_passage = coding.start is not None
    return Given(
        pk=coding.pk,
        code=coding.code.name,
        ordinal=coding.code.ordinal,
        coder=str(coding.coded_by or coding.get_source_display()),
        words=words,
        note=coding.note,
        is_passage=is_passage,
        is_gone=is_passage and not words,
        is_mine=coding.coded_by_id == reader,
        version=coding.answer.version.ordinal,
    )


def groups() -> dict[str, str]:
    """The names of the stakeholder groups by slug, in the page's language."""
    language = languages.current()
    return {g.slug: stakeholders.name(g, language).text for g in stakeholders.stakeholder_groups()}


def asked(consultation: Consultation, position: int) -> Question | None:
    """The question at *position*; None for the whole (0). Raises Question.DoesNotExist."""
    if position == 0:
        return None
    for question in consultations.questions(consultation):
        if question.position == position:
            return question
    raise Question.DoesNotExist


def title(question: Question | None) -> Text:
    """What is asked, in the page's language."""
    if question is None:
        return Text(_("To the whole consultation"), languages.current())
    return consultations.question_text(question, languages.current())


def home(consultation: Consultation) -> Link:
    """The way back to the first page of coding."""
    return Link(label=_("Coding"), href=reverse("desk:coding", args=[consultation.slug]))


def report_language(consultation: Consultation) -> str:
    """The language in which quotes go into the report: the page's, where the consultation speaks it."""
    here = languages.current()
    return here if here in consultation.languages else consultation.original_language


def choices(levels: Sequence[Level]) -> list[tuple[int, str]]:
    """Codes to choose from by number, those beneath others indented."""
    return [(one.code.ordinal, INDENT * one.depth + one.code.name) for one in levels]


def named(frame: Frame) -> dict[int, str]:
    """The names of codes by their number."""
    return {code.ordinal: code.name for code in frame.codes}


def _pieces(text: str, codings: Sequence[Coding]) -> list[Said]:
    """The answer in stretches, each with the codes that stand there."""
    places = [(marking.place(one), one.code.name) for one in codings]
    known = [(span, name) for span, name in places if span is not None]
    edges = sorted({0, len(text), *(edge for span, _name in known for edge in span)})
    pieces = []
    for start, end in pairwise(edges):
        here = [name for span, name in known if span[0] <= start and end <= span[1]]
        pieces.append(Said(text[start:end], ", ".join(dict.fromkeys(here))))
    return pieces


def _chosen(row: Row, question: Question | None) -> list[Text]:
    if question is None or not row.answer.choices:
        return []
    return options.chosen(question, row.answer.choices, languages.current())


def _campaign(row: Row) -> str:
    if row.campaign is None:
        return ""
    named_ = campaigns.name(row.campaign.campaign, languages.current()).text
    return named_ or _("Campaign %(number)s") % {"number": row.campaign.campaign.ordinal}
