"""The verdicts of all consultations as data: rows for a spreadsheet, and one JSON document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date

from consulta.consultations import queries, wording
from consulta.consultations.clock import Row
from consulta.consultations.clock_document import Json
from consulta.consultations.overview import Line, Table
from consulta.core.verdicts import Verdict

#: The columns of a row; each row is one milestone of one consultation. They never change places.
COLUMNS = (
    "number", "consultation", "topic", "group", "procedure", "procedure_edition", "year", "judged_on",
    "milestone", "label", "clause", "earliest", "latest", "on", "first_on", "provisional", "status",
    "days", "side", "preference_met", "then_status", "then_days", "later_earliest", "later_latest",
    "later_status", "later_days", "reasons", "reason_lacking", "extensions", "is_record",
)  # fmt: skip


def rows(lines: Iterable[Line], *, language: str) -> Iterator[Json]:
    """Yield one flat row for each milestone of each consultation; topics and labels in *language*."""
    for line in lines:
        told = _consultation(line, language)
        for row in line.clock.rows:
            yield told | _milestone(line, row)


def document(lines: Sequence[Line], tables: Sequence[Table], *, language: str) -> Json:
    """Return the same as JSON data: a row for each milestone, and the sums of each rule and year."""
    return {"items": list(rows(lines, language=language)), "sums": list(_sums(tables))}


def _consultation(line: Line, language: str) -> Json:
    row = line.consultation
    return {
        "number": row.number,
        "consultation": row.slug,
        "topic": queries.topic(row, language).text,
        "group": row.group.slug if row.group else None,
        "procedure": line.rules.slug,
        "procedure_edition": row.procedure_edition or str(line.rules.edition),
        "year": line.year,
        "judged_on": line.clock.timetable.today.isoformat(),
        "is_record": row.is_record,
    }


def _milestone(line: Line, row: Row) -> Json:
    verdict, later = row.verdict, row.later
    return {
        "milestone": row.name,
        "label": wording.milestone_name(row.rule),
        "clause": row.rule.clause,
        "earliest": _day(row.milestone.earliest),
        "latest": _day(row.milestone.latest),
        "on": _day(row.on),
        "first_on": _day(row.first_on),
        "provisional": row.provisional,
        **_verdict(verdict),
        "side": verdict.side.value if verdict.side else None,
        "preference_met": verdict.preference_met,
        **_verdict(row.as_known_then, "then_"),
        "later_earliest": _day(later.earliest) if later else None,
        "later_latest": _day(later.latest) if later else None,
        **_verdict(later.verdict if later else None, "later_"),
        "reasons": len(row.deviations),
        "reason_lacking": row.name in line.lacking,
        "extensions": len(row.extensions),
    }


def _verdict(verdict: Verdict | None, prefix: str = "") -> Json:
    status = verdict.status.value if verdict else None
    return {f"{prefix}status": status, f"{prefix}days": verdict.days if verdict else None}


def _sums(tables: Iterable[Table]) -> Iterator[Json]:
    for table in tables:
        for rule in table.rules:
            for year, counted in table.sums[rule.name].items():
                yield {
                    "family": table.family,
                    "milestone": rule.name,
                    "label": wording.milestone_name(rule),
                    "year": year,
                    **asdict(counted),
                }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
