"""Who signed, as it is shown: confirmed signatories by name, the others only as a number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from consulta.ledger import ledger, proofs
from consulta.ledger.models import Entry
from consulta.responses import signatories
from consulta.responses.models import Response, Signatory


@dataclass(frozen=True, slots=True)
class Signed:
    """The confirmed signatories of a response, and how many were asked and are not shown yet."""

    by: tuple[Signatory, ...] = ()
    awaited: int = 0


#: Of a response that its sender alone signs.
NOBODY = Signed()
_COUNTED = (Signatory.State.ASKED, Signatory.State.CONFIRMED)


def of_each(responses: Iterable[Response]) -> dict[int, Signed]:
    """By the key of the response: who signed it. One query for a page."""
    found: dict[int, list[Signatory]] = {}
    for row in counted().filter(response__in=[response.pk for response in responses]):
        found.setdefault(row.response_id, []).append(row)
    return {pk: signed(rows) for pk, rows in found.items()}


def counted() -> QuerySet[Signatory]:
    """Those who signed or may still sign, with what is shown of them."""
    rows = Signatory.objects.filter(state__in=_COUNTED).order_by("answered_at", "pk")
    return rows.select_related("version", "stakeholder_group", "response__consultation")


def of(response: Response) -> Signed:
    """Who signed one response."""
    return of_each([response]).get(response.pk, NOBODY)


def every(response: Response) -> list[Signatory]:
    """Everybody who was asked, for the sender and the desk."""
    return list(response.signatories.select_related("version", "stakeholder_group"))


def document(signatory: Signatory) -> dict[str, Any]:
    """The receipt of a signature as JSON: SHA-256(salt ‖ RFC 8785 JSON of *content*) is its commitment.

    *proof* is None until the record's next checkpoint is signed.
    """
    entry = Entry.objects.filter(
        subject=ledger.subject_of(signatory), act="signature_confirmed"
    ).last()
    return {
        "content": signatories.signed(signatory),
        "salt": signatory.salt,
        "commitment": signatory.commitment,
        "proof": proofs.inclusion(entry) if entry is not None else None,
    }


def signed(rows: Sequence[Signatory]) -> Signed:
    """What is shown of the counted signatories of one response."""
    shown = tuple(
        row for row in rows if row.state == Signatory.State.CONFIRMED and not row.mandate_needed
    )
    return Signed(shown, len(rows) - len(shown))
