"""What another system sends: the shape of a response, and of the receipt for it."""

from datetime import timedelta
from typing import Annotated

from babel import Locale
from ninja import Schema
from pydantic import ConfigDict, Field, model_validator

from consulta.core.countries import is_country
from consulta.core.options import MOST
from consulta.core.plaintext import says_something
from consulta.core.submission import RespondentKind
from consulta.stakeholders import queries as stakeholder_queries
from consulta.web.api.shapes import Instant

HOUR = timedelta(hours=1)
Line = Annotated[str, Field(max_length=300)]


class Particulars(Schema):
    """Who responds. An organisation is always named; only an individual may withhold name and country."""

    model_config = ConfigDict(extra="forbid")

    kind: RespondentKind = RespondentKind.INDIVIDUAL
    name: Annotated[str, Field(max_length=200)] = ""
    organisation: Line = ""
    stakeholder_group: str = ""
    country: str = ""
    email: Annotated[str, Field(max_length=254, pattern=r"^$|^[^@\s]+@[^@\s]+\.[^@\s.]+$")] = ""
    withhold_name: bool = False
    withhold_country: bool = False

    @model_validator(mode="after")
    def named(self) -> "Particulars":
        """An organisation says which one it is."""
        if self.kind is RespondentKind.ORGANISATION and not says_something(self.organisation):
            raise ValueError("an organisation is named in respondent.organisation")
        return self


class Answer(Schema):
    """Text to one question by its number; null: to the whole. *choices*: slugs of its options."""

    model_config = ConfigDict(extra="forbid")

    question: int | None
    text: Annotated[str, Field(max_length=200_000)] = ""
    choices: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=MOST)] = []

    @property
    def says_something(self) -> bool:
        """Whether it has words, or an option was chosen."""
        return says_something(self.text) or bool(self.choices)


class File(Schema):
    """A file: its name, and its bytes in base64."""

    model_config = ConfigDict(extra="forbid")

    name: Line
    content: str


class Response(Schema):
    """A response to one consultation. *terms*: the version of the terms that its author accepted."""

    model_config = ConfigDict(extra="forbid")

    language: str
    respondent: Particulars
    answers: Annotated[list[Answer], Field(max_length=200)]
    attachments: Annotated[list[File], Field(max_length=20)] = []
    terms: str

    @model_validator(mode="after")
    def says_something(self) -> "Response":
        """At least one answer or one file."""
        if not (self.attachments or any(answer.says_something for answer in self.answers)):
            raise ValueError("write at least one answer that can be read, or add a file")
        return self


class Receipt(Schema):
    """Proof of arrival. *mine*: the author's private link, given once; *repeated*: it was here already.

    *late*: it came after the close, and the rule of the consultation says what becomes of it.
    """

    number: str
    received_at: Instant
    fingerprint: str
    url: str
    mine: str
    repeated: bool
    late: bool


def groups() -> set[str]:
    """The stakeholder groups that may be named."""
    return {group.slug for group in stakeholder_queries.stakeholder_groups()}


def countries() -> set[str]:
    """ISO 3166-1 codes of two letters, as CLDR lists them."""
    codes = map(str, Locale.parse("en").territories)
    return {code for code in codes if is_country(code)}
