"""What any page shows of evidence: words and a public link for each thing that shows a date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from consulta.consultations.evidence import Evidence, Found, Kind, Shows
from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text
from consulta.ledger import wording as ledger_words
from consulta.meetings import wording as meeting_words
from consulta.meetings.models import Meeting
from consulta.reports.models import Edition
from consulta.web.ui.templatetags.ui import language_name

ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One piece of evidence in words. *at* and *place* are those of an entry of the ledger."""

    kind: Kind
    text: Text
    href: str = ""
    at: datetime | None = None
    place: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Proofs:
    """The evidence of one milestone: of its date, and of the date that it is counted from."""

    dates: Sequence[Proof]
    anchors: Sequence[Proof]
    reasons: Mapping[str, Proof]

    @property
    def count(self) -> int:
        """How many things there are to look up."""
        return len(self.dates) + len(self.anchors)


def by_milestone(found: Found, consultation: Consultation, language: str) -> dict[str, Proofs]:
    """Put the evidence of every milestone of *consultation* into words, by the milestone's name."""
    return {name: proofs(each, consultation, language) for name, each in found.items()}


def proofs(found: Sequence[Evidence], consultation: Consultation, language: str) -> Proofs:
    """Put the evidence of one milestone of *consultation* into words."""
    told = [(each, _proof(each, consultation, language)) for each in found]
    return Proofs(
        [proof for each, proof in told if each.shows is Shows.DATE],
        [proof for each, proof in told if each.shows is Shows.ANCHOR],
        {e.entry.subject: proof for e, proof in told if e.shows is Shows.REASON and e.entry},
    )


def _proof(each: Evidence, consultation: Consultation, language: str) -> Proof:
    if each.entry is not None:
        leaf = getattr(each.entry, "leaf", None)
        return Proof(
            kind=each.kind,
            text=Text(ledger_words.act(each.entry.act), language),
            href=reverse("public:ledger_entry", args=[each.entry.uid]),
            at=each.entry.at,
            place=leaf.index if leaf else None,
        )
    if isinstance(each.about, Meeting):
        return Proof(
            kind=each.kind,
            text=meeting_words.name(each.about, language),
            href=reverse("public:meeting", args=[each.about.slug]),
            source=each.text,
        )
    if isinstance(each.about, Edition):
        return _edition(each.about, consultation, language)
    href = reverse("public:record", args=[each.record]) if each.record else each.href
    return Proof(kind=each.kind, text=Text(each.text, ENGLISH), href=href)


def _edition(edition: Edition, consultation: Consultation, language: str) -> Proof:
    known = {
        "document": capfirst(str(Edition.Kind(edition.kind).label)),
        "language": language_name(edition.language),
        "ordinal": edition.ordinal,
    }
    return Proof(
        kind=Kind.EDITION,
        text=Text(_("%(document)s, %(language)s, edition %(ordinal)s") % known, language),
        href=reverse("public:report", args=[consultation.slug]),
        at=edition.released_at,
    )
