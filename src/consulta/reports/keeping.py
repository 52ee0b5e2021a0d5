"""Keeping: what was typed and not saved stays on the server, whatever happens to the session."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.consultations import permissions
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports.models import Paragraph, UnsavedText

#: One row of the form: pk (None: new), text, numbers, passages (a list), agrees.
Kept = dict[str, Any]


@transaction.atomic
def keep(
    paragraph: Paragraph,
    rows: Sequence[Kept],
    *,
    revision: int,
    by: User,
    base: Sequence[tuple[int, str]] = (),
) -> UnsavedText:
    """Keep what *by* typed into *paragraph*, who saw *revision* of it; the earlier typing goes.

    *base*: the sentences that *by* saw, each an id and a mark of its words.
    """
    permissions.require(by, Act.EDIT_REPORT, paragraph.consultation)
    kept, _new = UnsavedText.objects.update_or_create(
        paragraph=paragraph,
        by=by,
        defaults={
            "consultation": paragraph.consultation,
            "rows": list(rows),
            "revision": revision,
            "base": [list(seen) for seen in base],
            "kept_at": timezone.now(),
        },
    )
    return kept


@transaction.atomic
def discard(paragraph: Paragraph, *, by: User) -> None:
    """Throw away what *by* typed into *paragraph* and did not save."""
    UnsavedText.objects.filter(paragraph=paragraph, by=by).delete()


@transaction.atomic
def discard_one(consultation: Consultation, pk: int, *, by: User) -> None:
    """Throw away one of one's own, also where its paragraph is gone."""
    UnsavedText.objects.filter(consultation=consultation, pk=pk, by=by).delete()


def kept(paragraph: Paragraph, *, by: User) -> UnsavedText | None:
    """What *by* typed into *paragraph* and did not save, or None."""
    return UnsavedText.objects.filter(paragraph=paragraph, by=by).first()


def all_of(consultation: Consultation, *, by: User) -> Sequence[UnsavedText]:
    """Everything that *by* typed in the report of *consultation* and did not save. One query."""
    rows = UnsavedText.objects.filter(consultation=consultation, by=by)
    return list(rows.select_related("paragraph__question").order_by("-kept_at"))
