"""Norms and their editions on record: which ended, by what, and which citations of them are stale."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.text import slugify

from consulta.core import instruments
from consulta.core.instruments import Citation, Edition, Moment, Status
from consulta.groups.models import Body, Instrument

Names = Mapping[str, str]  # language -> name
_ENDED = (Instrument.Status.ABROGATED, Instrument.Status.SUPERSEDED)
_STATUSES = {
    Status.IN_FORCE: Instrument.Status.IN_FORCE,
    Status.ABROGATED: Instrument.Status.ABROGATED,
    Status.SUPERSEDED: Instrument.Status.SUPERSEDED,
    Status.NOT_KNOWN: Instrument.Status.UNVERIFIED,
}


@dataclass(frozen=True, slots=True)
class Stale:
    """Places in a norm that cite an edition which is in force no longer; *instead*: what to cite."""

    where: Sequence[str]
    cited: Instrument
    instead: Instrument | None


@transaction.atomic
def enter(body: Body, *, names: Mapping[str, Names] | None = None) -> None:
    """Put the norms that procedures stand on on record, edition by edition; what is there stays.

    *names*: by number, e.g. `Resolution 1336`, in more languages than the sources give.
    """
    known = names or {}
    for norm in instruments.every().values():
        titled = dict(known.get(norm.number, {})) or dict(norm.title)
        for position, edition in enumerate(norm.editions):
            held = {"body": body, "norm": norm.slug, "label": edition.label}
            told = _told(edition) | {"names": titled, "number": norm.number, "position": position}
            told |= {"edition": _called(norm.number, edition.label), "slug": _slug(held)}
            Instrument.objects.get_or_create(**held, defaults=told)
    _link(body)


def stale(edition: Instrument, every: Iterable[Instrument]) -> list[Stale]:
    """Return what *edition* cites that ended, as the rows in *every* tell, each cited edition once."""
    known = {(row.norm, row.label): row for row in every if row.norm}
    places: dict[tuple[str, str], list[str]] = {}
    for cite in edition.cites:
        places.setdefault((cite["instrument"], cite["edition"]), []).append(cite["where"])
    return [
        Stale(where, cited, cited.ended_by)
        for key, where in places.items()
        if (cited := known.get(key)) is not None and cited.status in _ENDED
    ]


def _told(edition: Edition) -> dict[str, object]:
    return {
        "status": _STATUSES[edition.status],
        "source": edition.source,
        "is_verified": edition.verified,
        "cites": [_cite(citation) for citation in edition.cites],
        **_days("adopted", edition.adopted),
        **_days("begins", edition.in_force_from),
        **_days("ends", edition.in_force_until),
    }


def _days(name: str, moment: Moment | None) -> dict[str, object]:
    first, last = (moment.earliest, moment.latest) if moment else (None, None)
    return {f"{name}_earliest": first, f"{name}_latest": last}


def _cite(citation: Citation) -> dict[str, str]:
    return {
        "instrument": citation.instrument,
        "edition": citation.edition,
        "where": citation.where,
    }


def _called(number: str, label: str) -> str:
    return " ".join(filter(None, (number, f"({label})" if label else "")))


def _slug(held: Mapping[str, object]) -> str:
    return slugify(f"{held['norm']}-{held['label']}")[:50].strip("-")


def _link(body: Body) -> None:
    """Say of each edition that ended which other one ended it."""
    rows = {(row.norm, row.label): row for row in Instrument.objects.filter(body=body)}
    for norm in instruments.every().values():
        for edition in norm.editions:
            by, row = edition.abrogated_by, rows.get((norm.slug, edition.label))
            if by and row and row.ended_by_id is None:
                row.ended_by = rows.get((by.instrument, by.edition))
                row.save()
