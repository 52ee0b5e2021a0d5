"""Lays a paper out as data: the whole document as one JSON object, for those who count and compare.

Figures are numbers, a citation is the number and version of a response, every text says its language
and direction. The shape is described in docs/documents.md; :data:`SHAPE` changes when it does.
"""

import json
from collections.abc import Callable
from typing import Any

from consulta.core.paper import (
    Block,
    Chart,
    Cited,
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
from consulta.reports.renderers import replaced
from consulta.reports.renderers.layout import known_anchors, lead, levelled
from consulta.reports.renderers.plain import link
from consulta.reports.renderers.storable import stored
from consulta.reports.renderers.unfolding import shared, whole

SHAPE = "consulta-document/1"
Json = dict[str, Any]


def data(paper: Paper, _place: str = "") -> bytes:
    """Return *paper* as UTF-8 JSON."""
    return (json.dumps(document(paper), ensure_ascii=False, indent=1) + "\n").encode()


def document(paper: Paper) -> Json:
    """Return *paper* as plain values; what is not known is null, and no key is ever missing."""
    lost = replaced.of(paper, "json")
    paper = stored(paper)
    shape = _Shape(paper)
    return {
        "shape": SHAPE,
        "kind": paper.kind.value,
        "name": paper.stem,
        "dated": paper.dated,
        "language": paper.language,
        "direction": paper.direction,
        "title": paper.title,
        "subtitle": paper.subtitle or None,
        "note": paper.note or None,
        "body": {"slug": paper.origin.body or None, "name": paper.origin.body_name or None},
        "consultation": {
            "slug": paper.origin.consultation or None,
            "number": paper.origin.number or None,
            "address": paper.origin.address or None,
        },
        "document": paper.origin.document or None,
        "edition": paper.origin.edition,
        "header": [shape.row(row) for row in paper.header],
        "blocks": [shape.block(block, level) for block, level in levelled(paper.blocks)],
        "left_out": [_lost(each) for each in lost],
    }


def _lost(each: Json) -> Json:
    """Return a character that no file can hold, how often it was sent, and in which responses."""
    return {
        "character": each["sign"].strip("[]"),
        "times": each["times"],
        "responses": each["where"],
    }


class _Shape:
    """Turns the parts of one paper into plain values."""

    def __init__(self, paper: Paper) -> None:
        self.language = paper.language
        self.known = known_anchors(paper)
        self.shared = shared(paper.blocks)

    def words(self, words: Words) -> Json:
        """Return *words* with language, direction, and where they lead if they do."""
        return {
            "text": words.text,
            **self._tongue(words.language),
            "link": self._link(words.anchor, words.href),
        }

    def row(self, row: Row) -> Json:
        """Return a labelled line."""
        return {"label": row.label, "value": self.words(row.value)}

    def block(self, block: Block, level: int) -> Json:
        """Return *block* under the name of its kind."""
        return {"type": block.block, **_MAKE[type(block)](self, block, level)}

    def heading(self, block: Heading, level: int) -> Json:
        """Return a heading; *level* counts from 1 and is never skipped."""
        return {"id": block.anchor or None, "level": level, **self.words(block.words)}

    def paragraph(self, block: Paragraph, _level: int) -> Json:
        """Return a paragraph as printed, and its sentences with what each cites."""
        return {"mark": block.mark or None, **self._running(block.spans)}

    def numbered(self, block: NumberedList, _level: int) -> Json:
        """Return a numbered list."""
        return {"start": block.start, "items": [self._running(item) for item in block.items]}

    def table(self, block: Table, _level: int) -> Json:
        """Return a table; *figures* holds its counts as numbers where it is one of counts."""
        return {
            "caption": self.words(block.caption),
            "described": block.drawn or None,
            "columns": [self.words(words) for words in block.head],
            "rows": [[self.words(words) for words in row] for row in block.rows],
            "figures": [list(row) for row in block.figures] or None,
        }

    def chart(self, block: Chart, _level: int) -> Json:
        """Return the numbers of a chart."""
        return {
            "caption": self.words(block.caption),
            "described": block.alt,
            "columns": [self.words(words) for words in block.head],
            "bars": [{"label": self.words(bar.words), "value": bar.value} for bar in block.bars],
        }

    def response(self, block: ResponseBlock, _level: int) -> Json:
        """Return one response, verbatim."""
        facts = block.facts
        return {
            "id": block.anchor or None,
            "number": block.number,
            "version": facts.version or None,
            "address": link("", block.href, frozenset()) or None,
            "respondent": self.words(block.respondent),
            **self._tongue(block.language),
            "received_at": facts.received or None,
            "country": facts.country or None,
            "stakeholder_group": facts.group or None,
            "channel": facts.channel or None,
            "details": [self.row(row) for row in block.details],
            "notes": list(block.notes),
            "campaign": block.campaign or None,
            "answers": [self._answer(answer, block.campaign) for answer in block.answers],
            "attachments": [self._file(file) for file in block.attachments],
        }

    def _answer(self, printed: PrintedAnswer, campaign: str) -> Json:
        """Return an answer; *whole* holds every word of one that a campaign folds."""
        return {
            "question": printed.position or None,
            "question_text": self.words(printed.question),
            "choices": list(printed.choices),
            "chosen": self.words(printed.chosen) if printed.chosen.text else None,
            "answer": self.words(printed.answer),
            "whole": whole(printed, campaign, self.shared) or None,
            "translations": [self._translation(each) for each in printed.translations],
        }

    def _translation(self, translation: PrintedTranslation) -> Json:
        return {
            "status": translation.status or None,
            "label": translation.label,
            **self.words(translation.text),
        }

    def _file(self, file: PrintedFile) -> Json:
        return {
            "name": file.name,
            "size": file.size,
            "sha256": file.sha256,
            "address": link("", file.href, frozenset()) or None,
            "note": file.note or None,
            "text": self.words(file.extract) if file.extract.text else None,
        }

    def _running(self, spans: tuple[Span, ...]) -> Json:
        leading = (span for span in spans if not span.cites)
        links = (s for s in leading if link(s.anchor, s.href, self.known))
        return {
            "text": "".join(span.text for span in spans).strip(),
            **self._tongue(lead(spans)),
            "sentences": self._sentences(spans),
            "links": [{"text": s.text, **self._link_of(s)} for s in links],
        }

    def _sentences(self, spans: tuple[Span, ...]) -> list[Json]:
        """Return the sentences in order, each with what it cites."""
        found: dict[str, list[Span]] = {}
        for span in spans:
            if span.sentence:
                found.setdefault(span.sentence, []).append(span)
        return [self._sentence(identity, parts) for identity, parts in found.items()]

    def _sentence(self, identity: str, parts: list[Span]) -> Json:
        said = _uncited(parts)
        return {
            "id": identity,
            "text": "".join(span.text for span in said).strip(),
            **self._tongue(said[0].language if said else ""),
            "citations": [self._citation(s.cites, s) for s in parts if s.cites],
        }

    def _citation(self, cited: Cited, span: Span) -> Json:
        passage = {"question": cited.question or None, "start": cited.start, "end": cited.end}
        return {
            "number": cited.number,
            "version": cited.version,
            "passage": passage | {"quote": cited.quote} if cited.quote else None,
            **self._link_of(span),
        }

    def _link_of(self, span: Span) -> Json:
        led = self._link(span.anchor, span.href)
        return led or {"id": None, "address": None}

    def _link(self, anchor: str, href: str) -> Json | None:
        """Return where words lead: a block of this document, a public address, or both."""
        if not link(anchor, href, self.known):
            return None
        address = link("", href, frozenset()) or None
        return {"id": anchor if anchor in self.known else None, "address": address}

    def _tongue(self, code: str) -> Json:
        code = code or self.language
        return {"language": code, "direction": direction(code)}


def _uncited(parts: list[Span]) -> list[Span]:
    """The words of a sentence without the numbers that it cites, and without the brackets of these."""
    places = [place for place, span in enumerate(parts) if span.cites]
    if not places:
        return parts
    before, after = parts[: places[0]], parts[places[-1] + 1 :]
    opened = bool(before) and before[-1].text.strip() == "["
    closed = bool(after) and after[0].text.strip() == "]"
    return [*(before[:-1] if opened else before), *(after[1:] if closed else after)]


_MAKE: dict[type, Callable[..., Json]] = {
    Heading: _Shape.heading,
    Paragraph: _Shape.paragraph,
    NumberedList: _Shape.numbered,
    Table: _Shape.table,
    Chart: _Shape.chart,
    ResponseBlock: _Shape.response,
}
