"""The blocks of an HTML edition, each a function of the block and of what stands around it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from consulta.core.paper import (
    Block,
    Chart,
    Heading,
    NumberedList,
    Paper,
    Paragraph,
    PrintedAnswer,
    PrintedFile,
    ResponseBlock,
    Row,
    Span,
    Table,
    Words,
    direction,
)
from consulta.reports.renderers.layout import lead
from consulta.reports.renderers.plain import link

_DEEPEST = 6
_ROW = 'th scope="row"'


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a text: the paper, its anchors, the language there, the heading level."""

    paper: Paper
    known: frozenset[str]
    language: str
    level: int = 2


def block_html(block: Block, level: int, frame: Frame) -> str:
    """Return *block* as HTML, its heading (if any) at *level*."""
    return _RENDER[type(block)](block, replace(frame, level=min(_DEEPEST, level)))


def lines(text: str) -> str:
    """Return *text* escaped, its line ends kept."""
    return escape(text.strip("\n")).replace("\n", "<br>")


def words_html(words: Words, frame: Frame) -> str:
    """Return *words* escaped, marked where their language is not the one around them."""
    marked = _lang(words.language, frame)
    return f"<span{marked}>{lines(words.text)}</span>" if marked else lines(words.text)


def details(rows: tuple[Row, ...], frame: Frame, name: str) -> str:
    """Return labelled lines as a description list of class *name*, or nothing."""
    if not rows:
        return ""
    pairs = (
        f"<div><dt>{lines(row.label)}</dt><dd>{words_html(row.value, frame)}</dd></div>"
        for row in rows
    )
    return f'<dl class="{name}">{"".join(pairs)}</dl>'


def _lang(code: str, frame: Frame) -> str:
    code = code or frame.paper.language
    return "" if code == frame.language else f' lang="{escape(code)}" dir="{direction(code)}"'


def _within(code: str, frame: Frame) -> Frame:
    return replace(frame, language=code or frame.paper.language)


def _cell(tag: str, words: Words, frame: Frame) -> str:
    end = f"</{tag.split()[0]}>"
    if link(words.anchor, words.href, frame.known):
        led = Span(words.text, words.language, anchor=words.anchor, href=words.href)
        return f"<{tag}>{_span(led, frame)}{end}"
    return f"<{tag}{_lang(words.language, frame)}>{lines(words.text)}{end}"


def _id(anchor: str) -> str:
    return f' id="{escape(anchor)}"' if anchor else ""


def _span(span: Span, frame: Frame) -> str:
    target, marked = link(span.anchor, span.href, frame.known), _lang(span.language, frame)
    if target:  # isolated: a number keeps its own direction, whatever script stands before it
        return f'<a href="{escape(target)}"{marked}><bdi>{lines(span.text)}</bdi></a>'
    return f"<span{marked}>{_inline(span.text)}</span>" if marked else _inline(span.text)


