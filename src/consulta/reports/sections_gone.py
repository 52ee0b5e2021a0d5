"""Sections of editions that the law takes away beside responses: contests, and who agreed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from consulta.reports.models import Agreement, Contest, Edition

#: The anchor of the section that says who agreed, in a record of agreement.
AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Section:
    """What was taken away: when, and why in words that everyone may read."""

    at: datetime
    reason: str


def anchor(contest: Contest) -> str:
    """The anchor under which an edition prints *contest*."""
    return f"contest-{contest.number}"


def of(edition: Edition) -> Mapping[str, Section]:
    """By their anchors, the sections of *edition* that the law took away. One query."""
    if edition.kind == Edition.Kind.AGREEMENT:
        one = Agreement.objects.filter(record=first(edition), erased_at__isnull=False).first()
        return {AGREED: Section(one.erased_at, one.erased_because)} if one and one.erased_at else {}
    contests = Contest.objects.filter(consultation=edition.consultation_id, erased_at__isnull=False)
    return {anchor(c): Section(c.erased_at, c.reason) for c in contests if c.erased_at}


def first(edition: Edition) -> Edition:
    """The edition as it was frozen first, whatever was redacted since."""
    while edition.redacts is not None:
        edition = edition.redacts
    return edition
