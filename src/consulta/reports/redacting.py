"""Redacting: what the law took away leaves the editions that held it, and their addresses stay.

An edition is restricted at once, in the act. Then, each found by a query and done once: the redacted
edition is drawn up, the worker makes its files as it makes all files, and it takes the address. A
process killed anywhere between leaves an edition that is served to nobody, and the next sweep goes on.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone, translation
from django.utils.translation import gettext

from consulta.accounts.models import User
from consulta.consultations import applied
from consulta.consultations.models import Consultation
from consulta.core import paper_redaction
from consulta.core.fingerprint import canonical
from consulta.core.languages import django_code
from consulta.core.multilingual import Text, choose
from consulta.core.paper import Paper, Row, Words
from consulta.core.redaction import OMISSION
from consulta.ledger import ledger
from consulta.reports import contents, masking, sections_gone, words
from consulta.reports.contents import Laid
from consulta.reports.models import (
    Contest,
    Edition,
    EditionFile,
    FrozenCitation,
    FrozenSentence,
    Restriction,
)
from consulta.reports.sections_gone import Section
from consulta.responses import erasing
from consulta.responses.models import Erasure, Response


@dataclass(frozen=True, slots=True)
class Replaced:
    """A redacted edition that took an address, with its files and those that stood there before."""

    edition: Edition
    files: Sequence[EditionFile]
    old_paths: Sequence[str]


@dataclass(frozen=True, slots=True)
class Order:
    """What the law takes away of editions: of which *numbers*, on which ground, why, when."""

    numbers: Sequence[str]
    ground: str
    reason: str
    at: datetime


def holding(response: Response | Contest) -> list[Edition]:
    """The editions that name *response*, restricted ones left out: where its words are, its number is."""
    rows = Edition.objects.filter(consultation=response.consultation_id, restricted_at__isnull=True)
    named = rows.annotate(said=Cast("content", TextField())).filter(said__contains=response.number)
    aside = rows.exclude(content_path="").defer("content")
    found = set(named.values_list("pk", flat=True))
    found |= {edition.pk for edition in aside if _names(edition, response.number)}
    return list(Edition.objects.filter(pk__in=found).defer("content").order_by("pk"))


def restrict(erasure: Erasure, *, by: User) -> list[str]:
    """Serve the editions that hold the response to nobody; part of the act that erases it.

    Returns the paths of their files, wherever else they are named.
    """
    response = erasure.response
    take_turn(response.consultation_id)
    order = Order([response.number], erasure.ground, erasure.reason, erasure.at)
    editions = holding(response)
    paths = withhold(editions, order, by=by)
    masking.forget(erasure)
    Contest.objects.filter(edition__in=editions).update(quote="")
    return paths


def withhold(editions: Sequence[Edition], order: Order, *, by: User) -> list[str]:
    """Serve *editions* to nobody; part of the act that takes something away. Their files' paths."""
    paths = []
    for edition in editions:
        Restriction.objects.create(
            edition=edition,
            numbers=list(order.numbers),
            ground=order.ground,
            reason=order.reason,
            restricted_at=order.at,
            restricted_by=by,
        )
        Edition.objects.filter(pk=edition.pk).update(restricted_at=order.at)
        commitments = {"content": edition.content_sha256}
        ledger.record("edition_restricted", edition, by=by, commitments=commitments)
        paths += [file.path for file in edition.files.all()]
    return paths


def undrawn() -> QuerySet[Restriction]:
    """Restricted editions whose redacted edition is not drawn up yet."""
    rows = Restriction.objects.filter(redacted__isnull=True).order_by("pk")
    return rows.select_related("edition__consultation").defer("edition__content")


