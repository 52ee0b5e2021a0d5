"""Frozen: the sentences of an edition, kept as they were, so that a later draft changes no page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from consulta.consultations.models import Consultation
from consulta.core import quotation
from consulta.core.paper import Paper, Span, from_json
from consulta.core.paper import Paragraph as Printed
from consulta.core.redaction import OMISSION
from consulta.reports import quoting
from consulta.reports.errors import EditedMeanwhileError
from consulta.reports.models import Edition, FrozenCitation, FrozenSentence, Paragraph
from consulta.responses.models import Response

#: What the draft was when an edition was drawn up: id, place and revision of every paragraph.
Stamp = tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class CitedIn:
    """A sentence of a released report that cites a response.

    *question*: under which it stands (None: introduction); *sentence*: its identity, `s-…` in the
    report; *quote*: the words of the passage it cites, empty for the whole response.
    """

    number: str
    version: int
    question: int | None
    language: str
    text: str
    sentence: int
    edition: int
    quote: str = ""

    @property
    def anchor(self) -> str:
        """The place of the sentence in the report's HTML."""
        return anchor(self.sentence)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a public answer that a released report cites: where it stands now, its name."""

    answer: int
    start: int
    end: int
    anchor: str


def anchor(sentence: int) -> str:
    """The name of a sentence's place in a report."""
    return f"s-{sentence}"


def passage_anchor(citation: int) -> str:
    """The name of a cited passage's place on the page of its response."""
    return f"p-{citation}"


def stamp(paragraphs: Iterable[Paragraph]) -> Stamp:
    """What the draft is now, to be compared when the edition drawn up from it is numbered."""
    return tuple((row.pk, row.position, row.revision) for row in paragraphs)


def keep(edition: Edition, paragraphs: Sequence[Paragraph], *, drawn_from: Stamp) -> None:
    """Keep the sentences of *edition*; part of the act that freezes it.

    Raises EditedMeanwhileError when somebody saved since it was drawn up.
    """
    if stamp(paragraphs) != drawn_from:
        raise EditedMeanwhileError
    said = [(paragraph, one) for paragraph in paragraphs for one in paragraph.sentences.all()]
    for place, (paragraph, sentence) in enumerate(said, start=1):
        kept = FrozenSentence.objects.create(
            edition=edition,
            sentence=sentence.pk,
            question=paragraph.question.position if paragraph.question else None,
            place=place,
            text=sentence.text,
        )
        FrozenCitation.objects.bulk_create(
            FrozenCitation(
                sentence=kept,
                citation=cited.pk,
                version_id=cited.version_id,
                answer_id=cited.answer_id,
                start=cited.start,
                end=cited.end,
                quote=cited.quote,
                quote_sha256=cited.quote_sha256,
            )
            for cited in sentence.citations.all()
        )


def standing() -> QuerySet[Edition]:
    """The released consolidated reports whose place no later one in their language has taken."""
    released = Edition.objects.filter(
        kind=Edition.Kind.CONSOLIDATED, released_at__isnull=False, restricted_at__isnull=True
    )
    later = released.filter(
        consultation=OuterRef("consultation"),
        language=OuterRef("language"),
        ordinal__gt=OuterRef("ordinal"),
    )
    return released.filter(~Exists(later), restricted_at__isnull=True)


def of(consultation: Consultation) -> list[Edition]:
    """The reports of *consultation* that stand, one a language, the first released first."""
    rows = standing().filter(consultation=consultation).defer("content")
    return list(rows.order_by("released_at", "pk"))


def cited_in(responses: Iterable[Response]) -> dict[str, list[CitedIn]]:
    """By number: the sentences of the released reports that cite each response, in their order.

    From the edition that stands in each language, never from the draft. Three queries for a page.
    """
    pks = {response.pk for response in responses}
    citing = FrozenCitation.objects.filter(version__response__in=pks).values("sentence")
    rows = FrozenSentence.objects.filter(pk__in=citing, edition__in=standing())
    found: dict[str, list[CitedIn]] = {}
    for sentence in _whole(rows).order_by("edition__language", "place"):
        text = quoting.shown(sentence.text, list(sentence.citations.all()))
        for cited in sentence.citations.all():
            if cited.version.response_id in pks:
                row = _cited(sentence, cited, text)
                found.setdefault(row.number, []).append(row)
    return found


