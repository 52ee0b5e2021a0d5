"""The sentences of a paragraph's form as the page shows them: what each cites, what each follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consulta.core import quotation
from consulta.reports import following, quoting
from consulta.reports.models import Citation, Paragraph, Sentence
from consulta.reports.writing import Span
from consulta.responses import content
from consulta.responses.models import Answer
from consulta.web.desk.reporting import merging, sentences
from consulta.web.desk.reporting.merging import Base
from consulta.web.desk.reporting.sentences import Row


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage that a sentence cites. *value* names it in the form; *is_gone*: no longer public;
    *is_quoted*: its words stand in the sentence."""

    value: str
    number: str
    words: str
    language: str
    is_gone: bool
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Source:
    """The sentence in another language that this one follows. *before*: what it said when this was
    written, where it says something else now."""

    text: str
    language: str
    is_waiting: bool
    before: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the form with what stands around it.

    *clashes*: both changed it; then *theirs* is what stands now, None where somebody took it out.
    """

    row: Row
    quoted: list[Quoted]
    source: Source | None = None
    clashes: bool = False
    theirs: Sentence | None = None


def of(paragraph: Paragraph, rows: Iterable[Row], seen: Base) -> list[Line]:
    """The lines of a form filled in from *seen*; two queries, however many rows there are."""
    rows, was = list(rows), dict(seen)
    saved = {sentence.pk: sentence for sentence in paragraph.sentences.all()}
    known = {
        (c.answer_id or 0, c.start or 0, c.end or 0): c
        for sentence in saved.values()
        for c in sentence.citations.all()
        if c.answer_id is not None
    }
    new = [span[0] for row in rows for span in row.passages if span not in known]
    answers = quoting.answers(paragraph.consultation, new)
    now = {row.pk: row for row in sentences.of(saved.values()) if row.pk is not None}
    return [
        Line(
            row,
            [_quoted(span, row, known, answers) for span in row.passages],
            _source(saved.get(row.pk or 0)),
            merging.is_clash(row, was, now),
            saved.get(row.pk or 0),
        )
        for row in rows
    ]


def _quoted(
    span: Span, row: Row, known: Mapping[Span, Citation], answers: Mapping[int, Answer]
) -> Quoted:
    value = ":".join(map(str, span))
    if span in known:
        cited = known[span]
        version = cited.version
        gone, words = quoting.is_gone(cited), cited.quote
    elif span[0] in answers:
        version = answers[span[0]].version
        words = quotation.one_line(content.public_text(answers[span[0]])[span[1] : span[2]])
        gone = not words
    else:
        return Quoted(value, "", "", "", is_gone=True, is_quoted=False)
    is_quoted = not gone and quotation.find(row.text, words) is not None
    return Quoted(value, version.response.number, words, version.language, gone, is_quoted)


def _source(sentence: Sentence | None) -> Source | None:
    if sentence is None or sentence.source is None:
        return None
    return Source(
        sentence.source.text,
        sentence.source.paragraph.language,
        following.is_waiting(sentence),
        sentence.source_text if following.is_stale(sentence) else "",
    )
