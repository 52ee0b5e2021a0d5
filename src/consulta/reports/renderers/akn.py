"""Lays a paper out as Akoma Ntoso 1.0 (OASIS): a compilation is a collection with a component for
every response, any other report a document with its responses, if it prints any, as attachments.

Languages are ISO 639-2 in the metadata and xml:lang in the text; a citation is a ``ref`` to the
component in this file, else to the permanent address. Identities of ours stand in ``wId``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from consulta.core.paper import Block, Heading, Paper, PaperKind, ResponseBlock, Words
from consulta.reports.renderers import akn_meta, replaced
from consulta.reports.renderers.akn_blocks import Writer, details
from consulta.reports.renderers.akn_meta import OURS, tag
from consulta.reports.renderers.akn_names import NAMES, Ids, Iris, iris, step
from consulta.reports.renderers.layout import levelled
from consulta.reports.renderers.storable import stored

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: A run of blocks without responses, or one response.
Part = tuple[Block, ...]


def akn(paper: Paper, _place: str = "") -> bytes:
    """Return *paper* as one Akoma Ntoso document."""
    lost = replaced.of(paper, "akn")
    paper = stored(paper)
    whole = iris(paper)
    meta = akn_meta.of_paper(paper, whole, lost)
    write = _collection if paper.kind == PaperKind.COMPILATION else _document
    root = f'<akomaNtoso xmlns="{NAMESPACE}" xmlns:c="{OURS}">'
    body = write(paper, whole, meta)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}{body}</akomaNtoso>\n'.encode()


def _collection(paper: Paper, whole: Iris, meta: str) -> str:
    parts = list(_parts(paper.blocks))
    places = [f"cmp_{number}" for number in range(1, len(parts) + 1)]
    writer = Writer(paper, dict(_eids(parts, places)))
    inner = "".join(
        tag("component", _component(writer, part, place, whole), eId=place)
        for part, place in zip(parts, places, strict=True)
    )
    if not parts:
        nothing = writer.words("p", Words(paper.labels.nothing), "cmp_1__p_1")
        inner = tag("component", tag("interstitial", nothing), eId="cmp_1")
    body = tag("collectionBody", inner, xml_lang=paper.language)
    return tag("documentCollection", meta + _preface(writer) + body, name=NAMES[paper.kind])


def _component(writer: Writer, part: Part, place: str, whole: Iris) -> str:
    """Return the document of one component: a response, or what stands between responses."""
    block = part[0]
    if isinstance(block, ResponseBlock):
        return _response(writer, block, place, whole)
    meta = akn_meta.of_part(writer.paper, replace(whole, part=place.replace("_", "-")))
    return tag("doc", meta + _main(writer, part, place), name="part")


def _response(writer: Writer, block: ResponseBlock, place: str, whole: Iris) -> str:
    own = replace(whole, part=f"response-{step(block.number or place)}")
    meta = akn_meta.of_response(writer.paper, own, block, place)
    return tag("doc", meta + writer.response(block, place), name="response")


def _document(paper: Paper, whole: Iris, meta: str) -> str:
    replies = [block for block in paper.blocks if isinstance(block, ResponseBlock)]
    text = tuple(block for block in paper.blocks if not isinstance(block, ResponseBlock))
    parts: list[Part] = [text, *((block,) for block in replies)]
    places = ["", *(f"att_{number}" for number in range(1, len(replies) + 1))]
    writer = Writer(paper, dict(_eids(parts, places)))
    attached = "".join(
        tag("attachment", _response(writer, block, place, whole), eId=place)
        for block, place in zip(replies, places[1:], strict=True)
    )
    body = _main(writer, text, "")
    more = tag("attachments", attached) if attached else ""
    name = NAMES.get(paper.kind, paper.kind.value)
    return tag("doc", meta + _preface(writer) + body + more, name=name)


def _main(writer: Writer, blocks: Part, place: str) -> str:
    nothing = writer.words("p", Words(writer.paper.labels.nothing), f"{place or 'body'}__p_1")
    return tag(
        "mainBody", writer.sections(blocks, place) or nothing, xml_lang=writer.paper.language
    )


def _preface(writer: Writer) -> str:
    """Return title, head and note of the whole document."""
    paper = writer.paper
    title = writer.words("docTitle", Words(paper.title or paper.running))
    rows = [tag("longTitle", tag("p", title), eId="preface__longtitle_1")]
    if paper.subtitle:
        rows.append(writer.words("p", Words(paper.subtitle), class_="subtitle"))
    rows += details(writer, paper.header, "preface")
    if paper.note:
        rows.append(writer.words("p", Words(paper.note), class_="note"))
    return tag("preface", "".join(rows), eId="preface", xml_lang=paper.language)


def _parts(blocks: Sequence[Block]) -> Iterator[Part]:
    """Yield every response alone, and what stands between them together."""
    for is_response, run in groupby(blocks, lambda block: isinstance(block, ResponseBlock)):
        if is_response:
            yield from ((block,) for block in run)
        else:
            yield tuple(run)


def _eids(parts: Sequence[Part], places: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the eId of every anchor, as :meth:`Writer.sections` will number them."""
    ids = Ids()
    for part, place in zip(parts, places, strict=True):
        above = [place]
        for block, level in levelled(part):
            if isinstance(block, Heading):
                above = above[:level]
                above.append(ids.next(above[-1], "sec"))
                if block.anchor:
                    yield block.anchor, above[-1]
            elif isinstance(block, ResponseBlock) and block.anchor:
                yield block.anchor, place
