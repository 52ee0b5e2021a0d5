"""The shapes of what can be checked: the ledger with its proofs, and the verdicts of all consultations."""

from datetime import date

from ninja import Schema
from pydantic import Field

from consulta.web.api.shapes import Instant


class Checkpoint(Schema):
    """The size and root of the ledger's tree, signed with Ed25519; *checkpoint*: what is signed."""

    size: int
    root: str
    at: Instant
    checkpoint: str
    signature: str
    key: str


class Ledger(Schema):
    """How many entries are in the tree, how many wait for their place, and the last signature."""

    size: int
    waiting: int
    checkpoint: Checkpoint | None


class Proof(Schema):
    """That an entry stands under a signed checkpoint: `consulta verify` checks it offline."""

    entry: str
    index: int
    size: int
    path: list[str]
    root: str
    checkpoint: str
    signature: str
    key: str


class LedgerEntry(Schema):
    """One act on record; *proof* is null until it is signed."""

    id: str
    url: str
    act: str
    at: Instant
    by: str
    subject: str
    commitments: dict[str, str]
    leaf_hash: str
    index: int | None
    proof: Proof | None


class VerdictFilters(Schema):
    """Which consultations; empty for all."""

    group: str = Field("", description="A group, by its slug.")
    procedure: str = Field("", description="A rule whatever its edition, e.g. itu-res-1336.")
    year: str = Field("", description="The year of the consultation's first known date.")
    verdict: str = Field("", description="kept, missed, overdue, not_due, unknown, …")


class JudgedMilestone(Schema):
    """One milestone of one consultation; the columns of the CSV, in their order."""

    number: int
    consultation: str
    topic: str
    group: str | None
    procedure: str
    procedure_edition: str
    year: int | None
    judged_on: date
    milestone: str
    label: str
    clause: str
    earliest: date | None
    latest: date | None
    on: date | None
    first_on: date | None
    provisional: bool
    status: str
    days: int | None
    side: str | None
    preference_met: bool | None
    then_status: str | None
    then_days: int | None
    later_earliest: date | None
    later_latest: date | None
    later_status: str | None
    later_days: int | None
    reasons: int
    reason_lacking: bool
    extensions: int
    is_record: bool


class VerdictSum(Schema):
    """How often one sentence of a rule was kept in one year (null: not known). It ranks nobody."""

    family: str
    milestone: str
    label: str
    year: int | None
    kept: int
    missed: int
    not_due: int
    unknown: int


class Verdicts(Schema):
    """Every verdict, and the sums of each rule and year."""

    items: list[JudgedMilestone]
    sums: list[VerdictSum]
