"""Options of a question: written with a draft, frozen with it, named in every language; chosen by slug."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.errors import OptionsUnevenError, WrittenAlreadyError
from consulta.consultations.models import Option, OptionText, Question, TextStatus
from consulta.core import options
from consulta.core.multilingual import Text, choose
from consulta.groups.permissions import Act
from consulta.ledger import ledger

_LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """What a question offers beside the free text: *texts* by language, each in the same order.

    *slugs*: names for good, made from the words where they are empty.
    """

    texts: Mapping[str, Sequence[str]]
    several: bool = False
    slugs: Sequence[str] = ()


def write(question: Question, offer: Offer, *, statuses: Mapping[str, str]) -> None:
    """Write what *question* of a draft offers; *statuses*: what each language is worth.

    Raises OptionsUnevenError.
    """
    consultation = question.consultation
    written = {language: tuple(lines) for language, lines in offer.texts.items() if lines}
    original = written.get(consultation.original_language) or next(iter(written.values()), ())
    if not written:
        return
    _check(written, count=len(original))
    question.several = offer.several
    question.save(update_fields=["several"])
    slugs = tuple(offer.slugs) or _slugs(written.get("en") or original)
    for place, slug in enumerate(slugs, start=1):
        option = Option(question=question, position=place, slug=slug)
        option.full_clean()
        option.save()
        for language, lines in written.items():
            _write(option, language, lines[place - 1], statuses[language])


@transaction.atomic
def add_language(
    question: Question, language: str, lines: Sequence[str], *, status: TextStatus, by: User
) -> None:
    """Name the options of *question* in a language in which they are missing, also once announced.

    Raises NotAllowedError, WrittenAlreadyError, OptionsUnevenError.
    """
    permissions.require(by, Act.TRANSLATE, question.consultation)
    offered = list(Option.objects.filter(question=question))
    if OptionText.objects.filter(option__question=question, language=language).exists():
        raise WrittenAlreadyError(language)
    _check({language: lines}, count=len(offered))
    for option, words in zip(offered, lines, strict=True):
        _write(option, language, words, status)
    ledger.record("translation_attached", question.consultation, by=by)


def offered(question: Question) -> list[Option]:
    """What *question* offers, in its order; the rows came with the consultation."""
    return list(question.options.all())


def slugs(question: Question) -> list[str]:
    """The slugs of what *question* offers, in their order."""
    return [option.slug for option in offered(question)]


def text(option: Option, language: str) -> Text:
    """Return an option for a reader of *language*, else in the original, else in any language."""
    original = option.question.consultation.original_language
    return choose(by_language(option), language, original=original)


def chosen(question: Question | None, slugs: Iterable[str] | None, language: str) -> list[Text]:
    """The words of the options under *slugs*, in their order; a slug that is gone stands for itself."""
    rows = {each.slug: each for each in (offered(question) if question else ())}
    return [
        text(rows[slug], language) if slug in rows else Text(slug, "en") for slug in slugs or ()
    ]


def by_language(option: Option) -> dict[str, object]:
    """An option in every language in which it is written, with the status of each text."""
    return {
        each.language: {"text": each.text, "status": each.status} for each in option.texts.all()
    }


def names(question: Question) -> dict[str, str]:
    """Every name of what *question* offers, folded, to its slug: slugs, and words in any language."""
    found = {options.folded(option.slug): option.slug for option in offered(question)}
    for option in offered(question):
        found |= {options.folded(each.text): option.slug for each in option.texts.all()}
    return found


def _check(written: Mapping[str, Sequence[str]], *, count: int) -> None:
    """As many options in each language, none twice."""
    for language, lines in written.items():
        distinct = {options.folded(line) for line in lines}
        fair = options.LEAST <= count <= options.MOST and len(lines) == count
        if not fair or len(distinct) < count:
            raise OptionsUnevenError(language)


def _slugs(lines: Sequence[str]) -> tuple[str, ...]:
    """Names for good, from words: `support-with-changes`; a number where two would be the same."""
    found: list[str] = []
    for place, line in enumerate(lines, start=1):
        made = slugify(line)[:_LONGEST_SLUG].strip("-") or f"option-{place}"
        found.append(f"{made[: _LONGEST_SLUG - 3]}-{place}" if made in found else made)
    return tuple(found)


def _write(option: Option, language: str, words: str, status: str) -> None:
    row = OptionText(option=option, language=language, text=words.strip(), status=status)
    row.full_clean()
    row.save()