def _inline(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _spans(tag: str, spans: tuple[Span, ...], frame: Frame) -> str:
    """Return a paragraph in the language of its longest part; the other parts name their own."""
    main = lead(spans)
    inner = "".join(_span(span, _within(main, frame)) for span in spans)
    return f"<{tag}{_lang(main, frame)}>{inner}</{tag}>"


def _heading(block: Heading, frame: Frame) -> str:
    tag = f"h{frame.level}"
    marked = f"{_id(block.anchor)}{_lang(block.words.language, frame)}"
    return f"<{tag}{marked}>{lines(block.words.text) or '—'}</{tag}>"


def _paragraph(block: Paragraph, frame: Frame) -> str:
    return _spans("p", block.spans, frame)


def _list(block: NumberedList, frame: Frame) -> str:
    items = (f"<li>{_spans('p', item, frame)}</li>" for item in block.items)
    return f"<ol>{''.join(items)}</ol>"


def _table(block: Table, frame: Frame) -> str:
    """Return a table; it scrolls sideways on a phone, so the keyboard must reach it."""
    rows = "".join(_line(row, _within(block.caption.language, frame)) for row in block.rows)
    name = escape(" ".join(block.caption.text.split()))
    return (
        f'<div class="paper-table" role="group" tabindex="0" aria-label="{name}">'
        f"{_ruled(block.caption, block.head, rows, frame)}</div>"
    )


def _ruled(caption: Words, head: tuple[Words, ...], rows: str, frame: Frame) -> str:
    inner = _within(caption.language, frame)
    columns = "".join(_cell('th scope="col"', words, inner) for words in head)
    return (
        f"<table{_lang(caption.language, frame)}><caption>{lines(caption.text)}</caption>"
        f"<thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _line(row: tuple[Words, ...], frame: Frame) -> str:
    tags = [_ROW, *["td"] * (len(row) - 1)]
    cells = (_cell(tag, words, frame) for tag, words in zip(tags, row, strict=False))
    return f"<tr>{''.join(cells)}</tr>"


def _chart(block: Chart, frame: Frame) -> str:
    """Return the table of the chart, with the bar drawn beside each number."""
    most = max([1, *(bar.value for bar in block.bars)])
    inner = _within(block.caption.language, frame)
    rows = "".join(
        f"<tr>{_cell(_ROW, bar.words, inner)}"
        f"<td>{_bar(bar.value / most, inner)} {bar.value}</td></tr>"
        for bar in block.bars
    )
    table = _ruled(block.caption, block.head, rows, frame)
    return f'<figure class="paper-chart" aria-label="{escape(block.alt)}">{table}</figure>'


def _bar(part: float, frame: Frame) -> str:
    width = max(1, round(200 * part))
    start = 200 - width if direction(frame.language) == "rtl" else 0
    return (
        '<svg viewBox="0 0 200 10" width="200" height="10" aria-hidden="true" focusable="false">'
        f'<rect x="{start}" width="{width}" height="10" fill="currentColor"/></svg>'
    )


def _response(block: ResponseBlock, frame: Frame) -> str:
    tag, labels = f"h{frame.level}", frame.paper.labels
    number = _span(Span(block.number, href=block.href), frame)
    notes = (f'<p class="paper-response-note">{lines(note)}</p>' for note in block.notes)
    answers = "".join(_answer(answer, frame) for answer in block.answers)
    if not block.answers and not block.attachments:
        answers = f"<p>{lines(labels.no_text)}</p>"
    return (
        f'<article class="paper-response"{_id(block.anchor)}>'
        f"<{tag}>{words_html(block.respondent, frame) or '—'} <small>{number}</small></{tag}>"
        f"{details(block.details, frame, 'paper-details')}{''.join(notes)}"
        f"{answers}{_files(block.attachments, frame)}</article>"
    )


def _answer(printed: PrintedAnswer, frame: Frame) -> str:
    tag = f"h{min(_DEEPEST, frame.level + 1)}"
    heading = _cell(tag, printed.question, frame) if printed.question.text else ""
    parts = [part for part in printed.answer.text.split("\n\n") if part.strip()]
    if not parts:
        return f"{heading}<p>{lines(frame.paper.labels.no_text)}</p>"
    text = "".join(f"<p>{lines(part)}</p>" for part in parts)
    return f"{heading}<blockquote{_lang(printed.answer.language, frame)}>{text}</blockquote>"


def _files(files: tuple[PrintedFile, ...], frame: Frame) -> str:
    if not files:
        return ""
    labels = frame.paper.labels
    head = (Words(labels.file_name), Words(labels.file_size), Words(labels.checksum))
    rows = tuple((Words(f.name), Words(f.size), Words(f.sha256, "en")) for f in files)
    return _table(Table(Words(labels.attachments), head, rows), frame)


_RENDER: dict[type, Callable[..., str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    NumberedList: _list,
    Table: _table,
    Chart: _chart,
    ResponseBlock: _response,
}