def draw_up(restriction: Restriction) -> Edition | None:
    """Draw the redacted edition up; the worker finds it and makes its files. Twice is once.

    None where more was taken away meanwhile: the next sweep draws it up again.
    """
    edition = Edition.objects.select_related("consultation").get(pk=restriction.edition_id)
    gone, sections = erasing.erased_numbers(edition.consultation_id), sections_gone.of(edition)
    laid = contents.lay(_redacted(edition, restriction, gone, sections))
    with transaction.atomic():
        take_turn(edition.consultation_id)
        standing = Restriction.objects.select_for_update().get(pk=restriction.pk)
        if standing.redacted is not None:
            return standing.redacted
        now_gone = erasing.erased_numbers(edition.consultation_id)
        if now_gone.keys() != gone.keys() or sections_gone.of(edition) != sections:
            return None
        made = _numbered(edition, laid)
        _keep_sentences(edition, made, gone)
        standing.redacted = made
        standing.save(update_fields=["redacted"])
    return made


def rendered() -> QuerySet[Restriction]:
    """Restricted editions whose redacted edition has its files and not the address yet."""
    rows = Restriction.objects.filter(redacted__rendered_at__isnull=False, replaced_at__isnull=True)
    return rows.order_by("pk")


@transaction.atomic
def put_in_place(restriction: Restriction) -> Replaced | None:
    """Let the redacted edition take the address; None where that was done."""
    standing = Restriction.objects.select_for_update().get(pk=restriction.pk)
    old = Edition.objects.defer("content").get(pk=standing.edition_id)
    made = standing.redacted
    if made is None or standing.replaced_at is not None:
        return None
    standing.replaced_at = timezone.now()
    standing.save(update_fields=["replaced_at"])
    if old.released_at is not None and made.released_at is None:
        released = {"released_at": old.released_at, "released_by": old.released_by}
        Edition.objects.filter(pk=made.pk).update(**released)
    ledger.record(
        "edition_redacted",
        made,
        by="system",
        commitments={"content": made.content_sha256, "restricted": old.content_sha256},
    )
    made.refresh_from_db()
    shown = list(made.files.all()) if made.restricted_at is None else []
    return Replaced(made, shown, _paths_before(old))


def in_its_place(edition: int) -> Edition | None:
    """The edition that has the address of *edition* now: itself, else the last redacted one.

    None while a redacted one is being made. Raises Edition.DoesNotExist.
    """
    found = Edition.objects.defer("content").get(pk=edition)
    while found.restricted_at is not None:
        done = Restriction.objects.filter(edition=found, replaced_at__isnull=False).first()
        if done is None or done.redacted is None:
            return None
        found = done.redacted
    return found


def history(editions: Sequence[Edition]) -> dict[int, list[Restriction]]:
    """By the edition's id: what was taken from those whose address it has, the first one first."""
    pks = {edition.pk: edition for edition in editions}
    rows = Restriction.objects.filter(
        edition__consultation__in={e.consultation_id for e in editions}
    )
    by_redacted = {
        r.redacted_id: r for r in rows.select_related("edition").defer("edition__content")
    }
    found: dict[int, list[Restriction]] = {pk: [] for pk in pks}
    for pk in pks:
        step = by_redacted.get(pk)
        while step is not None:
            found[pk].insert(0, step)
            step = by_redacted.get(step.edition_id)
    return found


def withheld(consultation_id: int) -> list[Restriction]:
    """Released editions that are served to nobody until their redacted edition is there."""
    rows = Restriction.objects.filter(
        edition__consultation=consultation_id,
        edition__released_at__isnull=False,
        replaced_at__isnull=True,
    )
    return list(rows.select_related("edition__consultation").defer("edition__content"))


def ground(restriction: Restriction, language: str) -> Text:
    """The published words of the ground on which something was taken away."""
    procedure = applied.present(restriction.edition.consultation.procedure)
    known = {each.slug: each.text for each in procedure.grounds}
    return choose(known.get(restriction.ground, {"en": restriction.ground}), language)


