"""ConsolidatedReport: the secretariat's report before the open meeting, every sentence with its citations."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.paper import (
    Bar,
    Block,
    Chart,
    Heading,
    NumberedList,
    Paper,
    PaperKind,
    Span,
    Table,
    Words,
)
from consulta.core.paper import Paragraph as Printed
from consulta.reports import compilation, frame, printing, queries, words
from consulta.reports.models import Paragraph, Sentence
from consulta.reports.queries import Figures
from consulta.responses.models import Response
from consulta.stakeholders import queries as stakeholders


def draw_up(consultation: Consultation, *, language: str, at: datetime) -> Paper:
    """The consolidated report as its paragraphs in *language* stand now; that language is active."""
    figures = queries.figures(consultation)
    paragraphs = queries.paragraphs(consultation, language)
    blocks: list[Block] = [*compilation.opening(consultation)]
    blocks += _written([p for p in paragraphs if p.question_id is None], language=language)
    for question in queries.questions(consultation):
        asked = consultations.question_text(question, language)
        title = f"{words.number(question.position)}. {asked.text}"
        blocks.append(Heading(1, Words(title, asked.language), anchor=f"q-{question.position}"))
        blocks += _figures(figures.get(question.position), language=language)
        blocks += _written(
            [p for p in paragraphs if p.question_id == question.pk], language=language
        )
    blocks += _uncited(queries.uncited(consultation, language), language=language)
    blocks += _undecided(consultation)
    return frame.paper(
        consultation,
        tuple(blocks),
        kind=PaperKind.CONSOLIDATED,
        title=gettext("Consolidated report on the responses"),
        language=language,
        at=at,
    )


def _figures(figures: Figures | None, *, language: str) -> list[Block]:
    """Who answered: respondents per group and country. Responses are views, never votes."""
    if figures is None or not figures.total:
        return [Printed((Span(gettext("Nobody answered this question.")),))]
    names = {g.slug: stakeholders.name(g, language) for g in stakeholders.stakeholder_groups()}
    bars = tuple(
        Bar(
            Words(names[slug].text, names[slug].language) if slug else Words(gettext("Not shown")),
            count,
        )
        for slug, count in sorted(figures.by_group.items(), key=lambda item: -item[1])
    )
    countries = sorted(figures.by_country.items(), key=lambda item: (-item[1], item[0]))
    return [
        Chart(
            caption=Words(gettext("Respondents who answered, by stakeholder group")),
            alt="; ".join(f"{bar.words.text}: {words.number(bar.value)}" for bar in bars),
            head=(Words(gettext("Stakeholder group")), Words(gettext("Respondents"))),
            bars=bars,
        ),
        Table(
            caption=Words(gettext("Respondents who answered, by country")),
            head=(Words(gettext("Country")), Words(gettext("Respondents"))),
            rows=tuple(
                (Words(words.country(code)), Words(words.number(count)))
                for code, count in countries
            ),
        ),
    ]


def _written(paragraphs: Iterable[Paragraph], *, language: str) -> list[Block]:
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
    spans = [Span(sentence.text, language), Span(" ")]
    cited = [citation.version.response for citation in sentence.citations.all()]
    if cited:
        spans.append(Span("["))
        for place, response in enumerate(cited):
            spans += [Span(", ")] if place else []
            spans.append(_link(response, language=language))
        spans.append(Span("] "))
    return spans


def _link(response: Response, *, language: str) -> Span:
    href = settings.BASE_URL + addresses.response(response.number, language=language)
    return Span(response.number, "en", anchor=printing.anchor(response), href=href)


def _uncited(responses: Iterable[Response], *, language: str) -> list[Block]:
    items = tuple(
        (_link(response, language=language), Span(f" {words.name(response)}"))
        for response in responses
    )
    if not items:
        return []
    return [
        Heading(1, Words(gettext("Responses that this report does not cite")), anchor="uncited"),
        NumberedList(items),
    ]


def _undecided(consultation: Consultation) -> list[Block]:
    notes = queries.release_notes(consultation)
    if not notes:
        return []
    return [
        Heading(1, Words(gettext("Responses not decided at release")), anchor="undecided"),
        *(Printed((Span(note.explanation),)) for note in notes),
    ]
