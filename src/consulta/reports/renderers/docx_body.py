"""The body of a DOCX edition, as text in WordprocessingML."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
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
from consulta.reports.renderers import docx_look as look
from consulta.reports.renderers.docx_columns import FREE, SIDE, SIZE, Columns, breakable, fitted
from consulta.reports.renderers.layout import known_anchors, lead, leading, levelled, short
from consulta.reports.renderers.plain import link

_WIDTH = 9070  # of the text, in twentieths of a point
_DEEPEST = 6
_OUTLINED = 2
_BOLD = "<w:b/><w:bCs/>"
_SIDES = "".join(f'<w:{side} w:w="{SIDE}" w:type="dxa"/>' for side in ("left", "right"))
_MARGINS = f"<w:tblCellMar>{_SIDES}</w:tblCellMar>"
_TOGETHER = 16  # rows of a table that stands on one page; a longer one runs on


class Body:
    """Writes one paper; *addresses* collects the outside links and the name each has in the file."""

    def __init__(self, paper: Paper, volume: str = "") -> None:
        self.paper = paper
        self.volume = volume
        self.known = known_anchors(paper)
        self.addresses: dict[str, str] = {}
        self._marks = 0
        self._names: dict[str, str] = {
            anchor: f"a{number}" for number, anchor in enumerate(sorted(self.known))
        }

    def xml(self) -> str:
        """Return the whole body in a ``w:body``."""
        parts = "".join([*self._front(), *self._main()])
        return f"<w:body {look.NAMESPACES}>{parts}</w:body>"

    def running(self) -> str:
        """Return the paragraph at the top of every page."""
        text = self._paragraph("Running", self._run(Words(self.paper.running)))
        return text.replace("<w:p>", f"<w:p {look.NAMESPACES}>", 1)

    # ---- words

    def _code(self, words: Words) -> str:
        return words.language or self.paper.language

    def _run(self, words: Words, extra: str = "") -> str:
        """Return the text as a run in its own language; a line's end stays a line's end."""
        code = self._code(words)
        right = direction(code) == "rtl"
        mark = "<w:rtl/>" if right else ""
        text = escape(words.text, quote=False)
        text = text.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
        properties = f"<w:rPr>{extra}{mark}{look.language(code, right_to_left=right)}</w:rPr>"
        return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'

    def _paragraph(
        self, style: str, runs: str, *, language: str = "", more: str = "", keep: str = ""
    ) -> str:
        """Return a paragraph that runs in the direction of *language*; *keep* binds it to the next."""
        right = direction(language or self.paper.language) == "rtl"
        bidi = "<w:bidi/>" if right else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{bidi}{more}</w:pPr>{runs}</w:p>'

    def _aligned(self, style: str, words: Words, extra: str = "") -> str:
        """Return a paragraph aligned as the paper, whatever the language of its words."""
        own, theirs = self.paper.direction, direction(self._code(words))
        side = '<w:jc w:val="end"/>' if own != theirs else ""
        return self._paragraph(
            style, self._run(words, extra), language=self._code(words), more=side
        )

    def _bookmarked(self, anchor: str, runs: str) -> str:
        self._marks += 1
        name = self._names[anchor]
        return (
            f'<w:bookmarkStart w:id="{self._marks}" w:name="{name}"/>{runs}'
            f'<w:bookmarkEnd w:id="{self._marks}"/>'
        )

    def _span(self, span: Span) -> str:
        words = Words(span.text, span.language)
        target = link(span.anchor, span.href, self.known)
        if not target:
            return self._run(words)
        run = self._run(words, '<w:rStyle w:val="Hyperlink"/>')
        if target.startswith("#"):
            return f'<w:hyperlink w:anchor="{self._names[target[1:]]}">{run}</w:hyperlink>'
        identity = self.addresses.setdefault(target, f"rIdLink{len(self.addresses) + 1}")
        return f'<w:hyperlink r:id="{identity}">{run}</w:hyperlink>'

    # ---- the first page

    def _front(self) -> Iterator[str]:
        paper = self.paper
        body = paper.header[0].value if paper.header else Words(paper.running)
        yield self._aligned("Masthead", body)
        yield self._paragraph("Title", self._run(Words(short(paper.title) or paper.running)))
        if paper.subtitle:
            yield self._paragraph("Subtitle", self._run(Words(paper.subtitle)))
        if self.volume:
            yield self._paragraph("Subtitle", self._run(Words(self.volume)))
        yield self._details(paper.header)
        if paper.note:
            yield self._paragraph("Note", self._run(Words(paper.note)))
        listed = [
            (level, block)
            for block, level in levelled(paper.blocks)
            if isinstance(block, Heading) and level <= _OUTLINED and block.anchor
        ]
        if paper.contents and listed:
            yield self._paragraph("ContentsHeading", self._run(Words(paper.labels.contents)))
            yield from self._contents(listed)

    def _contents(self, listed: list[tuple[int, Heading]]) -> Iterator[str]:
        """Yield the table of contents: each heading as a link, and its page as a field.

        The program that opens the file numbers the pages, so the file holds no number of its own: a
        page field that is stale is drawn up anew, where one inside a table field would stand as it is.
        """
        edge = f'<w:tabs><w:tab w:val="end" w:leader="dot" w:pos="{_WIDTH}"/></w:tabs>'
        for level, head in listed:
            words = Words(short(head.words.text), head.words.language)
            entry = self._span(Span(words.text, words.language, anchor=head.anchor))
            yield self._paragraph(
                f"Toc{level}", entry + self._page(head), language=self.paper.language, keep=edge
            )

    def _page(self, head: Heading) -> str:
        """Return a tab and the field that says on which page *head* stands."""
        field = f" PAGEREF {self._names[head.anchor]} \\h "
        return (
            '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve">{field}</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + self._run(Words(""))
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    # ---- blocks

    def _main(self) -> Iterator[str]:
        if not self.paper.blocks:
            yield self._paragraph("Normal", self._run(Words(self.paper.labels.nothing)))
        blocks = self.paper.blocks
        for (block, level), leads in zip(levelled(blocks), leading(blocks), strict=True):
            if leads and isinstance(block, Paragraph):
                yield self._said(block, keep="<w:keepNext/>")
            else:
                yield self._block(block, min(level, _DEEPEST))

    def _block(self, block: Block, level: int) -> str:
        if isinstance(block, Heading):
            return self._heading(block.words, level, block.anchor)
        if isinstance(block, Paragraph):
            return self._said(block)
        if isinstance(block, NumberedList):
            return "".join(self._items(block))
        if isinstance(block, Table):
            if block.drawn and block.figures:
                return self._counts(block)
            return self._table(block.caption, block.head, block.rows, widths=block.widths)
        if isinstance(block, Chart):
            return self._chart(block)
        return "".join(self._response(block, level))

    def _said(self, block: Paragraph, *, keep: str = "") -> str:
        """Return a paragraph, its mark hanging before it; *keep*: what keeps it with the next one."""
        runs = "".join(map(self._span, block.spans))
        if not block.mark:
            return self._paragraph("Normal", runs, language=lead(block.spans))
        hang = f'<w:ind w:start="{680 + 567 * block.depth}" w:hanging="{680 - 113 * block.depth}"/>'
        runs = self._run(Words(block.mark)) + "<w:r><w:tab/></w:r>" + runs
        language = lead(block.spans)
        return self._paragraph("Normal", runs, language=language, more=hang, keep=keep)

    def _heading(self, words: Words, level: int, anchor: str, after: str = "") -> str:
        runs = self._run(Words(short(words.text) or "—", words.language)) + after
        if anchor:
            runs = self._bookmarked(anchor, runs)
        code = self._code(words)
        side = '<w:jc w:val="end"/>' if direction(code) != self.paper.direction else ""
        return self._paragraph(f"Heading{level}", runs, language=code, more=side)

    def _items(self, block: NumberedList) -> Iterator[str]:
        hang = '<w:ind w:start="454" w:hanging="454"/>'
        for number, spans in enumerate(block.items, block.start):
            first = self._run(Words(f"{number}.")) + "<w:r><w:tab/></w:r>"
            runs = first + "".join(map(self._span, spans))
            yield self._paragraph("Normal", runs, language=lead(spans), more=hang)

    def _details(self, rows: tuple[Row, ...]) -> str:
        if not rows:
            return ""
        quiet = f'<w:color w:val="{look.QUIET}"/>'
        cells = [
            (self._aligned("Detail", Words(row.label), quiet), self._aligned("Detail", row.value))
            for row in rows
        ]
        made = self._grid(cells, (2600, _WIDTH - 2600), right=self.paper.direction == "rtl")
        return _kept(made)  # nobody's name and details alone at the foot of a page

    def _table(
        self,
        caption: Words,
        head: tuple[Words, ...],
        rows: Iterable[tuple[Words, ...]],
        *,
        widths: tuple[int, ...] = (),
    ) -> str:
        code, rows = self._code(caption), tuple(rows)
        columns = _columns((head, *rows), widths or (1,) * len(head))
        small = _sized(columns)
        cells = [tuple(self._cell(words, code, _BOLD + small) for words in _parted(head, columns))]
        cells += [tuple(self._cell(words, code, small) for words in row) for row in rows]
        return self._captioned(caption, cells, columns.widths)

    def _captioned(
        self, caption: Words, cells: Sequence[tuple[str, ...]], widths: tuple[int, ...]
    ) -> str:
        code = self._code(caption)
        title = self._paragraph("Caption", self._run(caption), language=code)
        right = direction(code) == "rtl"
        if len(cells) <= _TOGETHER:
            cells = [*(tuple(map(_kept, row)) for row in cells[:-1]), cells[-1]]
        return title + self._grid(cells, widths, right=right, ruled=True, name=caption.text)

    def _cell(self, words: Words, table_language: str, extra: str = "") -> str:
        code = self._code(words)
        side = '<w:jc w:val="end"/>' if direction(code) != direction(table_language) else ""
        led = link(words.anchor, words.href, self.known)
        span = Span(words.text, words.language, anchor=words.anchor, href=words.href)
        run = self._span(span) if led else self._run(words, extra)
        return self._paragraph("Cell", run, language=code, more=side)

    def _grid(
        self,
        rows: Sequence[tuple[str, ...]],
        widths: tuple[int, ...],
        *,
        right: bool,
        ruled: bool = False,
        name: str = "",
    ) -> str:
        """Return a table of finished cells; a ruled one has a head row that repeats on each page."""
        edge = f'<w:{{}} w:val="single" w:sz="4" w:space="0" w:color="{look.HAIR}"/>'
        borders = edge.format("bottom") + edge.format("insideH") if ruled else ""
        title = f'<w:tblCaption w:val="{escape(name)}"/>' if name else ""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        lines = "".join(
            self._line(row, widths, head=ruled and number == 0) for number, row in enumerate(rows)
        )
        return (
            f"<w:tbl><w:tblPr>{'<w:bidiVisual/>' if right else ''}"
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/>{_MARGINS if ruled else ""}{title}</w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"
            '<w:p><w:pPr><w:pStyle w:val="Bar"/></w:pPr></w:p>'
        )

    def _line(self, row: tuple[str, ...], widths: tuple[int, ...], *, head: bool) -> str:
        mark = "<w:tblHeader/>" if head else ""
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(row, widths, strict=False)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{cells}</w:tr>"

    def _chart(self, block: Chart) -> str:
        """Return the chart's table; the bar of each row is a shaded line below its number."""
        most = max([1, *(bar.value for bar in block.bars)])
        code = self._code(block.caption)
        cells = [tuple(self._cell(words, code, _BOLD) for words in block.head)]
        for bar in block.bars:
            number = self._cell(Words(str(bar.value)), code)
            drawn = self._bar(bar.value / most)
            cells.append((self._cell(bar.words, code), number + drawn))
        return self._captioned(block.caption, cells, (_WIDTH // 2,) * 2)

    def _counts(self, block: Table) -> str:
        """Return a table of counts with a bar below each number, all on one scale."""
        most = max([1, *(count for line in block.figures for count in line)])
        code = self._code(block.caption)
        columns = _columns((block.head, *block.rows), (1,) * len(block.head))
        small, wide = _sized(columns), min(columns.widths)  # of the bars: all on one scale
        head = _parted(block.head, columns)
        cells = [tuple(self._cell(words, code, _BOLD + small) for words in head)]
        for row, line in zip(block.rows, block.figures, strict=True):
            drawn = [
                self._cell(words, code, small) + self._bar(count / most, wide=wide, of=of)
                for words, count, of in zip(row[1:], line, columns.widths[1:], strict=True)
            ]
            cells.append((self._cell(row[0], code, small), *drawn))
        return self._captioned(block.caption, cells, columns.widths)

    def _bar(self, part: float, *, wide: int = _WIDTH // 2, of: int = _WIDTH // 2) -> str:
        """Return a shaded line: *part* of *wide*, in a column *of* so many twentieths of a point."""
        free = round(of - FREE - (wide - FREE) * part)
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.ACCENT}"/>' if part else ""
        return self._paragraph("Bar", "", more=f'{shade}<w:ind w:end="{free}"/>')

    # ---- responses

    def _response(self, block: ResponseBlock, level: int) -> Iterator[str]:
        number = self._run(Words("  ")) + self._span(Span(block.number, "en", href=block.href))
        yield self._heading(block.respondent, level, block.anchor, number)
        yield self._details(block.details)
        for note in block.notes:
            yield self._paragraph("ResponseNote", self._run(Words(note)))
        if not block.answers and not block.attachments:
            yield self._paragraph("Answer", self._run(Words(self.paper.labels.no_text)))
        for answer in block.answers:
            if answer.question.text:
                yield self._heading(answer.question, min(level + 1, _DEEPEST), "")
            yield from self._answer(answer)
            for other in answer.translations:
                yield self._paragraph("Label", self._run(Words(other.label)))
                yield from self._quoted(other.text, "Beside")
        if block.attachments:
            yield self._files(block.attachments)
        for file in block.attachments:
            yield from self._extract(file, min(level + 1, _DEEPEST))

    def _answer(self, answer: PrintedAnswer) -> Iterator[str]:
        """Yield what was chosen, then the words; that there are neither."""
        if answer.chosen.text:
            keep = "<w:keepNext/>" if answer.answer.text.strip() else ""
            chosen = self._run(answer.chosen, "<w:b/><w:bCs/>")
            yield self._paragraph("Normal", chosen, keep=keep)
        elif not answer.answer.text.strip():
            yield self._paragraph("Answer", self._run(Words(self.paper.labels.no_text)))
        yield from self._quoted(answer.answer, "Answer")

    def _quoted(self, words: Words, style: str) -> Iterator[str]:
        """Yield somebody's words, a paragraph each, in their own language and direction."""
        for part in words.text.split("\n\n"):
            if part.strip():
                run = self._run(Words(part.strip("\n"), words.language))
                yield self._paragraph(style, run, language=words.language)

    def _extract(self, file: PrintedFile, level: int) -> Iterator[str]:
        """Yield the words of a file, or why there are none, under a heading of their own."""
        if not file.title:
            return
        yield self._heading(Words(file.title), level, "")
        if file.note:
            yield self._paragraph("Label", self._run(Words(file.note)))
        yield from self._quoted(file.extract, "Beside")

    def _files(self, files: tuple[PrintedFile, ...]) -> str:
        labels = self.paper.labels
        head = (Words(labels.file_name), Words(labels.file_size), Words(labels.checksum))
        rows = ((Words(f.name, href=f.href), Words(f.size), Words(f.sha256, "en")) for f in files)
        return self._table(Words(labels.attachments), head, rows)


def _columns(lines: Sequence[tuple[Words, ...]], shares: tuple[int, ...]) -> Columns:
    return fitted([[words.text for words in line] for line in lines], shares, _WIDTH)


def _parted(head: tuple[Words, ...], columns: Columns) -> tuple[Words, ...]:
    """The heads, with places to break where the columns are too narrow for them."""
    if not columns.is_tight:
        return head
    return tuple(replace(words, text=breakable(words.text)) for words in head)


def _sized(columns: Columns) -> str:
    """The size of letters as a run says it, where it is another than that of cells."""
    if columns.size == SIZE:
        return ""
    return f'<w:sz w:val="{columns.size}"/><w:szCs w:val="{columns.size * 23 // SIZE}"/>'


def _kept(made: str) -> str:
    """*made* with every paragraph bound to the one after it."""
    return re.sub(r'(<w:pStyle w:val="\w+"/>)(?!<w:keepNext/>)', r"\1<w:keepNext/>", made)
