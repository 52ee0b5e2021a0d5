"""Heads: summary, action required and references on the first page of a document.

What the officer wrote stands; what was left empty is said by the consultation and its procedure.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from consulta.accounts.models import User
from consulta.consultations import applied, norms, permissions
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.core.plaintext import storable
from consulta.groups.permissions import Act
from consulta.reports.errors import EditedMeanwhileError
from consulta.reports.models import Edition, EditionHead


@dataclass(frozen=True, slots=True)
class Head:
    """The lines of a head that somebody writes, in one language; empty where there are none.

    *written_at*: of those that stand, or from which these were typed; None where nothing stood.
    """

    agenda_item: str = ""
    summary: str = ""
    action: str = ""
    references: str = ""
    written_at: datetime | None = None


@transaction.atomic
def write(
    consultation: Consultation, kind: str, head: Head, *, language: str, by: User
) -> EditionHead:
    """Write the head of this *kind* in *language*; editions frozen from now on carry it.

    Raises EditedMeanwhileError when another wrote it since it was read.
    """
    permissions.require(by, Act.EDIT_REPORT, consultation)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    standing = _standing(consultation, kind, language)
    if standing is not None and standing.written_at != head.written_at:
        raise EditedMeanwhileError
    place = {"consultation": consultation, "kind": kind, "language": language}
    written = standing or EditionHead(**place)
    written.agenda_item = " ".join(storable(head.agenda_item).split())
    written.summary = storable(head.summary).strip()
    written.action = storable(head.action).strip()
    written.references = storable(head.references).strip()
    written.written_at, written.written_by = timezone.now(), by
    written.full_clean()
    written.save()
    return written


def written(consultation: Consultation, kind: str, language: str) -> Head:
    """Return what was written, empty where nothing was."""
    found = _standing(consultation, kind, language)
    if found is None:
        return Head()
    return Head(found.agenda_item, found.summary, found.action, found.references, found.written_at)


def usual(consultation: Consultation, kind: str, language: str) -> Head:
    """Return what is said where nothing was written, in *language*, which is active."""
    return Head(
        summary=_summary(consultation, kind, language),
        action=_action(kind) if consultation.group_meeting_id else "",
        references="\n".join(_references(consultation, language)),
    )


def shown(consultation: Consultation, kind: str, language: str) -> Head:
    """Return the head as an edition carries it, in *language*, which is active."""
    said, without = written(consultation, kind, language), usual(consultation, kind, language)
    return Head(
        said.agenda_item,
        said.summary or without.summary,
        said.action or without.action,
        said.references or without.references,
    )


def _summary(consultation: Consultation, kind: str, language: str) -> str:
    topic = {"topic": consultations.topic(consultation, language).text}
    if kind == Edition.Kind.COMPILATION:
        return gettext(
            "Every published response to the open consultation “%(topic)s”, word for word."
        ) % topic  # fmt: skip
    if kind == Edition.Kind.CONSOLIDATED:
        return gettext(
            "What was answered to each question of the open consultation “%(topic)s”, with the "
            "responses on which each sentence rests."
        ) % topic  # fmt: skip
    if kind == Edition.Kind.RECEIVED:
        return gettext(
            "Every response received in the open consultation “%(topic)s”, and what became of it."
        ) % topic  # fmt: skip
    return ""


def _action(kind: str) -> str:
    if kind == Edition.Kind.CONSOLIDATED:
        return gettext("The group is invited to consider this report.")
    if kind in (Edition.Kind.COMPILATION, Edition.Kind.RECEIVED):
        return gettext("The group is invited to take the responses into account.")
    return ""


def _references(consultation: Consultation, language: str) -> list[str]:
    norm = norms.on_day(applied.rules(consultation), None)
    page = settings.BASE_URL + addresses.consultation(consultation.slug, language=language)
    return [*([norm.name] if norm else []), page]


def _standing(consultation: Consultation, kind: str, language: str) -> EditionHead | None:
    rows = EditionHead.objects.filter(consultation=consultation, kind=kind, language=language)
    return rows.first()
