"""A submission: what arrived, whatever the channel, as a value that is never changed after arrival.

This is the contract of all channels: web form, e-mail, API, desk, reflector. The bytes of
attachments stay in the spool, never in the value.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """How a submission came."""

    WEB = "web"
    EMAIL = "email"
    API = "api"
    DESK = "desk"
    REFLECTOR = "reflector"
    IMPORT = "import"


class RespondentKind(StrEnum):
    """For whom a response speaks."""

    ORGANISATION = "organisation"
    INDIVIDUAL = "individual"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent it, as the channel knows it. *authenticated*: the channel proved the address.

    *account*: the id of the account that was signed in, None without one.
    """

    address: str = ""
    name: str = ""
    authenticated: bool = False
    account: int | None = None


@dataclass(frozen=True, slots=True)
class RespondentClaim:
    """Who says to be responding, for whom, and what of it may be shown.

    *country* is ISO 3166-1 alpha-2 or empty. An organisation is always named; only an
    individual may withhold name and country.
    """

    kind: RespondentKind = RespondentKind.INDIVIDUAL
    name: str = ""
    organisation: str = ""
    stakeholder_group: str = ""
    country: str = ""
    withhold_name: bool = False
    withhold_country: bool = False


@dataclass(frozen=True, slots=True)
class SubmittedAnswer:
    """Text to one question; *question* is its position (from 1), None for the whole consultation.

    *choices*: the slugs of the options chosen, where the question offers any.
    """

    question: int | None
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file in the spool. *path* is relative to the data folder, *size* in bytes, *sha256* in hex."""

    name: str
    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Submission:
    """What arrived. *consultation* is its slug, or None when the channel could not tell.

    *arrived_at* is the instant the request began or the letter was spooled (aware, UTC).
    *idempotency_key*: the same key twice is the same submission. *source_id* names the mail, post
    or row it came from. *terms* names the version of terms and licence that the sender accepted.
    """

    channel: Channel
    consultation: str | None
    sender: Sender
    respondent: RespondentClaim
    language: str
    answers: tuple[SubmittedAnswer, ...]
    attachments: tuple[SubmittedFile, ...]
    arrived_at: datetime
    idempotency_key: str
    source_id: str = ""
    terms: str = ""
    draft_saved_at: datetime | None = None  # when it was sent from a draft: its last save
    entered_by: str = ""  # uid of the officer who entered it at the desk, never its author
