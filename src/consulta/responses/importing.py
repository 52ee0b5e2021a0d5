"""Importing a table of responses: kept, looked over as a whole, then taken row by row.

`flow.importing` registers the rows; here is what is known of a table before and after.
"""

import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.adapters.sheets import reading
from consulta.consultations import permissions, terms
from consulta.consultations.models import Consultation
from consulta.core import importing
from consulta.core.importing import Field, Found, Terms, Trouble, Vocabulary, folded
from consulta.core.regime import PaperCounts
from consulta.core.submission import Submission
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import spool
from consulta.responses.import_words import vocabulary
from consulta.responses.models import Answer, Import, Response

FOLDER = "files/imports"
#: Rows shown before an import begins.
SHOWN = 8
_CHUNK = 500
_BY_REFERENCE = "import:reference:"
#: What a version says: each question (None for the whole) with its answer, folded, and its choices.
_Said = set[tuple[int | None, str, tuple[str, ...]]]


class ImportRunsError(Exception):
    """The import has begun: its columns cannot be changed any more."""


class NoAnswerColumnError(ValueError):
    """No column is said to hold an answer, so no row could say anything."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What an import would do: *good* rows of which *repeated* are here already, and the troubles.

    *refused* are the first rows that would not be taken, with why; *first* the first good ones.
    """

    total: int
    good: int
    repeated: int
    troubles: Mapping[Trouble, int]
    refused: tuple[tuple[int, tuple[Found, ...]], ...]
    first: tuple[tuple[int, Submission], ...]

    @property
    def bad(self) -> int:
        """Rows that would not be taken."""
        return self.total - self.good


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: its number there, its cells, and where the next begins (bytes)."""

    row: int
    cells: tuple[str, ...]
    end: int


def keep(consultation: Consultation, source: Path, *, name: str, by: User) -> Import:
    """Keep the table at *source*, converted, with its columns guessed; nothing is registered yet.

    Raises NotAllowedError, SheetError, SpoolFullError.
    """
    permissions.require(by, Act.ENTER_RESPONSE, consultation)
    with reading.converted(source) as sheet:
        with source.open("rb") as file:
            kept = spool.keep(file, folder=FOLDER)
        with sheet.rows_path.open("rb") as file:
            rows = spool.keep(file, folder=FOLDER)
        words = vocabulary(consultation)
        made = Import(
            consultation=consultation,
            name=name[:255],
            path=kept.path,
            sha256=kept.sha256,
            size=kept.size,
            rows_path=rows.path,
            headings=list(sheet.headings),
            mapped=_written(importing.guess(sheet.headings, words)),
            language=consultation.original_language,
            total=sheet.rows,
            began_at=timezone.now(),
            by=by,
        )
    made.full_clean()
    made.save()
    return made


@transaction.atomic
def choose(
    table: Import, mapped: Mapping[int, str], *, language: str, vouched: bool, by_mail: bool
) -> None:
    """Say what the columns hold, and what counts for every row. Raises ImportRunsError."""
    table.refresh_from_db(from_queryset=Import.objects.select_for_update())
    if table.started_at:
        raise ImportRunsError(table.name)
    table.mapped, table.language = _written(mapped), language
    table.vouched, table.by_mail = vouched, by_mail
    table.full_clean()
    table.save()


@transaction.atomic
def start(table: Import, *, by: User) -> None:
    """From now on the worker takes the rows. Raises NotAllowedError, ImportRunsError, NoAnswerColumnError."""
    table.refresh_from_db(from_queryset=Import.objects.select_for_update())
    permissions.require(by, Act.ENTER_RESPONSE, table.consultation)
    if table.started_at:
        raise ImportRunsError(table.name)
    if not any(what.startswith(importing.ANSWERING) for what in table.mapped.values()):
        raise NoAnswerColumnError(table.name)
    table.started_at, table.by = timezone.now(), by
    table.save()
    ledger.record("import_started", table, by=by, commitments={"file": table.sha256})


def look_over(table: Import, *, now: datetime) -> Overview:
    """Read every row as it would be taken, and write nothing."""
    read = reader(table, now=now)
    good, repeated = 0, 0
    troubles: Counter[Trouble] = Counter()
    refused: list[tuple[int, tuple[Found, ...]]] = []
    first: list[tuple[int, Submission]] = []
    seen: set[str] = set()
    for chunk in _chunks(lines(table, offset=0)):
        keys = []
        for line, made in judged(table, chunk, read):
            if isinstance(made, Submission):
                good += 1
                repeated += made.idempotency_key in seen
                keys += [made.idempotency_key] if made.idempotency_key not in seen else []
                seen.add(made.idempotency_key)
                first += [(line.row, made)] if len(first) < SHOWN else []
                continue
            troubles.update({found.trouble for found in made})
            refused += [(line.row, made)] if len(refused) < SHOWN * 5 else []
        repeated += known(table.consultation, keys)
    return Overview(table.total, good, repeated, troubles, tuple(refused), tuple(first))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of one import as submissions; *twice*: rows with the reference of another."""

    mapped: Mapping[int, str]
    words: Vocabulary
    terms: Terms
    twice: frozenset[int] = frozenset()

    def row(self, line: Line) -> Submission | tuple[Found, ...]:
        """The submission that *line* makes, or what is wrong with it."""
        if line.row in self.twice:
            return importing.refused_for(Trouble.REFERENCE_TWICE, line.cells, self.mapped)
        return importing.submission(line.cells, self.mapped, self.words, self.terms, row=line.row)


