"""The shapes of the API's JSON. Every key is always there; what is absent is null."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

Texts = dict[str, str]
Instant = Annotated[str, Field(json_schema_extra={"format": "date-time"})]


class Fault(Schema):
    """What went wrong, as a code for machines and a sentence that says how to mend it."""

    error: str
    message: str


class Balance(Schema):
    """Received is the sum of the other five, always."""

    received: int
    published: int
    held: int
    declined: int
    withdrawn: int
    removed: int
    by_channel: dict[str, int]


class Option(Schema):
    """One option of a question, by language; *slug* is what an answer's `choices` name."""

    slug: str
    text: Texts


class Question(Schema):
    """One thing asked, by language; *number* is what answers name.

    *options*: what may be chosen beside the text, often nothing; *several*: more than one of them.
    """

    number: int
    text: Texts
    options: list[Option]
    several: bool


class Corrigendum(Schema):
    """A correction announced after the questions froze; *question* null: to the whole."""

    question: int | None
    language: str
    text: str
    announced_at: Instant


class Extension(Schema):
    """A deadline that was lengthened: from when to when, and why."""

    milestone: str
    old_at: Instant
    new_at: Instant
    reason: str
    language: str
    decided_at: Instant


class Norm(Schema):
    """The edition of the norm by which it is judged; *standing*: in_force, not_known or another.

    *on*: the day of the decision; *instead*: the editions that surely were in force on it.
    """

    slug: str
    edition: str
    on: date | None
    standing: str
    instead: list[str]
    text: str


class Consultation(Schema):
    """One consultation whole. Instants bear the offset of its time zone."""

    slug: str
    number: int
    url: str
    topic: Texts
    background: Texts
    state: str
    group: str | None
    issue: str | None
    follows: str | None
    procedure: str
    procedure_edition: str | None
    norm: Norm | None
    languages: list[str]
    original_language: str
    timezone: str
    announced_at: Instant | None
    opens_at: Instant | None
    closes_at: Instant | None
    report_released_at: Instant | None
    delivered_at: Instant | None
    cancelled_at: Instant | None
    cancellation_reason: str | None
    deciding_meeting: str | None
    open_meeting: str | None
    group_meeting: str | None
    questions: list[Question]
    corrigenda: list[Corrigendum]
    extensions: list[Extension]
    response_address: str | None
    reflector_address: str | None
    balance: Balance | None
    timetable: dict[str, Any]
    is_sample: bool
    is_record: bool


class Terms(Schema):
    """What is agreed to by sending a response. *privacy*: the notice, by language."""

    version: str
    licence: str
    licence_url: str
    privacy: Texts


class Respondent(Schema):
    """The respondent's public fields; null is not shown, or was not given."""

    country: str | None
    kind: str
    name: str | None
    stakeholder_group: str | None


class Answer(Schema):
    """Text to one question; null: to the whole. Redacted passages read […].

    *choices*: the options chosen; not there where the question offers none, so that the answers are,
    to the letter, what the fingerprint covers.
    """

    question: int | None
    text: str
    choices: list[str] = []


class Attachment(Schema):
    """A file as readers have it: SHA-256 in hexadecimal, size in bytes."""

    name: str
    sha256: str
    size: int


class File(Schema):
    """Where an attachment can be had, in the order of the attachments."""

    name: str
    media_type: str
    url: str


class Translation(Schema):
    """An answer in another language, with the status of the translation."""

    question: int | None
    language: str
    status: str
    text: str


class Fingerprint(Schema):
    """SHA-256(salt ‖ RFC 8785 JSON of answers, attachments, consultation, language, respondent)."""

    public: str
    salt: str


class Citation(Schema):
    """A sentence of the released report that cites the response; words redacted since are left out.

    *sentence* is its identity: the report's HTML has it at `s-…`. *quote*: the passage that it cites,
    empty for the whole response. *edition*: of the report in this language.
    """

    version: int
    question: int | None
    language: str
    text: str
    sentence: int
    edition: int
    quote: str


