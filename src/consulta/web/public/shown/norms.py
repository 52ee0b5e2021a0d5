"""What a page shows of norms: each edition, from when to when it bound, and its stale citations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consulta.core.multilingual import Text
from consulta.groups import norms, queries
from consulta.groups.models import Body, Instrument
from consulta.groups.norms import Stale


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition. The moments are words: a day, a year, or two days between which it lies."""

    row: Instrument
    adopted: str
    begins: str
    ends: str
    stale: Sequence[Stale]


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm with its editions, the newest first."""

    row: Instrument
    title: Text
    editions: Sequence[Edition]

    @property
    def stale(self) -> Sequence[Stale]:
        """What its newest edition cites that is in force no longer."""
        return self.editions[0].stale


def of(body: Body, language: str) -> list[Norm]:
    """Return the norms of *body* for a reader of *language*. One query."""
    found = queries.norms(body)
    every = [edition for _newest, editions in found for edition in editions]
    return [
        Norm(
            newest,
            queries.name(newest, language),
            [_edition(edition, every) for edition in editions],
        )
        for newest, editions in found
    ]


def _edition(row: Instrument, every: Sequence[Instrument]) -> Edition:
    return Edition(
        row=row,
        adopted=moment(row.adopted_earliest, row.adopted_latest),
        begins=moment(row.begins_earliest, row.begins_latest),
        ends=moment(row.ends_earliest, row.ends_latest),
        stale=norms.stale(row, every),
    )


def moment(earliest: date | None, latest: date | None) -> str:
    """Write a moment as exactly as it is known; empty where it is not."""
    if earliest is None or latest is None:
        return ""
    if earliest == latest:
        return date_format(earliest, "DATE_FORMAT")
    if (earliest, latest) == (date(earliest.year, 1, 1), date(earliest.year, 12, 31)):
        return str(earliest.year)
    days = {
        "first": date_format(earliest, "DATE_FORMAT"),
        "last": date_format(latest, "DATE_FORMAT"),
    }
    return _("between %(first)s and %(last)s") % days