def reader(table: Import, *, now: datetime) -> Reader:
    """Return what reads the rows of *table* as of the instant *now*."""
    consultation = table.consultation
    read_as = Terms(
        consultation=consultation.slug,
        language=table.language,
        zone=consultation.timezone,
        now=now,
        opens_at=consultation.opens_at,
        entered_by=str(table.by.uid) if table.by else "",
        source=f"import {table.uid}",
        vouched=table.vouched,
        posted_counts=terms.paper_counts(consultation) is PaperCounts.POSTMARK,
        closes_at=consultation.closes_at,
    )
    mapped = mapping(table)
    return Reader(mapped, vocabulary(consultation), read_as, _twice(table, mapped))


def _twice(table: Import, mapped: Mapping[int, str]) -> frozenset[int]:
    """The rows with the reference of another, looked for in the whole table once it was started."""
    if Field.REFERENCE not in mapped.values():
        return frozenset()
    if table.twice is not None:
        return frozenset(table.twice)
    rows = ((line.row, line.cells) for line in lines(table, offset=0))
    found = importing.twice(rows, mapped)
    if table.started_at:  # its columns stay as they are
        table.twice = sorted(found)
        table.save(update_fields=["twice"])
    return found


def judged(
    table: Import, rows: Sequence[Line], read: Reader
) -> list[tuple[Line, Submission | tuple[Found, ...]]]:
    """Each of *rows* with what it makes, or what is wrong: also where it is here with other words."""
    made = [(line, read.row(line)) for line in rows]
    here = _answers(table.consultation, [m for _, m in made if isinstance(m, Submission)])
    return [(line, _unless_other(line, given, read, here)) for line, given in made]


def _unless_other(
    line: Line, made: Submission | tuple[Found, ...], read: Reader, here: Mapping[str, list[_Said]]
) -> Submission | tuple[Found, ...]:
    if not isinstance(made, Submission) or made.idempotency_key not in here:
        return made
    said = {(each.question, folded(each.text), _some(each.choices)) for each in made.answers}
    if said in here[made.idempotency_key]:
        return made
    return importing.refused_for(Trouble.OTHER_WORDS, line.cells, read.mapped)


def _answers(consultation: Consultation, made: Sequence[Submission]) -> dict[str, list[_Said]]:
    """What every version says of the responses that are here under a reference, by their keys."""
    keys = [m.idempotency_key for m in made if m.idempotency_key.startswith(_BY_REFERENCE)]
    rows = Answer.objects.filter(
        version__response__consultation=consultation, version__response__idempotency_key__in=keys
    )
    found: dict[str, dict[int, _Said]] = {}
    named = ("version__response__idempotency_key", "version_id", "question", "text", "choices")
    for key, version, question, text, choices in rows.values_list(*named):
        said = (question, folded(text), _some(choices or ()))
        found.setdefault(key, {}).setdefault(version, set()).add(said)
    return {key: list(versions.values()) for key, versions in found.items()}


def _some(choices: Iterable[str]) -> tuple[str, ...]:
    """What was chosen, whatever the order in which it was written."""
    return tuple(sorted(choices))


def mapping(table: Import) -> dict[int, str]:
    """Return what each column holds."""
    return {int(column): what for column, what in table.mapped.items()}


def lines(table: Import, *, offset: int) -> Iterator[Line]:
    """Yield the rows from the byte *offset* of the rows' file on."""
    with spool.locate(table.rows_path).open("rb") as file:
        file.seek(offset)
        end = offset
        for raw in file:
            end += len(raw)
            row, *cells = json.loads(raw)
            yield Line(row, tuple(cells), end)


def known(consultation: Consultation, keys: list[str]) -> int:
    """Count those of *keys* that are registered already."""
    return Response.objects.filter(consultation=consultation, idempotency_key__in=keys).count()


def written(troubles: tuple[Found, ...]) -> list[dict[str, object]]:
    """Return *troubles* as they are kept."""
    return [asdict(found) for found in troubles]


def read_back(troubles: list[dict[str, object]]) -> tuple[Found, ...]:
    """Return kept troubles as they were found."""
    return tuple(
        Found(Trouble(str(t["trouble"])), _column(t["column"]), str(t["text"])) for t in troubles
    )


def of(consultation: Consultation) -> list[Import]:
    """Return the tables brought into *consultation*, the newest first."""
    return list(Import.objects.filter(consultation=consultation).select_related("by"))


def find(consultation: Consultation, uid: str) -> Import:
    """Return the table *uid* of *consultation*. Raises Import.DoesNotExist."""
    return Import.objects.select_related("consultation", "by").get(
        consultation=consultation, uid=uid
    )


def _chunks(rows: Iterator[Line]) -> Iterator[list[Line]]:
    while chunk := list(itertools.islice(rows, _CHUNK)):
        yield chunk


def _column(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _written(mapped: Mapping[int, str]) -> dict[str, str]:
    return {str(column): what for column, what in sorted(mapped.items())}
