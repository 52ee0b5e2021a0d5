"""Norms: the instruments of a group in the editions that were valid in a period, and which ended."""

from collections.abc import Sequence
from datetime import date

from consulta.consultations import applied
from consulta.consultations import norms as judged_by
from consulta.consultations.models import Consultation
from consulta.core import instruments
from consulta.core.group_report import ConsultationFact, NormFact
from consulta.groups.models import Group, Instrument, MandateBasis

Norms = tuple[NormFact, ...]
_ENDED = (Instrument.Status.ABROGATED, Instrument.Status.SUPERSEDED)


def of(group: Group, *, first: date, last: date) -> tuple[Norms, Norms, Norms]:
    """Return the norms of the mandate, the body's others that were valid on *last*, and what ended.

    What ended within the period is told by what took its place. Two queries.
    """
    rows = list(
        Instrument.objects.filter(body=group.body).select_related("ended_by").order_by("pk")
    )
    bases = MandateBasis.objects.filter(group=group).values_list("instrument", flat=True)
    wanted = list(bases)
    valid = [row for row in rows if _valid(row, last)]
    by_pk = {row.pk: row for row in valid}
    based = tuple(fact(by_pk[pk]) for pk in wanted if pk in by_pk)
    others = tuple(fact(row) for row in valid if row.pk not in wanted)
    gone = tuple(fact(row) for row in rows if _ended_within(row, first, last))
    return based, others, gone


def modalities(held: Sequence[tuple[Consultation, ConsultationFact]]) -> NormFact | None:
    """Return the norm by which the latest of the consultations was judged."""
    for consultation, _fact in reversed(held):
        norm = judged_by.on_day(applied.rules(consultation), None)
        if norm is None:
            continue
        rows = Instrument.objects.filter(norm=norm.instrument.slug, label=norm.edition)
        if (row := rows.first()) is not None:
            return fact(row)
    return None


def fact(row: Instrument) -> NormFact:
    """Return an edition of a norm as a fact, with what took its place."""
    known = instruments.every().get(row.norm)
    by = row.ended_by
    return NormFact(
        row=f"groups.Instrument-{row.pk}",
        issuer=known.body if known else "",
        number=row.number,
        edition=row.label or ("" if row.norm else row.edition),
        titles=row.names,
        ended_by=_plain(by) if by else None,
        abrogated=bool(by and by.norm != row.norm),
    )


def _plain(row: Instrument) -> NormFact:
    known = instruments.every().get(row.norm)
    issuer = known.body if known else ""
    return NormFact(f"groups.Instrument-{row.pk}", issuer, row.number, row.label, row.names)


def _valid(row: Instrument, last: date) -> bool:
    """Whether the edition stood on the day *last*, as far as is known."""
    begun = row.begins_earliest or row.adopted_earliest
    if begun is not None and begun > last:
        return False
    if row.ends_latest is None:
        return row.status not in _ENDED
    return row.ends_latest > last


def _ended_within(row: Instrument, first: date, last: date) -> bool:
    """Whether it ended in the period and is known by more than that it stood there before."""
    if row.ends_latest is None or row.ended_by is None or row.adopted_earliest is None:
        return False
    return first <= row.ends_latest <= last
