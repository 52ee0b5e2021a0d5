"""What the ledger tells of one response or edition: its states, fingerprints and instants."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from consulta.core.lifecycle import NEXT, State
from consulta.ledger.models import Entry

#: The state that each act leads to, where the response stood so that it may (core.lifecycle).
LEADS_TO = {
    "response_received": State.RECEIVED,
    "response_accepted": State.ACCEPTED,
    "response_held": State.HELD,
    "response_declined": State.DECLINED,
    "response_published": State.PUBLISHED,
    "response_withdrawn": State.WITHDRAWN,
    "response_removed": State.REMOVED,
    "response_restored": State.PUBLISHED,
    "response_set_aside": State.SET_ASIDE,
    "response_taken_back": State.RECEIVED,
}
ARRIVALS = ("response_received", "version_received")


@dataclass(slots=True)
class Told:
    """The ledger's account of one subject, entry by entry in the order of arrival."""

    state: State | None = None
    arrived: set[str] = field(default_factory=set)  # private fingerprints
    content: set[str] = field(default_factory=set)  # of an edition
    shown: list[str] = field(default_factory=list)  # public fingerprints, the latest last
    at: dict[str, list[datetime]] = field(default_factory=lambda: defaultdict(list))  # by act
    is_held_by_a_person: bool = False

    @property
    def is_erased(self) -> bool:
        """Whether its content was erased, so that no fingerprint can be made of it again."""
        return "content_erased" in self.at

    def hear(self, entry: Entry) -> None:
        """Take in the next entry."""
        self.at[entry.act].append(entry.at)
        given = _commitments(entry)
        if entry.act in ARRIVALS and "private" in given:
            self.arrived.add(given["private"])
        if "public" in given:
            self.shown.append(given["public"])
        if entry.act == "edition_frozen" and "content" in given:
            self.content.add(given["content"])
        if entry.act in LEADS_TO:
            self._move(entry)

    def _move(self, entry: Entry) -> None:
        """Follow the act, unless it was about a new version and left the response where it stood.

        What a person held the rules do not let go.
        """
        new, by_rules = LEADS_TO[entry.act], entry.by == "rules"
        if self.state is None:
            self.state = new
        elif new in NEXT[self.state] and not (by_rules and self.is_held_by_a_person):
            self.state = new
            self.is_held_by_a_person = new == State.HELD and not by_rules


def told(subjects: Iterable[str]) -> dict[str, Told]:
    """What the ledger tells of each of *subjects* (`responses.response:17`). One query."""
    found = {subject: Told() for subject in subjects}
    for entry in Entry.objects.filter(subject__in=found).order_by("pk"):
        found[entry.subject].hear(entry)
    return found


def _commitments(entry: Entry) -> dict[str, str]:
    """As the entry's bytes name them; none where they are no entry (verification says so)."""
    try:
        return dict(json.loads(bytes(entry.body))["commitments"])
    except (ValueError, TypeError, KeyError):
        return {}