class Signatory(Schema):
    """Who signed with the sender. *version_fingerprint*: of the words signed, as the ledger has it."""

    name: str
    kind: str
    stakeholder_group: str | None
    country: str | None
    version: int
    signed_at: Instant
    version_fingerprint: str
    fingerprint: Fingerprint


class InCampaign(Schema):
    """The campaign that a response belongs to; *responses*: how many it counts."""

    number: int
    name: str | None
    responses: int
    url: str


class RegisterLine(Schema):
    """One number of the register, from its arrival. *line*: where it counts in the balance."""

    number: str
    received_at: Instant
    channel: str
    state: str
    line: str
    ground: str | None
    late: bool
    within_grace: bool
    hold_reasons: list[str]


class Response(RegisterLine):
    """A response. Unpublished, it is its line of the register, and all else is null."""

    consultation: str
    url: str
    published_at: Instant | None
    version: int | None
    language: str | None
    respondent: Respondent | None
    stakeholder_group: str | None
    country: str | None
    answers: list[Answer] | None
    attachments: list[Attachment] | None
    files: list[File] | None
    translations: list[Translation] | None
    confirmed: bool | None
    redacted: bool | None
    fingerprint: Fingerprint | None
    cited_in: list[Citation] | None
    campaign: InCampaign | None
    signatories: list[Signatory] | None
    signatories_awaited: int | None


class Consultations(Schema):
    """A page of consultations, the latest first; *next*: the cursor of the next page."""

    items: list[Consultation]
    next: str | None


class Responses(Schema):
    """A page of published responses in the order of publication."""

    items: list[Response]
    next: str | None


class Register(Schema):
    """A page of the register in the order of arrival, with the balance."""

    balance: Balance | None
    items: list[RegisterLine]
    next: str | None


class Group(Schema):
    """A closed group that asks before it decides."""

    slug: str
    url: str
    body: str
    short_name: str
    name: Texts
    mandate: Texts
    chair: str | None
    is_sample: bool


class Groups(Schema):
    """All groups, in the order of their names."""

    items: list[Group]


class Decision(Schema):
    """What was settled, by language; *kind*: consensus, no-consensus or record."""

    kind: str
    taken_by: str | None
    text: Texts
    opens_consultation: bool
    source: str | None


class Meeting(Schema):
    """A meeting of a group, or open to everyone; dates that are not known are null."""

    slug: str
    url: str
    group: str | None
    kind: str
    number: int | None
    title: Texts
    starts_on: date | None
    ends_on: date | None
    first_planned_on: date | None
    is_provisional: bool
    mode: str | None
    place: str | None
    note: Texts
    source: str | None
    decisions: list[Decision]


class Meetings(Schema):
    """All meetings, the latest first."""

    items: list[Meeting]


class ResponseFilters(Schema):
    """Which published responses; empty for all."""

    group: str = Field("", description="A stakeholder group, by its slug.")
    country: str = Field("", description="ISO 3166-1 alpha-2, in capitals.")
    language: str = Field("", description="The language of the original: ar, en, es, fr, ru, zh.")


class ClockQuery(Schema):
    """What a timetable is drawn up from; the parameters are the options of `consulta timetable`."""

    procedure: str = Field("", description="The procedure's slug; /procedures lists them.")
    anchor: list[str] = Field([], description="NAME=YYYY-MM-DD: a date the rule counts from.")
    actual: list[str] = Field([], description="MILESTONE=YYYY-MM-DD, or =unknown.")
    announced: list[str] = Field([], description="NAME=DATE@DAY: from DAY on, known as DATE.")
    roll: list[str] = Field([], description="MILESTONE=exact, back or forward.")
    offset: list[str] = Field([], description="MILESTONE=NUMBER, for an optional milestone.")
    choose: list[str] = Field([], description="NAME=OPTION, of a choice left open.")
    today: str = Field("", description="Judge as on this day; else today.")
    lang: str = Field("en", description="The language of the texts.")


class Procedures(Schema):
    """The procedures that exist."""

    procedures: list[dict[str, Any]]
