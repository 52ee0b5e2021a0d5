"""BriefSummary as a paper: what the written responses say, and the discussion, in few words."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, ngettext

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.paper import Block, Heading, Paper, PaperKind, Span, Words
from consulta.core.paper import Paragraph as Printed
from consulta.reports import compilation, consolidated, frame, queries, summary_queries, words
from consulta.reports.models import Agreement, Paragraph
from consulta.responses import balance


def draw_up(consultation: Consultation, *, language: str, at: datetime) -> Paper:
    """The brief summary as its paragraphs in *language* stand now; that language is active."""
    paragraphs = summary_queries.paragraphs(consultation, language)
    blocks: list[Block] = [
        *_guide(consultation, language),
        *_responses(consultation, paragraphs, language=language),
        *_discussion(paragraphs, language=language),
    ]
    cited = queries.cited_responses(paragraphs)
    if cited:
        blocks.append(Heading(1, Words(gettext("Responses cited")), anchor="cited"))
        caption = gettext("Published responses")
        blocks.append(compilation.respondents(cited, caption, language=language))
    return frame.paper(
        consultation,
        tuple(blocks),
        kind=PaperKind.SUMMARY,
        title=gettext("Brief summary of the responses and the discussion"),
        language=language,
        at=at,
    )


def _guide(consultation: Consultation, language: str) -> list[Block]:
    """What this text is, and where it stands what those present said to it."""
    address = settings.BASE_URL + addresses.summary(consultation.slug, language=language)
    said = gettext(
        "Drafted by the secretariat from the written responses and the discussion at the open"
        " meeting, to be put to the stakeholders present and carried to the group without edits."
        " What those present said to it is on record here:"
    )
    spans = [Span(said), Span(" "), Span(address, "en", href=address)]
    agreed = summary_queries.standing(consultation)
    note = _translation(agreed) if agreed and agreed.edition.language != language else ""
    heading = Heading(1, Words(gettext("What this document is")), anchor="guide")
    return [heading, Printed(tuple(spans)), *([Printed((Span(note),))] if note else [])]


def _translation(agreed: Agreement) -> str:
    """Which text this one translates, by its language and its hash."""
    return gettext(
        "This is a translation. The text that was put to those present is edition %(edition)s in"
        " this language: %(language)s (SHA-256 %(hash)s). That text prevails."
    ) % {
        "edition": words.number(agreed.edition.ordinal),
        "language": words.language(agreed.edition.language),
        "hash": agreed.content_sha256,
    }


def _responses(
    consultation: Consultation, paragraphs: Sequence[Paragraph], *, language: str
) -> list[Block]:
    """The figures of all responses, then what is said of them, question by question."""
    names = consolidated.group_names(language)
    heading = Heading(1, Words(gettext("The written responses")), anchor="responses")
    blocks: list[Block] = [heading, Printed((Span(_counted(consultation)),))]
    blocks += consolidated.overall(consultation, names)
    written = [p for p in paragraphs if p.part == Paragraph.Part.WRITTEN]
    general = [p for p in written if p.question_id is None]
    blocks += consolidated.written(general, language=language)
    for question in queries.questions(consultation):
        mine = [p for p in written if p.question_id == question.pk]
        said = consolidated.written(mine, language=language)
        if said:
            asked = consultations.question_text(question, language)
            title = f"{words.number(question.position)}. {asked.text}"
            anchor = f"q-{question.position}"
            blocks.append(Heading(2, Words(title, asked.language), anchor=anchor))
            blocks += said
    return blocks


def _counted(consultation: Consultation) -> str:
    published = balance.of(consultation).published
    return ngettext(
        "%(count)s response is published. Responses are views, never votes.",
        "%(count)s responses are published. Responses are views, never votes.",
        published,
    ) % {"count": words.number(published)}


def _discussion(paragraphs: Sequence[Paragraph], *, language: str) -> list[Block]:
    heading = gettext("The discussion at the open meeting")
    blocks: list[Block] = [Heading(1, Words(heading), anchor="discussion")]
    mine = [p for p in paragraphs if p.part == Paragraph.Part.DISCUSSION]
    said = consolidated.written(mine, language=language)
    return blocks + (said or [Printed((Span(gettext("Nothing is written about it.")),))])
