"""ConsolidatedReport: the secretariat's report before the open meeting, every sentence with its citations."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext

from consulta.analysis.campaigns import queries as analysed
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.paper import Block, Cited, Heading, Paper, PaperKind, Span, Words
from consulta.core.paper import Paragraph as Printed
from consulta.reports import (
    campaigns,
    codes_printed,
    compilation,
    contests_printed,
    figure_blocks,
    figures,
    following,
    frame,
    frozen,
    printing,
    queries,
    quoting,
    words,
)
from consulta.reports.models import Citation, Paragraph, Sentence
from consulta.responses import facets
from consulta.stakeholders import queries as stakeholders

Names = dict[str, Words]


def draw_up(consultation: Consultation, *, language: str, at: datetime) -> Paper:
    """The consolidated report as its paragraphs in *language* stand now; that language is active."""
    paragraphs = queries.paragraphs(consultation, language)
    names = group_names(language)
    blocks: list[Block] = [*_introduction(paragraphs, language=language)]
    blocks += compilation.opening(consultation)
    blocks += overall(consultation, names)
    blocks += _questions(consultation, paragraphs, names, language=language)
    folds = campaigns.folds(consultation, language=language)
    blocks += campaigns.chapter(consultation, folds, language=language, with_own_words=True)
    blocks += codes_printed.chapter(consultation, names)
    blocks += _lists(consultation, paragraphs, language=language)
    blocks += _undecided(consultation)
    blocks += contests_printed.listed(consultation)
    return frame.paper(
        consultation,
        tuple(blocks),
        kind=PaperKind.CONSOLIDATED,
        title=gettext("Consolidated report on the responses"),
        language=language,
        at=at,
    )


def _introduction(paragraphs: Sequence[Paragraph], *, language: str) -> list[Block]:
    """What the officer says first, and how the report is read."""
    said_first = written([p for p in paragraphs if p.question_id is None], language=language)
    blocks: list[Block] = []
    if said_first:
        blocks = [Heading(1, Words(gettext("Introduction")), anchor="introduction"), *said_first]
    said = gettext(
        "This report was written by the secretariat from the published responses. Numbers in square "
        "brackets name the responses that a sentence rests on; each leads to the response itself, "
        "and all are listed at the end. Figures count respondents, however much each of them wrote, by "
        "stakeholder group, region, country and language. Responses are views, never votes."
    )
    guide = Heading(1, Words(gettext("How to read this report")), anchor="guide")
    return [*blocks, guide, Printed((Span(said),))]


def overall(consultation: Consultation, names: Names) -> list[Block]:
    """Published responses by stakeholder group, and in which languages."""
    counts = facets.of(consultation)
    if not counts["group"]:
        return []
    languages = [
        gettext("%(name)s (%(count)s)") % {"name": words.language(code), "count": count}
        for code, count in counts["language"].items()
    ]
    said = gettext("Languages of the responses: %(listed)s.") % {"listed": words.listed(languages)}
    caption = gettext("Published responses, by stakeholder group")
    return [figure_blocks.by_group(counts["group"], names, caption=caption), Printed((Span(said),))]


def _questions(
    consultation: Consultation, paragraphs: Sequence[Paragraph], names: Names, *, language: str
) -> list[Block]:
    counted, listed = figures.of(consultation), figures.regions_of(consultation)
    in_campaigns = analysed.answered(consultation)
    blocks: list[Block] = []
    for question in queries.questions(consultation):
        asked = consultations.question_text(question, language)
        title = f"{words.number(question.position)}. {asked.text}"
        blocks.append(Heading(1, Words(title, asked.language), anchor=f"q-{question.position}"))
        answered = counted.get(question.position)
        blocks += figure_blocks.answered(answered, question, names, listed, language)
        blocks += campaigns.among(question.position, in_campaigns)
        mine = [p for p in paragraphs if p.question_id == question.pk]
        blocks += written(mine, language=language)
    if None in counted:
        blocks.append(Heading(1, Words(gettext("To the whole consultation")), anchor="q-0"))
        blocks += figure_blocks.answered(counted[None], None, names, listed, language)
    return blocks


def group_names(language: str) -> Names:
    """The names of the stakeholder groups by slug, in *language*."""
    groups = stakeholders.stakeholder_groups()
    return {g.slug: printing.as_words(stakeholders.name(g, language)) for g in groups}


def written(paragraphs: Iterable[Paragraph], *, language: str) -> list[Block]:
    """What officers wrote, each sentence with the responses that it cites."""
    return [
        Printed(
            tuple(
                span
                for sentence in paragraph.sentences.all()
                for span in _sentence(sentence, language=language)
            )
        )
        for paragraph in paragraphs
        if paragraph.sentences.all()
    ]


def _sentence(sentence: Sentence, *, language: str) -> list[Span]:
    cited = list(sentence.citations.all())
    spans = [*_said(sentence, cited, language=language), Span(" ")]
    if cited:
        spans.append(Span("["))
        for place, citation in enumerate(cited):
            spans += [Span(", ")] if place else []
            spans.append(_link(citation, language=language))
        spans.append(Span("] "))
    name = frozen.anchor(sentence.pk)
    return [replace(span, sentence=name) for span in spans]


def _said(sentence: Sentence, cited: list[Citation], *, language: str) -> list[Span]:
    """The words, those of others in their own language; one not translated yet in its source's."""
    own = language
    if following.is_waiting(sentence) and sentence.source is not None:
        own = sentence.source.paragraph.language
    return [
        Span(piece.text, piece.cited.version.language if piece.cited else own)
        for piece in quoting.pieces(sentence.text, cited)
    ]


def _link(citation: Citation, *, language: str) -> Span:
    """The number of the response, leading to it, and to the passage where one is meant."""
    response, anchor = citation.version.response, ""
    href = printing.address(response, language=language)
    if citation.answer is None:
        anchor = printing.anchor(response)
    elif not quoting.is_gone(citation):
        href = f"{href}#{frozen.passage_anchor(citation.pk)}"
    return Span(response.number, "en", anchor=anchor, href=href, cites=_cites(citation))


def _cites(citation: Citation) -> Cited:
    number, version = citation.version.response.number, citation.version.ordinal
    if citation.answer is None or quoting.is_gone(citation):
        return Cited(number, version)
    question, words = citation.answer.question or 0, citation.quote
    return Cited(number, version, words, question, citation.start or 0, citation.end or 0)


def _lists(
    consultation: Consultation, paragraphs: Sequence[Paragraph], *, language: str
) -> list[Block]:
    """Who is cited and who is not, so that a printed copy can be read alone."""
    cited = queries.cited_responses(paragraphs)
    uncited = list(queries.uncited(consultation, language))
    lists = (
        (gettext("Responses cited in this report"), "cited", cited),
        (gettext("Responses that this report does not cite"), "uncited", uncited),
    )
    blocks: list[Block] = []
    for title, anchor, responses in lists:
        if responses:
            blocks.append(Heading(1, Words(title), anchor=anchor))
            caption = gettext("Published responses")
            blocks.append(compilation.respondents(responses, caption, language=language))
    return blocks


def _undecided(consultation: Consultation) -> list[Block]:
    notes = queries.release_notes(consultation)
    if not notes:
        return []
    return [
        Heading(1, Words(gettext("Responses not decided at release")), anchor="undecided"),
        *(Printed((Span(note.explanation),)) for note in notes),
    ]
