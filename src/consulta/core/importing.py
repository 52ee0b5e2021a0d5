"""Rows of a table as submissions: which column is what, and what is wrong with a row."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from consulta.core import options
from consulta.core.calendar import NotADayError, parse_day
from consulta.core.plaintext import one_line, says_something, storable
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    RespondentKind,
    Sender,
    Submission,
    SubmittedAnswer,
)

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
YES = frozenset({"yes", "y", "true", "1", "x", "oui", "sí", "si", "да", "是", "نعم"})
NO = frozenset({"", "no", "n", "false", "0", "non", "нет", "否", "لا"})
#: Longest answer taken from one cell, in characters.
LONGEST = 200_000


#: How the columns are named from which an answer comes: its text, and the option chosen.
ANSWERING = ("answer:", "choice:")


class Field(StrEnum):
    """What a column can hold, answers apart.

    A column of answers is `answer:N`, 0 for the whole; of the option chosen `choice:N`.
    """

    REFERENCE = "reference"
    ORGANISATION = "organisation"
    NAME = "name"
    STAKEHOLDER_GROUP = "stakeholder_group"
    COUNTRY = "country"
    EMAIL = "email"
    LANGUAGE = "language"
    RECEIVED = "received"
    POSTMARK = "postmark"
    WITHHOLD_NAME = "withhold_name"
    WITHHOLD_COUNTRY = "withhold_country"


class Trouble(StrEnum):
    """What is wrong with a row; a row with any of them is not taken."""

    NO_ANSWER = "no_answer"
    TOO_LONG = "too_long"
    GROUP_UNKNOWN = "group_unknown"
    COUNTRY_UNKNOWN = "country_unknown"
    LANGUAGE_UNKNOWN = "language_unknown"
    EMAIL_INVALID = "email_invalid"
    DAY_INVALID = "day_invalid"
    IN_FUTURE = "in_future"
    BEFORE_OPENING = "before_opening"
    NOT_YES_OR_NO = "not_yes_or_no"
    REFERENCE_TWICE = "reference_twice"
    OTHER_WORDS = "other_words"
    NAME_MISSING = "name_missing"
    OPTION_UNKNOWN = "option_unknown"
    ONE_OPTION = "one_option"
    POSTED_LATER = "posted_later"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is wrong: in which column (its place from 0, None for the row), and the text there."""

    trouble: Trouble
    column: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What words in a table mean here. Keys are folded texts (:func:`folded`), values are codes.

    *headings*: how a column may be called, by what it holds (`organisation`, `answer:2`, …).
    *options*: by question, what its options are called, to their slugs; *several*: the questions of
    which more than one may be chosen.
    """

    groups: Mapping[str, str]
    countries: Mapping[str, str]
    languages: Mapping[str, str]
    headings: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    several: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What counts for every row of one import.

    *now*: the instant of the import (UTC). *opens_at*: nothing can have come before it. *posted_counts*:
    of a letter on paper its postmark counts, on the last day never after *closes_at*.
    *entered_by*: uid of the officer. *vouched*: the officer says that the addresses were confirmed
    where the table comes from. *source*: a name for the table in each response's source.
    """

    consultation: str
    language: str
    zone: str
    now: datetime
    opens_at: datetime | None
    entered_by: str
    source: str
    vouched: bool = False
    posted_counts: bool = False
    closes_at: datetime | None = None


Mapped = Mapping[int, str]  # column (from 0) -> Field, answer:N or choice:N


def folded(text: str) -> str:
    """Return *text* as it is compared: one line, composed, case folded, no marks at its ends."""
    return one_line(unicodedata.normalize("NFKC", text)).casefold().strip(" .:*?!？：。")


def guess(headings: Sequence[str], vocabulary: Vocabulary) -> dict[int, str]:
    """Guess what each column holds from its heading; a column that nobody knows is left out.

    Of two columns that could hold the same, the first is taken.
    """
    found: dict[int, str] = {}
    for column, heading in enumerate(headings):
        meant = vocabulary.headings.get(folded(heading))
        if meant and meant not in found.values():
            found[column] = meant
    return found


