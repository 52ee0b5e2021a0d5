"""Errata: what changed since the last edition, computed, for the officer to start from."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext

from consulta.consultations.models import Consultation
from consulta.core.languages import django_code
from consulta.core.redaction import OMISSION
from consulta.reports import frozen, masking, queries, quoting, words
from consulta.reports.models import Edition, FrozenSentence, Paragraph, Sentence
from consulta.responses import erasing


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: *before* empty for a sentence added, *after* empty for one taken out; both the
    same where only what it cites changed. *question* None: the introduction."""

    question: int | None
    before: str
    after: str


def changes(edition: Edition, paragraphs: list[Paragraph]) -> list[Change]:
    """What *paragraphs* say otherwise than *edition*, by the identities of the sentences, in order."""
    before = {sentence.sentence: sentence for sentence in _still_said(edition)}
    now = [(p, s) for p in paragraphs for s in p.sentences.all()]
    found = [
        Change(_position(paragraph), _said(before.get(sentence.pk)), _said(sentence))
        for paragraph, sentence in now
        if _differs(before.get(sentence.pk), sentence)
    ]
    standing = {sentence.pk for _paragraph, sentence in now}
    removed = [s for pk, s in before.items() if pk not in standing]
    found += [Change(sentence.question, _said(sentence), "") for sentence in removed]
    return sorted(found, key=lambda change: change.question or 0)


def proposed(consultation: Consultation, language: str) -> str:
    """The changes since the last edition in *language* as lines of text, in that language.

    Empty where there is no edition yet, or nothing changed. Words that are no longer public are left
    out of what is proposed.
    """
    edition = frozen.last(consultation, language)
    if edition is None:
        return ""
    found = changes(edition, queries.paragraphs(consultation, language))
    with translation.override(django_code(language)):
        return "\n".join(_line(change) for change in found)


def _line(change: Change) -> str:
    told = {"place": _place(change.question), "before": change.before, "after": change.after}
    if not change.before:
        return gettext("%(place)s: added: “%(after)s”") % told
    if not change.after:
        return gettext("%(place)s: taken out: “%(before)s”") % told
    if change.before == change.after:
        return gettext("%(place)s: other responses are cited for “%(after)s”") % told
    return gettext("%(place)s: “%(before)s” now reads “%(after)s”") % told


def _place(question: int | None) -> str:
    if question is None:
        return gettext("Introduction")
    return gettext("Question %(number)s") % {"number": words.number(question)}


def _position(paragraph: Paragraph) -> int | None:
    return paragraph.question.position if paragraph.question else None


def _said(sentence: Sentence | FrozenSentence | None) -> str:
    if sentence is None:
        return ""
    return quoting.shown(sentence.text, list(sentence.citations.all()))


def _still_said(edition: Edition) -> list[FrozenSentence]:
    """The sentences of *edition* without what the law took away, also before it is redacted."""
    gone = erasing.erased_numbers(edition.consultation_id)
    kept = frozen.sentences(edition)
    for sentence in kept:
        sentence.text = masking.said(sentence.text, list(sentence.citations.all()), gone)
    return kept


def _differs(before: FrozenSentence | None, now: Sentence) -> bool:
    if before is not None and before.text == now.text == OMISSION:
        return False
    return before is None or before.text != now.text or _cites(before) != _cites(now)


def _cites(sentence: Sentence | FrozenSentence) -> set[tuple[object, ...]]:
    return {(c.version_id, c.answer_id, c.start, c.end) for c in sentence.citations.all()}
