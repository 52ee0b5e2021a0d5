"""The blocks of an Akoma Ntoso document: sections, paragraphs, sentences, citations, tables."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.sax.saxutils import escape

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
)
from consulta.reports.renderers.akn_meta import tag
from consulta.reports.renderers.akn_names import Ids
from consulta.reports.renderers.layout import lead, levelled
from consulta.reports.renderers.plain import LINE_ENDS, link
from consulta.reports.renderers.unfolding import shared, whole

_NOTHING = "—"


class Writer:
    """Writes the parts of one paper; *eids* says which element each anchor of the paper is."""

    def __init__(self, paper: Paper, eids: Mapping[str, str]) -> None:
        self.paper = paper
        self.eids = eids
        self.known = frozenset(eids)
        self.ids = Ids()
        self.shared = shared(paper.blocks)

    # ---- sections

    def sections(self, blocks: Iterable[Block], above: str = "") -> str:
        """Return *blocks* as sections within sections, under the element *above*."""
        written: list[str] = []
        open_: list[str] = [above]
        for block, level in levelled(tuple(blocks)):
            if isinstance(block, Heading):
                while len(open_) > level:
                    open_.pop()
                    written.append("</section>")
                open_.append(self.ids.next(open_[-1], "sec"))
                written.append(self._opened(block, open_[-1]))
            else:
                written.append(_WRITE[type(block)](self, block, open_[-1]))
        return "".join(written) + "</section>" * (len(open_) - 1)

    def _opened(self, block: Heading, eid: str) -> str:
        heading = self.words("heading", block.words, f"{eid}__heading")
        wid = f' wId="{escape(block.anchor)}"' if block.anchor else ""
        return f'<section eId="{eid}"{wid}>{heading}'

    def paragraph(self, block: Paragraph, above: str) -> str:
        """Return a paragraph with its sentences and citations."""
        eid = self.ids.next(above, "para")
        inner = self._running("p", block.spans, f"{eid}__content__p_1")
        num = tag("num", escape(block.mark)) if block.mark else ""
        return tag("paragraph", num + tag("content", inner, eId=f"{eid}__content"), eId=eid)

    def numbered(self, block: NumberedList, above: str) -> str:
        """Return a numbered list."""
        eid = self.ids.next(above, "hcontainer")
        place = f"{eid}__content__ol_1"
        items = "".join(
            tag("li", self._running("p", item, f"{place}__li_{number}__p_1"),
                eId=f"{place}__li_{number}", value=str(number))
            for number, item in enumerate(block.items, block.start)
        )  # fmt: skip
        return self._contained("list", tag("ol", items, eId=place) if items else "", eid)

    def table(self, block: Table, above: str) -> str:
        """Return a table in a container of its own."""
        eid = self.ids.next(above, "hcontainer")
        made = self._ruled(block.caption, block.head, block.rows, f"{eid}__content__table_1")
        return self._contained("table", self._described(block.drawn, eid) + made, eid)

    def chart(self, block: Chart, above: str) -> str:
        """Return the table of a chart, with its description."""
        eid = self.ids.next(above, "hcontainer")
        rows = tuple((bar.words, Words(str(bar.value))) for bar in block.bars)
        made = self._ruled(block.caption, block.head, rows, f"{eid}__content__table_1")
        return self._contained("chart", self._described(block.alt, eid) + made, eid)

    def _described(self, said: str, eid: str) -> str:
        place = f"{eid}__content__p_1"
        return self.words("p", Words(said), place, class_="description") if said.strip() else ""

    def _contained(self, name: str, inner: str, eid: str) -> str:
        content = tag("content", inner, eId=f"{eid}__content")
        return tag("hcontainer", content, name=name, eId=eid)

    def _ruled(
        self,
        caption: Words,
        head: tuple[Words, ...],
        rows: tuple[tuple[Words, ...], ...],
        eid: str,
    ) -> str:
        titled = self.words("caption", caption, f"{eid}__caption")
        lines = [tag("tr", self._cells("th", head, f"{eid}__tr_1"), eId=f"{eid}__tr_1")]
        for number, row in enumerate(rows, 2):
            place = f"{eid}__tr_{number}"
            lines.append(tag("tr", self._cells("td", row, place), eId=place))
        return tag("table", titled + "".join(lines), eId=eid)

    def _cells(self, name: str, row: tuple[Words, ...], eid: str) -> str:
        cells = []
        for number, words in enumerate(row, 1):
            place = f"{eid}__{name}_{number}"
            span = Span(words.text, words.language, words.anchor, words.href)
            inner = self._running("p", (span,), f"{place}__p_1") if words.text.strip() else ""
            cells.append(tag(name, inner, eId=place))
        return "".join(cells)

    # ---- words

    def words(self, name: str, words: Words, eid: str = "", /, **given: str) -> str:
        """Return *words* in an element that names their language; a dash where there are none."""
        return tag(
            name,
            lines(words.text) or _NOTHING,
            eId=eid,
            xml_lang=self._tongue(words.language),
            **given,
        )

    def _running(self, name: str, spans: tuple[Span, ...], eid: str) -> str:
        main = lead(spans)
        inner = "".join(self._sentences(spans, main, eid))
        return tag(name, inner or _NOTHING, eId=eid, xml_lang=self._tongue(main))

    def _sentences(self, spans: tuple[Span, ...], main: str, eid: str) -> Iterator[str]:
        """Yield the sentences, each with its identity, and what stands between them."""
        start = 0
        while start < len(spans):
            identity = spans[start].sentence
            end = start + 1
            if identity:
                same = [i for i in range(start, len(spans)) if spans[i].sentence == identity]
                end = same[-1] + 1
            inner = "".join(self._span(span, main, eid) for span in spans[start:end])
            if identity:
                place = self.ids.next(eid, "s")
                inner = tag("inline", inner, name="sentence", eId=place, wId=identity)
            yield inner
            start = end

    def _span(self, span: Span, main: str, eid: str) -> str:
        target = link(span.anchor, span.href, self.known)
        other = self._tongue(span.language) if (span.language or main) != main else ""
        text = lines(span.text, keep_edges=True)
        if not target:
            return tag("span", text, xml_lang=other) if other and text else text
        if target.startswith("#"):
            target = f"#{self.eids[target[1:]]}"
        cited = span.cites
        return tag(
            "ref", text or _NOTHING, eId=self.ids.next(eid, "ref"), href=target, xml_lang=other,
            c_version=str(cited.version) if cited else "", c_quote=cited.quote if cited else "",
        )  # fmt: skip

    def _tongue(self, code: str) -> str:
        return "" if code in ("", self.paper.language) else code

    # ---- a response

    def response(self, block: ResponseBlock, eid: str) -> str:
        """Return preface and body of one response, verbatim, under the component *eid*."""
        labels = self.paper.labels
        body = "".join(self._answer(answer, eid, block) for answer in block.answers)
        body += self._files(block.attachments, eid)
        if not body:
            body = tag("p", escape(labels.no_text), eId=f"{eid}__body__p_1")
        tongue = self.paper.language
        return self._preface(block, eid) + tag(
            "mainBody", body, eId=f"{eid}__body", xml_lang=tongue
        )

    def _preface(self, block: ResponseBlock, eid: str) -> str:
        place = f"{eid}__preface"
        name = self.words("docProponent", block.respondent, refersTo=f"#{eid}__respondent")
        number = tag("docNumber", escape(block.number) or _NOTHING)
        rows = [tag("p", f"{name} {number}", eId=f"{place}__p_1")]
        rows += details(self, block.details, place, start=2)
        rows += [
            tag("p", lines(note) or _NOTHING, class_="note", eId=f"{place}__note_{number}")
            for number, note in enumerate(block.notes, 1)
        ]
        return tag("preface", "".join(rows), eId=place, xml_lang=self.paper.language)

    def _answer(self, printed: PrintedAnswer, above: str, block: ResponseBlock) -> str:
        eid = self.ids.next(above, "sec")
        chose = printed.chosen.text
        inner = self._said("choice", printed.chosen, eid) if chose else ""
        if printed.answer.text.strip() or not chose:
            inner += self._said("answer", printed.answer, eid)
        words = whole(printed, block.campaign, self.shared)
        if words:  # the campaign's shared text stands in its place above
            inner += self._said("whole", Words(words, block.language), eid)
        for each in printed.translations:
            said = tag("heading", escape(each.label.strip()) or _NOTHING)
            inner += self._said("translation", each.text, eid, heading=said, class_=each.status)
        asked = printed.question
        heading = self.words("heading", asked, f"{eid}__heading") if asked.text.strip() else ""
        return tag("section", heading + inner, eId=eid)

    def _said(
        self, name: str, said: Words, above: str, *, heading: str = "", class_: str = ""
    ) -> str:
        """Return the paragraphs of one text in its own language."""
        eid = self.ids.next(above, "hcontainer")
        parts = [part for part in unified(said.text).split("\n\n") if part.strip()]
        inner = "".join(
            tag("p", lines(part), eId=f"{eid}__content__p_{number}")
            for number, part in enumerate(parts, 1)
        ) or tag("p", escape(self.paper.labels.no_text), eId=f"{eid}__content__p_1",
                 xml_lang=self.paper.language)  # fmt: skip
        content = tag(
            "content", inner, eId=f"{eid}__content", xml_lang=said.language if parts else ""
        )
        return tag("hcontainer", heading + content, name=name, eId=eid, class_=class_)

    def _files(self, files: tuple[PrintedFile, ...], above: str) -> str:
        if not files:
            return ""
        labels = self.paper.labels
        head = tuple(map(Words, (labels.file_name, labels.file_size, labels.checksum)))
        rows = tuple(
            (Words(f.name, href=f.href), Words(f.size), Words(f.sha256, "en")) for f in files
        )
        made = self.table(Table(Words(labels.attachments), head, rows), above)
        return made + "".join(self._extract(file, above) for file in files if file.extract.text)

    def _extract(self, file: PrintedFile, above: str) -> str:
        """Return the words of a file, under its title, with the note where they come from."""
        title = tag("heading", lines(file.title.strip() or file.name.strip()) or _NOTHING)
        note = tag("subheading", lines(file.note)) if file.note.strip() else ""
        return self._said("attachment", file.extract, above, heading=title + note)


def details(writer: Writer, rows: Iterable[Row], place: str, *, start: int = 1) -> list[str]:
    """Return labelled lines as paragraphs."""
    return [
        tag(
            "p",
            tag("inline", lines(row.label), name="label")
            + " "
            + writer.words("inline", row.value, name="value"),
            class_="detail",
            eId=f"{place}__p_{number}",
        )
        for number, row in enumerate(rows, start)
    ]


def unified(text: str) -> str:
    """Return *text* with one kind of line end."""
    return LINE_ENDS.sub("\n", text)


def lines(text: str, *, keep_edges: bool = False) -> str:
    """Return *text* escaped, its line ends as elements."""
    text = unified(text)
    return escape(text if keep_edges else text.strip()).replace("\n", "<br/>")


_WRITE: dict[type, Callable[..., str]] = {
    Paragraph: Writer.paragraph,
    NumberedList: Writer.numbered,
    Table: Writer.table,
    Chart: Writer.chart,
}