def passages(response: Response) -> list[Passage]:
    """The passages of *response* that the released reports cite, where they stand now."""
    cited = FrozenCitation.objects.filter(
        version__response=response, answer__isnull=False, sentence__edition__in=standing()
    )
    rows = cited.select_related("answer__version__response").prefetch_related("answer__redactions")
    found = [(one, quoting.stands_at(one)) for one in rows]
    return [
        Passage(one.answer_id or 0, *span, passage_anchor(one.citation))
        for one, span in found
        if span is not None
    ]


def sentences(edition: Edition) -> list[FrozenSentence]:
    """The sentences of *edition* in their order, with what they cite. Three queries."""
    return list(_whole(FrozenSentence.objects.filter(edition=edition)).order_by("place"))


def by_question(edition: Edition) -> dict[int | None, list[FrozenSentence]]:
    """The sentences of *edition* by the number of their question (None: introduction)."""
    found: dict[int | None, list[FrozenSentence]] = {}
    for sentence in sentences(edition):
        found.setdefault(sentence.question, []).append(sentence)
    return found


def last(consultation: Consultation, language: str) -> Edition | None:
    """The latest frozen consolidated report in *language*, without its content."""
    rows = Edition.objects.filter(
        consultation=consultation, language=language, kind=Edition.Kind.CONSOLIDATED
    )
    return rows.defer("content").order_by("-ordinal", "-redaction").first()


def gone(edition: Edition) -> list[str]:
    """The quoted words in *edition* that are no longer public. Two queries."""
    return [one.quote for one in _gone(edition)]


def _gone(edition: Edition) -> list[FrozenCitation]:
    cited = FrozenCitation.objects.filter(sentence__edition=edition, answer__isnull=False)
    rows = cited.select_related("sentence", "answer__version__response")
    rows = rows.prefetch_related("answer__redactions")
    return [one for one in rows if one.quote and quoting.is_gone(one)]


def readable(edition: Edition) -> Paper:
    """What *edition* says, for a page: quoted words that are no longer public are left out.

    Only of the sentences that quote them: the same words elsewhere are somebody else's.
    """
    paper = from_json(edition.content)
    withheld = _withheld(edition)
    if not withheld:
        return paper
    blocks = [
        replace(block, spans=tuple(_without(span, withheld) for span in block.spans))
        if isinstance(block, Printed)
        else block
        for block in paper.blocks
    ]
    return replace(paper, blocks=tuple(blocks))


def _withheld(edition: Edition) -> dict[str, list[str]]:
    """The quoted words that are no longer public, by the identity of the sentence they stand in."""
    found: dict[str, list[str]] = {}
    for one in _gone(edition):
        found.setdefault(anchor(one.sentence.sentence), []).append(one.quote)
    return found


def _without(span: Span, withheld: Mapping[str, Sequence[str]]) -> Span:
    quotes = withheld.get(span.sentence, ())
    if not quotes:
        return span
    cites = span.cites
    if cites is not None and cites.quote in quotes:
        cites = replace(cites, quote=OMISSION)
    return replace(span, text=quotation.without(span.text, quotes), cites=cites)


def _whole(rows: QuerySet[FrozenSentence]) -> QuerySet[FrozenSentence]:
    cited = FrozenCitation.objects.select_related(
        "version__response", "answer__version__response"
    ).prefetch_related("answer__redactions")
    return rows.select_related("edition").prefetch_related(Prefetch("citations", queryset=cited))


def _cited(sentence: FrozenSentence, cited: FrozenCitation, text: str) -> CitedIn:
    return CitedIn(
        number=cited.version.response.number,
        version=cited.version.ordinal,
        question=sentence.question,
        language=sentence.edition.language,
        text=text,
        sentence=sentence.sentence,
        edition=sentence.edition.ordinal,
        quote="" if quoting.is_gone(cited) else cited.quote,
    )
