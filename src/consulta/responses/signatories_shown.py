"""Who signed, as it is shown: confirmed signatories by name, the others only as a number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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
    rows = Signatory.objects.filter(response__in=[r.pk for r in responses], state__in=_COUNTED)
    for row in rows.select_related("version", "stakeholder_group").order_by("answered_at", "pk"):
        found.setdefault(row.response_id, []).append(row)
    return {pk: _signed(rows) for pk, rows in found.items()}


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


def _signed(rows: list[Signatory]) -> Signed:
    shown = tuple(
        row for row in rows if row.state == Signatory.State.CONFIRMED and not row.mandate_needed
    )
    return Signed(shown, len(rows) - len(shown))
