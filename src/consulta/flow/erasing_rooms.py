"""What the erasure list is made of: the rooms that empty columns, and why a column is no content."""

from dataclasses import dataclass

RESPONSE = "consulta.responses.erasing.erase"
TABLE = "consulta.responses.erasing_tables.forget"
LETTER = "consulta.flow.letters.erasing.forget"
OUTBOX = "consulta.mailroom.erasing.forget"
POST = "consulta.reflector.erasing.erase"
SUBSCRIPTION = "consulta.reflector.erasing.forget_address"
FOLLOW = "consulta.notices.erasing.forget"
EDITION = "consulta.reports.redacting.restrict"
WITHHELD = "consulta.flow.erasing.erase"
CODING = "consulta.analysis.coding.forgetting.forget"
CONTEST = "consulta.reports.contest_leaving.erase"
AGREEMENT = "consulta.reports.agreement_erasing.erase"
PRACTICE = "consulta.repository.erasing.erase"
ORGANISATION = "consulta.stakeholders.erasing.forget"
REGISTRATION = "consulta.live.registration_erasing.erase"
NEEDS = "consulta.live.needs.forget"
TALLY = "consulta.accounts.ratelimit.sweep"
SPEAKER = "consulta.live.captions.speakers.withdraw"
FLOOR = "consulta.live.floor.erasing.erase"
ASKED = "consulta.live.floor.erasing.forget"

#: Why a column is not content.
INSTITUTION = "words and names of the institution, published on its own responsibility"
CODE = "a code, a state, a language or a number: nobody wrote it"
SECRET = "a hash, a salt or a secret: it says nothing of what was written"  # noqa: S105
FACT = "what a law needs: that something was there, when it went and why"
ACCOUNT = "an account: its owner changes it; officers stay named in the record they made"


@dataclass(frozen=True, slots=True)
class Named:
    """What becomes of some columns of one model: *by*, the room that empties them, or *why* none does."""

    fields: str
    by: str = ""
    why: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The columns, one by one."""
        return frozenset(self.fields.split())


def content(fields: str, by: str) -> Named:
    """These columns are content, and *by* empties them."""
    return Named(fields, by=by)


def left(fields: str, why: str) -> Named:
    """These columns are no content, and *why*."""
    return Named(fields, why=why)