def submission(
    cells: Sequence[str], mapped: Mapped, vocabulary: Vocabulary, terms: Terms, *, row: int
) -> Submission | tuple[Found, ...]:
    """Return what the *cells* of one row say, or everything that is wrong with it."""
    reading = _Reading({what: column for column, what in mapped.items()}, tuple(cells), terms)
    claim = reading.claim(vocabulary)
    arrived_at = reading.arrived_at()
    address = reading.address()
    language = reading.coded(Field.LANGUAGE, vocabulary.languages, Trouble.LANGUAGE_UNKNOWN)
    answers = tuple(reading.answers(vocabulary))
    if not answers:
        reading.wrong.append(Found(Trouble.NO_ANSWER))
    if reading.wrong:
        return tuple(reading.wrong)
    return Submission(
        channel=Channel.IMPORT,
        consultation=terms.consultation,
        sender=Sender(address=address, authenticated=terms.vouched and bool(address)),
        respondent=claim,
        language=language or terms.language,
        answers=answers,
        attachments=(),
        arrived_at=arrived_at,
        idempotency_key=f"import:{_key(reading, mapped)}",
        source_id=_source(reading, terms, row),
        entered_by=terms.entered_by,
    )


def reference(cells: Sequence[str], mapped: Mapped) -> str:
    """Return the row's own reference in the table, folded; empty where it has none."""
    columns = [column for column, what in mapped.items() if what == Field.REFERENCE]
    return folded(cells[columns[0]]) if columns and columns[0] < len(cells) else ""


def twice(rows: Iterable[tuple[int, Sequence[str]]], mapped: Mapped) -> frozenset[int]:
    """The numbers of the *rows* whose reference stands in an earlier one that says something else."""
    first: dict[str, bytes] = {}
    found = set()
    for row, cells in rows:
        if own := reference(cells, mapped):
            said = [cells[column].strip() for column in sorted(mapped) if column < len(cells)]
            mark = hashlib.sha256(json.dumps(said).encode()).digest()
            if first.setdefault(own, mark) != mark:
                found.add(row)
    return frozenset(found)


def refused_for(trouble: Trouble, cells: Sequence[str], mapped: Mapped) -> tuple[Found, ...]:
    """What is wrong with a row whose reference is another's: *trouble*, with the cell."""
    column = next(column for column, what in mapped.items() if what == Field.REFERENCE)
    return (Found(trouble, column, storable(cells[column]).strip()[:100]),)


