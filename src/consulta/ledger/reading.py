"""The ledger as people read it: the newest entries with their places, and how far it is signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from consulta.ledger import ledger, tree
from consulta.ledger.acts import Shows
from consulta.ledger.models import Checkpoint, Entry, Unsequenced

PAGE = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """How many entries are in the tree, how many wait for their place, and the last signature."""

    size: int
    waiting: int
    signed_size: int | None
    signed_at: datetime | None
    root: str


def newest(*, before: int | None = None) -> tuple[list[Entry], int | None]:
    """Entries, the newest first, with their places; where the next page begins. One query."""
    entries = Entry.objects.select_related("leaf").defer("body").order_by("-pk")
    entries = entries.filter(pk__lt=before) if before else entries
    found = list(entries[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def public(*, before: int | None = None) -> tuple[list[Entry], int | None]:
    """The entries of acts that show on public pages, the newest first, as :func:`newest` gives them."""
    entries = Entry.objects.filter(shows=Shows.PAGES).select_related("leaf").order_by("-pk")
    entries = entries.filter(pk__lt=before) if before else entries
    found = list(entries.defer("body")[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None


def public_entry(uid: UUID) -> Entry:
    """The entry of an act that shows on public pages. Raises Entry.DoesNotExist."""
    return Entry.objects.select_related("leaf").get(uid=uid, shows=Shows.PAGES)


def about(subjects: Iterable[str], acts: Iterable[str]) -> dict[str, list[Entry]]:
    """The entries of these *acts* on these *subjects*, by subject, the oldest first. One query."""
    wanted = Entry.objects.filter(subject__in=set(subjects), act__in=set(acts), shows=Shows.PAGES)
    found: dict[str, list[Entry]] = {}
    for entry in wanted.select_related("leaf").defer("body").order_by("pk"):
        found.setdefault(entry.subject, []).append(entry)
    return found


def of(subject: Model) -> list[Entry]:
    """Every entry about one thing, the oldest first, whatever it changes in public. One query."""
    rows = Entry.objects.filter(subject=ledger.subject_of(subject))
    return list(rows.defer("body").order_by("pk"))


def last_checkpoint() -> Checkpoint | None:
    """The last signed checkpoint; None before the first."""
    return Checkpoint.objects.order_by("-id").first()


def standing() -> Standing:
    """How the record stands now."""
    signed = last_checkpoint()
    return Standing(
        tree.size(),
        Unsequenced.objects.count(),
        signed.size if signed else None,
        signed.at if signed else None,
        signed.root if signed else "",
    )
