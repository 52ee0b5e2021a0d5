"""The blocks of an HTML edition, each a function of the block and of what stands around it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from consulta.core.paper import (
    Block,
    Chart,
    Heading,
    NumberedList,
    Paper,
    Paragraph,
    PrintedAnswer,
    PrintedFile,
    PrintedTranslation,
    ResponseBlock,
    Row,
    Span,
    Table,
    Words,
    direction,
)
from consulta.reports.renderers import svg
from consulta.reports.renderers.layout import lead
from consulta.reports.renderers.plain import ELSEWHERE, PLACE, breakable, link

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
    return f"<{tag}{_lang(words.language, frame)}>{_narrow(words.text)}{end}"


def _narrow(text: str) -> str:
    """Return *text* escaped for a cell, whose words stay whole: only a very long one may be broken."""
    return lines(breakable(text, ELSEWHERE)).replace(PLACE, "<wbr>")


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
    inner = "".join(
        _sentence(name, tuple(said), _within(main, frame))
        for name, said in groupby(spans, key=lambda span: span.sentence)
    )
    return f"<{tag}{_lang(main, frame)}>{inner}</{tag}>"


def _sentence(name: str, spans: tuple[Span, ...], frame: Frame) -> str:
    """Return the parts of one sentence, at the place that bears its name."""
    said = "".join(_span(span, frame) for span in spans)
    return f"<span{_id(name)}>{said}</span>" if name else said


def _heading(block: Heading, frame: Frame) -> str:
    tag = f"h{frame.level}"
    marked = f"{_id(block.anchor)}{_lang(block.words.language, frame)}"
    return f"<{tag}{marked}>{lines(block.words.text) or '—'}</{tag}>"


def _paragraph(block: Paragraph, frame: Frame) -> str:
    said = _spans("p", block.spans, frame)
    if not block.mark:
        return said
    mark = f'<span class="paper-mark">{lines(block.mark)}</span>'
    return f'<div class="paper-marked paper-depth-{block.depth}">{mark}{said}</div>'


def _list(block: NumberedList, frame: Frame) -> str:
    items = (f"<li>{_spans('p', item, frame)}</li>" for item in block.items)
    start = f' start="{block.start}"' if block.start != 1 else ""
    return f"<ol{start}>{''.join(items)}</ol>"


def _table(block: Table, frame: Frame) -> str:
    """Return a table; it scrolls sideways on a phone, so the keyboard must reach it."""
    rows = "".join(_line(row, _within(block.caption.language, frame)) for row in block.rows)
    name = escape(" ".join(block.caption.text.split()))
    table = (
        f'<div class="paper-table" role="group" tabindex="0" aria-label="{name}">'
        f"{_ruled(block.caption, block.head, rows, frame)}</div>"
    )
    return _figure(_drawn(block, frame), table) if block.drawn and block.figures else table


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
    """Return the chart as a picture, and its table."""
    inner = _within(block.caption.language, frame)
    rows = "".join(
        f"<tr>{_cell(_ROW, bar.words, inner)}<td>{bar.value}</td></tr>" for bar in block.bars
    )
    drawn = svg.bars(
        [(bar.words.text, bar.value) for bar in block.bars],
        title=block.caption.text,
        desc=block.alt,
        rtl=direction(inner.language) == "rtl",
    )
    return _figure(drawn, _ruled(block.caption, block.head, rows, frame))


def _drawn(block: Table, frame: Frame) -> str:
    """Return the picture of a table of counts: a stacked bar for each column."""
    heads = [words.text for words in block.head[1:]]
    columns = zip(*block.figures, strict=True)
    return svg.stacked(
        list(zip(heads, columns, strict=True)),
        [row[0].text for row in block.rows],
        title=block.caption.text,
        desc=block.drawn,
        rtl=direction(_within(block.caption.language, frame).language) == "rtl",
    )


def _figure(drawn: str, table: str) -> str:
    return f'<figure class="paper-chart">{drawn}{table}</figure>'


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
        f"{answers}{_files(block.attachments, frame)}"
        f"{''.join(_extract(file, frame) for file in block.attachments)}</article>"
    )


def _answer(printed: PrintedAnswer, frame: Frame) -> str:
    tag = f"h{min(_DEEPEST, frame.level + 1)}"
    heading = _cell(tag, printed.question, frame) if printed.question.text else ""
    chosen = printed.chosen.text
    said = f'<p class="paper-chosen">{lines(chosen)}</p>' if chosen else ""
    said += _quoted(printed.answer, frame)
    said = said or f"<p>{lines(frame.paper.labels.no_text)}</p>"
    return heading + said + "".join(_translation(each, frame) for each in printed.translations)


def _quoted(words: Words, frame: Frame, name: str = "") -> str:
    """Return *words* as a quotation of class *name*, a paragraph each; nothing where there are none."""
    parts = [part for part in words.text.split("\n\n") if part.strip()]
    if not parts:
        return ""
    text = "".join(f"<p>{lines(part)}</p>" for part in parts)
    kind = f' class="{name}"' if name else ""
    return f"<blockquote{kind}{_lang(words.language, frame)}>{text}</blockquote>"


def _translation(printed: PrintedTranslation, frame: Frame) -> str:
    """Return a translation under its original, marked as what it is."""
    label = f'<p class="paper-label">{lines(printed.label)}</p>'
    return label + _quoted(printed.text, frame, "paper-beside")


def _extract(file: PrintedFile, frame: Frame) -> str:
    """Return the words of a file, or why there are none, under a heading of their own."""
    if not file.title:
        return ""
    tag = f"h{min(_DEEPEST, frame.level + 1)}"
    note = f'<p class="paper-label">{lines(file.note)}</p>' if file.note else ""
    return f"<{tag}>{lines(file.title)}</{tag}>{note}{_quoted(file.extract, frame, 'paper-beside')}"


def _files(files: tuple[PrintedFile, ...], frame: Frame) -> str:
    if not files:
        return ""
    labels = frame.paper.labels
    head = (Words(labels.file_name), Words(labels.file_size), Words(labels.checksum))
    rows = tuple((Words(f.name, href=f.href), Words(f.size), Words(f.sha256, "en")) for f in files)
    return _table(Table(Words(labels.attachments), head, rows), frame)


_RENDER: dict[type, Callable[..., str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    NumberedList: _list,
    Table: _table,
    Chart: _chart,
    ResponseBlock: _response,
}
