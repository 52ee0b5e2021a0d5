"""What the rule of a consultation says beyond its dates: who responds, what becomes of a response."""

from datetime import datetime

from consulta.consultations import clock
from consulta.consultations.models import Consultation
from consulta.core.regime import Contest, Extension, Late, PaperCounts, Phase, Publish, Tier


def late_policy(consultation: Consultation) -> Late:
    """Say whether what arrives after the close is taken and marked, or refused."""
    return clock.rules(consultation).responses.late


def paper_counts(consultation: Consultation) -> PaperCounts:
    """Say which day of a letter on paper counts: of its arrival, or of its postmark."""
    return clock.rules(consultation).responses.paper_counts


def publish_policy(consultation: Consultation) -> Publish:
    """Say when a response is shown: at once, after the close, or when a person has cleared it."""
    return clock.rules(consultation).responses.publish


def sealed(consultation: Consultation, now: datetime) -> bool:
    """Say whether responses wait at the instant *now* for the close, to be shown together."""
    if publish_policy(consultation) is not Publish.AT_CLOSE:
        return False
    return consultation.closes_at is not None and now <= consultation.closes_at


def sentence(consultation: Consultation) -> str:
    """Return the sentence on responses that the rule comes from; empty where it says nothing."""
    return clock.rules(consultation).responses.source


def has_confidential_twin(consultation: Consultation) -> bool:
    """Say whether a confidential response comes with a public version of itself."""
    return clock.rules(consultation).responses.confidential_twin


def tiers(consultation: Consultation) -> tuple[Tier, ...]:
    """Return who may respond, and how they are let in; none: everyone."""
    return clock.rules(consultation).tiers


def extension(consultation: Consultation) -> Extension:
    """Return how a deadline may be lengthened."""
    return clock.rules(consultation).extension


def contest(consultation: Consultation) -> Contest | None:
    """Return the right to contest the summary; None where there is none."""
    return clock.rules(consultation).contest


def phase_at(consultation: Consultation, at: datetime) -> Phase | None:
    """Return the phase that runs at the instant *at*; None outside all, or where there are none.

    The day on which one phase ends and the next begins belongs to the first.
    """
    table = clock.timetable(consultation, at)
    day = clock.local_day(consultation, at)
    for phase in table.procedure.applying_phases:
        opens, closes = table.milestone(phase.opens).day, table.milestone(phase.closes).day
        if opens and closes and opens <= day <= closes:
            return phase
    return None
