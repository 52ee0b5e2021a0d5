"""Masking: the words that the law takes away leave the drafts too, so that no later edition has them.

The measure is that of the redacted edition: a sentence that rests on nothing else goes as a whole, in
others the passages that were quoted go.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import F, Q

from consulta.core import quotation
from consulta.core.redaction import OMISSION
from consulta.reports.models import (
    Citation,
    FrozenCitation,
    Paragraph,
    Remark,
    Sentence,
    UnsavedText,
)
from consulta.responses.models import Answer, Erasure, Version


class Quoting(Protocol):
    """A citation in the draft or in a frozen edition."""

    version: Version
    quote: str


@dataclass(frozen=True, slots=True)
class _Gone:
    """What is taken away of one response: its number, its quoted words, its answers."""

    erasure: Erasure
    quotes: tuple[str, ...]
    answers: frozenset[int]

    @property
    def number(self) -> str:
        return self.erasure.response.number


def said(text: str, citations: Collection[Quoting], gone: Mapping[str, Erasure]) -> str:
    """What a sentence may still say after the responses *gone*, by number, were taken away."""
    cited = {one.version.response.number for one in citations}
    here = cited & set(gone)
    if here and (here == cited or any(gone[number].every_sentence for number in here)):
        return OMISSION
    quotes = (one.quote for one in citations if one.version.response.number in here)
    return without(text, quotes)


def without(text: str, quotes: Iterable[str]) -> str:
    """*text* with each of *quotes* left out wherever it stands word for word."""
    return quotation.without(text, quotes)


def forget(erasure: Erasure) -> None:
    """Leave no quoted word of the response in drafts, in what follows them, in what is not saved.

    Part of the act that erases it; whoever edits one of these paragraphs now must look at it again.
    """
    gone = _gone(erasure)
    rows = Sentence.objects.filter(paragraph__consultation=erasure.response.consultation_id)
    citing = rows.filter(citations__version__response=erasure.response).distinct()
    changed: set[int] = set()
    for sentence in citing.prefetch_related("citations__version__response"):
        changed |= _mask(sentence, gone)
    Paragraph.objects.filter(pk__in=changed).update(revision=F("revision") + 1)
    for kept in UnsavedText.objects.filter(consultation=erasure.response.consultation_id):
        kept.rows, kept.base = [_unsaved(row, gone) for row in kept.rows], []
        kept.save(update_fields=["rows", "base"])
    Citation.objects.filter(version__response=erasure.response).update(quote="")


def _gone(erasure: Erasure) -> _Gone:
    quotes: set[str] = set()
    for model in (Citation, FrozenCitation):
        rows = model._default_manager.filter(version__response=erasure.response)
        quotes |= set(rows.exclude(quote="").values_list("quote", flat=True))
    answers = Answer.objects.filter(version__response=erasure.response)
    return _Gone(erasure, tuple(sorted(quotes)), frozenset(answers.values_list("pk", flat=True)))


def _mask(sentence: Sentence, gone: _Gone) -> set[int]:
    """Mask *sentence*, those that follow it and remarks on them; the paragraphs that changed."""
    citations = list(sentence.citations.all())
    text = said(sentence.text, citations, {gone.number: gone.erasure})
    is_whole = text == OMISSION
    changed: set[int] = set()
    for each in Sentence.objects.filter(Q(pk=sentence.pk) | Q(source=sentence)):
        before = (each.text, each.source_text)
        own = is_whole and each.pk == sentence.pk
        each.text = OMISSION if own else without(each.text, gone.quotes)
        if each.source_text:
            each.source_text = OMISSION if is_whole else without(each.source_text, gone.quotes)
        if before != (each.text, each.source_text):
            each.save(update_fields=["text", "source_text"])
            changed.add(each.paragraph_id)
    for remark in Remark.objects.filter(sentence=sentence):
        remark.about = OMISSION if is_whole else without(remark.about, gone.quotes)
        remark.save(update_fields=["about"])
    return changed


def _unsaved(row: dict[str, Any], gone: _Gone) -> dict[str, Any]:
    """A row of what was typed: as a whole where it quotes the response or rests on it alone."""
    numbers = row.get("numbers") or ""
    named = numbers.replace(",", " ").split() if isinstance(numbers, str) else list(numbers)
    quotes_it = any(span[0] in gone.answers for span in row.get("passages") or [])
    text = row.get("text") or ""
    if text and (quotes_it or (named and set(named) == {gone.number})):
        return row | {"text": OMISSION}
    return row | {"text": without(text, gone.quotes)}
