"""What the public page of a group shows of its people: offices, mandate and instruments, members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consulta.core.multilingual import Text
from consulta.groups import member_queries, queries
from consulta.groups import membership as memberships
from consulta.groups.models import Group, Instrument, MandateBasis, Membership, Officeholder
from consulta.stakeholders import states


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds an office today, and of which Member State (None: of none)."""

    holder: Officeholder
    state: Text | None


@dataclass(frozen=True, slots=True)
class Basis:
    """An instrument of the mandate: its title, and every edition of the norm, the newest first."""

    row: MandateBasis
    title: Text
    editions: Sequence[Instrument]


def offices(group: Group, language: str, *, on: date) -> list[Held]:
    """Return who holds an office of *group* on the day *on*, the chair first. Two queries."""
    return [
        Held(one, states.name(one.state, language, on=on) if one.state else None)
        for one in member_queries.officeholders(group)
        if one.runs(on)
    ]


def bases(group: Group, language: str) -> list[Basis]:
    """Return the instruments on which the mandate of *group* stands. Two queries."""
    return [
        Basis(row, queries.name(row.instrument, language), editions)
        for row, editions in member_queries.bases(group)
    ]


def members(group: Group, language: str, *, on: date) -> list[tuple[Membership, Text]]:
    """Return the members on the day *on* by name, where the group shows them; else nothing."""
    if not group.shows_members:
        return []
    return memberships.by_name(member_queries.running(group, on=on), language)