def take_turn(consultation: int) -> None:
    """What is taken away and what is drawn up without it wait for each other."""
    list(Consultation.objects.select_for_update().filter(pk=consultation).values_list("pk"))


def _names(edition: Edition, number: str) -> bool:
    wanted = number.encode()
    return any(wanted in line for line in contents.lines(edition))


def _redacted(
    edition: Edition,
    restriction: Restriction,
    gone: Mapping[str, Erasure],
    sections: Mapping[str, Section],
) -> Paper:
    """The edition's paper without what the law took away, saying so in its head."""
    with translation.override(django_code(edition.language)):
        said = _instead(gone, edition.consultation.timezone)
        under = _instead(sections, edition.consultation.timezone)
        row = Row(gettext("Redacted edition"), Words(_told(edition, restriction)))
    every = [number for number, one in gone.items() if one.every_sentence]
    head = contents.head(edition)
    paper = replace(head, blocks=tuple(contents.blocks(edition)), header=(*head.header, row))
    whole = paper_redaction.without(paper, said, every=every)
    return paper_redaction.without_sections(whole, under)


def _instead(gone: Mapping[str, Erasure] | Mapping[str, Section], zone: str) -> dict[str, str]:
    told = gettext("Taken away by law on %(day)s: %(reason)s")
    return {
        number: told % {"day": words.day(one.at, zone), "reason": one.reason}
        for number, one in gone.items()
    }


def _told(edition: Edition, restriction: Restriction) -> str:
    if not restriction.numbers:
        return gettext(
            "What the law took away was left out on %(day)s. The edition before had the SHA-256"
            " %(hash)s."
        ) % {
            "day": words.day(restriction.restricted_at, edition.consultation.timezone),
            "hash": edition.content_sha256,
        }
    return gettext(
        "What the law took away of %(numbers)s was left out on %(day)s. The edition before had the "
        "SHA-256 %(hash)s."
    ) % {
        "numbers": words.listed(restriction.numbers),
        "day": words.day(restriction.restricted_at, edition.consultation.timezone),
        "hash": edition.content_sha256,
    }


def _numbered(old: Edition, laid: Laid) -> Edition:
    same = Edition.objects.filter(
        consultation=old.consultation, kind=old.kind, language=old.language, ordinal=old.ordinal
    )
    made = Edition(
        consultation=old.consultation,
        kind=old.kind,
        language=old.language,
        ordinal=old.ordinal,
        redacts=old,
        redaction=(same.aggregate(last=Max("redaction"))["last"] or 0) + 1,
        errata=old.errata,
        document=old.document,
        frozen_at=old.frozen_at,
        frozen_by=None,
        words_sha256=old.words_sha256,
    )
    contents.fill(made, laid.paper, laid)
    made.content_sha256 = hashlib.sha256(canonical(made.content)).hexdigest()
    made.save()
    commitments = {"content": made.content_sha256}
    ledger.record("edition_frozen", made, by="system", commitments=commitments)
    return made


def _keep_sentences(old: Edition, made: Edition, gone: Mapping[str, Erasure]) -> None:
    """The kept sentences of the redacted edition say what its bytes say."""
    rows = FrozenSentence.objects.filter(edition=old).prefetch_related(
        "citations__version__response"
    )
    for sentence in rows:
        citations = list(sentence.citations.all())
        sentence.text = masking.said(sentence.text, citations, gone)
        citations = [] if sentence.text == OMISSION else citations
        sentence.pk, sentence.edition = None, made
        sentence._state.adding = True
        sentence.save()
        for one in citations:
            one.pk, one.sentence = None, sentence
            one.quote = "" if one.version.response.number in gone else one.quote
        FrozenCitation.objects.bulk_create(citations)


def _paths_before(old: Edition) -> list[str]:
    """The files of *old* and of every edition before it."""
    found: list[str] = []
    step: Edition | None = old
    while step is not None:
        found += [file.path for file in step.files.all()]
        step = step.redacts
    return found
