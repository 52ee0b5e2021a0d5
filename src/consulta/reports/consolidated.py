"""ConsolidatedReport: the secretariat's report before the open meeting, every sentence with its citations."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.paper import Bar, Block, Chart, Heading, Paper, PaperKind, Span, Words
from consulta.core.paper import Paragraph as Printed
from consulta.reports import compilation, frame, printing, queries, words
from consulta.reports.models import Paragraph, Sentence
from consulta.reports.queries import Figures
from consulta.responses import facets
from consulta.responses.models import Response
from consulta.stakeholders import queries as stakeholders

Names = dict[str, Words]


def draw_up(consultation: Consultation, *, language: str, at: datetime) -> Paper:
    """The consolidated report as its paragraphs in *language* stand now; that language is active."""
    paragraphs = queries.paragraphs(consultation, language)
    names = _group_names(language)
    blocks: list[Block] = [*_introduction(paragraphs, language=language)]
    blocks += compilation.opening(consultation)
    blocks += _overall(consultation, names)
    blocks += _questions(consultation, paragraphs, names, language=language)
    blocks += _lists(consultation, paragraphs, language=language)
    blocks += _undecided(consultation)
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
    written = _written([p for p in paragraphs if p.question_id is None], language=language)
    blocks: list[Block] = []
    if written:
        blocks = [Heading(1, Words(gettext("Introduction")), anchor="introduction"), *written]
    said = gettext(
        "This report was written by the secretariat from the published responses. Numbers in square "
        "brackets name the responses that a sentence rests on; each leads to the response itself, "
        "and all are listed at the end. Figures count respondents, by stakeholder group and country. "
        "Responses are views, never votes."
    )
    guide = Heading(1, Words(gettext("How to read this report")), anchor="guide")
    return [*blocks, guide, Printed((Span(said),))]


def _overall(consultation: Consultation, names: Names) -> list[Block]:
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
    return [_chart(caption, counts["group"], names), Printed((Span(said),))]


def _questions(
    consultation: Consultation, paragraphs: Sequence[Paragraph], names: Names, *, language: str
) -> list[Block]:
    figures = queries.figures(consultation)
    blocks: list[Block] = []
    for question in queries.questions(consultation):
        asked = consultations.question_text(question, language)
        title = f"{words.number(question.position)}. {asked.text}"
        blocks.append(Heading(1, Words(title, asked.language), anchor=f"q-{question.position}"))
        blocks += _figures(figures.get(question.position), names)
        mine = [p for p in paragraphs if p.question_id == question.pk]
        blocks += _written(mine, language=language)
    if None in figures:
        blocks.append(Heading(1, Words(gettext("To the whole consultation")), anchor="q-0"))
        blocks += _figures(figures[None], names)
    return blocks


def _figures(figures: Figures | None, names: Names) -> list[Block]:
    """Who answered: respondents per group and country."""
    if figures is None or not figures.total:
        return [Printed((Span(gettext("Nobody answered this question.")),))]
    countries = sorted(
        ((words.country(code), count) for code, count in figures.by_country.items()),
        key=lambda item: (-item[1], item[0]),
    )
    listed = words.listed(
        [
            gettext("%(name)s (%(count)s)") % {"name": name, "count": words.number(count)}
            for name, count in countries
        ]
    )
    caption = gettext("Respondents who answered, by stakeholder group")
    said = gettext("Respondents who answered, by country: %(listed)s.") % {"listed": listed}
    return [_chart(caption, figures.by_group, names), Printed((Span(said),))]


def _chart(caption: str, counts: dict[str, int], names: Names) -> Chart:
    bars = tuple(
        Bar(names.get(slug) or Words(gettext("Not shown")), count)
        for slug, count in sorted(counts.items(), key=lambda item: -item[1])
    )
    return Chart(
        caption=Words(caption),
        alt="; ".join(f"{bar.words.text}: {words.number(bar.value)}" for bar in bars),
        head=(Words(gettext("Stakeholder group")), Words(gettext("Respondents"))),
        bars=bars,
    )


def _group_names(language: str) -> Names:
    groups = stakeholders.stakeholder_groups()
    return {g.slug: printing.as_words(stakeholders.name(g, language)) for g in groups}


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
    href = printing.address(response, language=language)
    return Span(response.number, "en", anchor=printing.anchor(response), href=href)


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