@dataclass(slots=True)
class _Reading:
    """One row being read: what is wrong with it is gathered, so that all of it is said at once."""

    columns: Mapping[str, int]
    cells: tuple[str, ...]
    terms: Terms
    wrong: list[Found] = field(default_factory=list)

    def text(self, what: str) -> str:
        """The cell that holds *what*, without spaces at its ends; empty where there is none."""
        column = self.columns.get(what)
        if column is None or column >= len(self.cells):
            return ""
        text = storable(self.cells[column]).strip()
        return text if says_something(text) else ""

    def refuse(self, what: str, trouble: Trouble) -> None:
        """Note that the cell of *what* is wrong."""
        self.wrong.append(Found(trouble, self.columns.get(what), self.text(what)[:100]))

    def coded(self, what: str, codes: Mapping[str, str], trouble: Trouble) -> str:
        """The code behind the words in the cell of *what*; empty where the cell is."""
        text = self.text(what)
        if text and folded(text) not in codes:
            self.refuse(what, trouble)
        return codes.get(folded(text), "")

    def claim(self, vocabulary: Vocabulary) -> RespondentClaim:
        """Who responds, and for whom: an organisation where one is named."""
        organisation, name = self.text(Field.ORGANISATION), self.text(Field.NAME)
        named = {Field.ORGANISATION, Field.NAME} & set(self.columns)
        if named and not (organisation or name):
            self.wrong.append(Found(Trouble.NAME_MISSING))
        kind = RespondentKind.ORGANISATION if organisation else RespondentKind.INDIVIDUAL
        return RespondentClaim(
            kind=kind,
            name=one_line(name)[:200],
            organisation=one_line(organisation)[:300],
            stakeholder_group=self.coded(
                Field.STAKEHOLDER_GROUP, vocabulary.groups, Trouble.GROUP_UNKNOWN
            ),
            country=self.coded(Field.COUNTRY, vocabulary.countries, Trouble.COUNTRY_UNKNOWN),
            withhold_name=self.yes(Field.WITHHOLD_NAME),
            withhold_country=self.yes(Field.WITHHOLD_COUNTRY),
        )

    def yes(self, what: str) -> bool:
        """Whether the cell of *what* says yes."""
        word = folded(self.text(what))
        if word not in YES | NO:
            self.refuse(what, Trouble.NOT_YES_OR_NO)
        return word in YES

    def address(self) -> str:
        """The e-mail address."""
        text = self.text(Field.EMAIL)
        if text and not (_EMAIL.fullmatch(text) and len(text) <= 254):
            self.refuse(Field.EMAIL, Trouble.EMAIL_INVALID)
        return text

    def arrived_at(self) -> datetime:
        """The instant that counts: of the postmark where the rule says so, else of the arrival."""
        at, posted = self._day(Field.RECEIVED) or self.terms.now, self._day(Field.POSTMARK)
        if posted is None:
            return at
        if self._local(posted) > self._local(at):
            self.refuse(Field.POSTMARK, Trouble.POSTED_LATER)
        closes = self.terms.closes_at
        if closes is not None and self._local(posted) == self._local(closes):
            posted = min(posted, closes)
        return posted if self.terms.posted_counts else at

    def _day(self, what: str) -> datetime | None:
        """The instant in the cell of *what*, at noon where it names a day; None where it says nothing."""
        text, now = self.text(what), self.terms.now
        at = _instant(text, self.terms.zone) if text else None
        if at is None:
            if text:
                self.refuse(what, Trouble.DAY_INVALID)
            return None
        if at > now and self._local(at) == self._local(now):
            return now
        if at > now:
            self.refuse(what, Trouble.IN_FUTURE)
        counts = what == Field.RECEIVED or self.terms.posted_counts
        return self._after_opening(at, what) if counts else at

    def _local(self, at: datetime) -> date:
        return at.astimezone(ZoneInfo(self.terms.zone)).date()

    def _after_opening(self, at: datetime, what: str) -> datetime:
        opens = self.terms.opens_at
        if opens is None or at >= opens:
            return at
        if self._local(at) == self._local(opens):
            return opens
        self.refuse(what, Trouble.BEFORE_OPENING)
        return at

    def answers(self, vocabulary: Vocabulary) -> Iterator[SubmittedAnswer]:
        """What the row says to each question: its words, and what it chose of the options."""
        held = [what.split(":") for what in self.columns if what.startswith(ANSWERING)]
        for number in sorted({number for _kind, number in held}):
            what = f"answer:{number}"
            text = self.text(what)
            if len(text) > LONGEST:
                self.refuse(what, Trouble.TOO_LONG)
            choices = self.choices(int(number), vocabulary)
            if text or choices:
                yield SubmittedAnswer(int(number) or None, text, choices)

    def choices(self, question: int, vocabulary: Vocabulary) -> tuple[str, ...]:
        """The options that the row chose of *question*."""
        what, several = f"choice:{question}", question in vocabulary.several
        try:
            return options.named(
                self.text(what), vocabulary.options.get(question, {}), several=several
            )
        except options.UnknownOptionError:
            self.refuse(what, Trouble.OPTION_UNKNOWN)
        except options.OneOptionError:
            self.refuse(what, Trouble.ONE_OPTION)
        return ()


def _instant(text: str, zone: str) -> datetime | None:
    """Read a day (noon of it in *zone*) or an instant (ISO 8601; without an offset in *zone*)."""
    try:
        return datetime.combine(parse_day(text), time(12), ZoneInfo(zone)).astimezone(UTC)
    except NotADayError:
        pass
    try:
        at = datetime.fromisoformat(text)
        parse_day(date.isoformat(at.date()))
    except (ValueError, NotADayError):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _key(reading: _Reading, mapped: Mapped) -> str:
    """Return what makes the row the same row the next time: its reference, else all that it says."""
    own = reference(reading.cells, mapped)
    said = own or json.dumps(
        sorted((what, reading.text(what)) for what in mapped.values()), ensure_ascii=False
    )
    kind = "reference" if own else "row"
    return f"{kind}:{hashlib.sha256(said.encode()).hexdigest()[:48]}"


def _source(reading: _Reading, terms: Terms, row: int) -> str:
    parts = [f"{terms.source} row {row}"]
    parts += [f"reference {one_line(own)}"] if (own := reading.text(Field.REFERENCE)) else []
    if mark := reading.text(Field.POSTMARK):  # both days are kept, whichever counts
        days = {"arrived": reading.text(Field.RECEIVED), "postmark": mark}
        found = {name: _instant(day, terms.zone) or terms.now for name, day in days.items()}
        zone = ZoneInfo(terms.zone)
        parts[1:1] = [f"{name} {at.astimezone(zone).date()}" for name, at in found.items()]
    return "; ".join(parts)[:300]
