"""What the desk shows beside a clock: what shows each date, and the recorded reasons with who gave them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from consulta.consultations import evidence, norm_wording, norms, wording
from consulta.consultations.clock import Clock, Row
from consulta.consultations.models import Consultation, Deviation
from consulta.reports import queries as reports
from consulta.web.ui.evidence import Proof, by_milestone
from consulta.web.ui.languages import current


@dataclass(frozen=True, slots=True)
class Reason:
    """A recorded reason: its words, and who recorded it when."""

    text: str
    language: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judged:
    """One milestone with what shows its date and why it lies outside the rule."""

    label: str
    proofs: Sequence[Proof]
    reasons: Sequence[Reason]


@dataclass(frozen=True, slots=True)
class Shown:
    """Every milestone of a consultation, and by which edition of its norm it is judged."""

    milestones: Sequence[Judged]
    standing: str


def shown(consultation: Consultation, view: Clock) -> Shown:
    """Put the evidence of a consultation's clock into words: three queries."""
    released = reports.released_reports([consultation])[consultation.pk]
    found = evidence.of(consultation, editions=released)
    proofs = by_milestone(found, consultation, current())
    norm = norms.of(view.timetable)
    milestones = [
        Judged(
            wording.milestone_name(row.rule),
            (*proofs[row.name].dates, *proofs[row.name].reasons.values()),
            _reasons(row),
        )
        for row in view.rows
    ]
    return Shown(milestones, norm_wording.standing(norm) if norm else "")


def _reasons(row: Row) -> list[Reason]:
    return [Reason(d.reason, d.language, _by(d), d.recorded_at) for d in row.deviations]


def _by(deviation: Deviation) -> str:
    by = deviation.recorded_by
    return (by.name or by.email) if by else ""
