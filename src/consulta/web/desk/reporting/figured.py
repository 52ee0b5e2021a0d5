"""The figures of a question as the desk shows them: the blocks that the report itself will print."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from consulta.consultations.models import Consultation, Question
from consulta.core.paper import Block, Chart, Paragraph, Table
from consulta.reports import consolidated, figure_blocks, figures
from consulta.reports.renderers import svg
from consulta.web.ui import languages
from consulta.web.ui.languages import direction
from consulta.web.ui.templatetags.ui import digits


@dataclass(frozen=True, slots=True)
class Figure:
    """A sentence, or a table with its picture; *head* and *rows* are words, the first names the row."""

    text: str = ""
    caption: str = ""
    drawn: SafeString | str = ""
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def of(consultation: Consultation, question: Question | None) -> list[Figure]:
    """Who answered *question* (None: the whole), and what they chose, in the page's language."""
    language = languages.current()
    counted = figures.of_question(consultation, question.position if question else None)
    blocks = figure_blocks.answered(
        counted,
        question,
        consolidated.group_names(language),
        figures.regions_of(consultation),
        language,
    )
    return [_figure(block) for block in blocks]


def picture(
    rows: Sequence[tuple[str, Sequence[int]]], parts: Sequence[str], *, title: str, desc: str
) -> SafeString:
    """Stacked bars in the page's direction."""
    drawn = svg.stacked(rows, parts, title=title, desc=desc, rtl=_is_rtl())
    return mark_safe(drawn)  # noqa: S308  (every word in it is escaped)


def _figure(block: Block) -> Figure:
    if isinstance(block, Chart):
        return _chart(block)
    if isinstance(block, Table):
        return _table(block)
    spans = block.spans if isinstance(block, Paragraph) else ()
    return Figure(text="".join(span.text for span in spans))


def _chart(block: Chart) -> Figure:
    drawn = svg.bars(
        [(bar.words.text, bar.value) for bar in block.bars],
        title=block.caption.text,
        desc=block.alt,
        rtl=_is_rtl(),
    )
    return Figure(
        caption=block.caption.text,
        drawn=mark_safe(drawn),  # noqa: S308  (every word in it is escaped)
        head=[words.text for words in block.head],
        rows=[(bar.words.text, digits(bar.value)) for bar in block.bars],
    )


def _table(block: Table) -> Figure:
    heads = [words.text for words in block.head]
    columns = zip(*block.figures, strict=True)
    return Figure(
        caption=block.caption.text,
        drawn=picture(
            list(zip(heads[1:], columns, strict=True)),
            [row[0].text for row in block.rows],
            title=block.caption.text,
            desc=block.drawn,
        ),
        head=heads,
        rows=[[words.text for words in row] for row in block.rows],
    )


def _is_rtl() -> bool:
    return direction(languages.current()) == "rtl"
