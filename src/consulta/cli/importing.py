"""`consulta import`: a table of responses becomes responses, row by row."""

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from consulta.cli import folders
from consulta.cli.preparation import set_up
from consulta.cli.words import LANGUAGES, Refusal

SHOWN = 20


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--consultation", required=True, metavar="ID", help="Its slug or its number.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=FIELD",
    help="What a column holds, where its heading does not say so; FIELD may be empty. Repeatable.",
)
@click.option(
    "--as", "officer", metavar="E-MAIL", help="Whose act it is; else the administrator's."
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Where a row names none.")
@click.option(
    "--vouched", is_flag=True, help="The addresses were confirmed where the table is from."
)
@click.option("--receipts", is_flag=True, help="Mail each sender a receipt.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def import_table(file: Path, consultation: str, data: Path | None, form: str, **said: Any) -> None:
    """Register the rows of FILE (CSV, XLSX, ODS, XLS) as responses to a consultation.

    The first row holds the headings. A row that is here already is left out, so the same file may be
    given again. Exit code 1 where rows could not be taken: the report says which, and why.
    """
    folders.require(data)
    set_up(data=data)
    table = _kept(file, _consultation(consultation), said)
    if said["dry_run"]:
        told, refused = _looked_over(table)
    else:
        told, refused = _taken(table)
    _report(told, refused, form)
    if refused:
        raise SystemExit(1)


def _consultation(typed: str) -> Any:
    found = _room("consultations.queries").by_id(typed)
    if found is None:
        sentence = _(
            "There is no consultation %(id)s here: give its number, or its slug as in its address."
        )
        raise Refusal(sentence % {"id": typed})
    return found


def _kept(file: Path, consultation: Any, said: Mapping[str, Any]) -> Any:
    """Keep the table with its columns chosen."""
    importing = _room("responses.importing")
    problems: Any = import_module("consulta.adapters.sheets.problems")
    try:
        table = importing.keep(consultation, file, name=file.name, by=_officer(said["officer"]))
    except problems.SheetError as error:
        raise Refusal(_room("responses.import_wording").problem(error.problem)) from error
    importing.choose(
        table,
        _mapped(table, said["columns"]),
        language=said["language"] or table.language,
        vouched=said["vouched"],
        by_mail=said["receipts"],
    )
    return table


def _officer(email: str | None) -> Any:
    users = _room("accounts.models").User.objects
    found = users.filter(email=email) if email else users.filter(is_administrator=True)
    officer = found.order_by("pk").first()
    if officer is None:
        raise Refusal(_("There is no such account here: name an officer's address with --as."))
    return officer


def _mapped(table: Any, columns: tuple[str, ...]) -> dict[int, str]:
    """The guessed columns, and what was said of others. Refuses unknown headings and fields."""
    mapped: dict[int, str] = dict(_room("responses.importing").mapping(table))
    numbered = {f"{kind}{n}" for kind in _room("core.importing").ANSWERING for n in range(100)}
    fields = {"", *numbered, *_room("core.importing").Field}
    for pair in columns:
        heading, _sign, held = pair.rpartition("=")
        if heading not in table.headings or held not in fields:
            raise Refusal(
                _(
                    "“%(pair)s” names no column or no field; headings: %(headings)s; fields: %(fields)s."
                )
                % {
                    "pair": pair,
                    "headings": ", ".join(table.headings),
                    "fields": ", ".join(
                        ["answer:N", "choice:N", *sorted(_room("core.importing").Field)]
                    ),
                }
            )
        column = table.headings.index(heading)
        mapped = {c: what for c, what in mapped.items() if what != held and c != column}
        mapped |= {column: held} if held else {}
    return mapped


def _looked_over(table: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    seen = _room("responses.importing").look_over(table, now=datetime.now(UTC))
    refused = [_row(row, why) for row, why in seen.refused]
    told = {
        "rows": seen.total,
        "would_register": seen.good - seen.repeated,
        "repeated": seen.repeated,
        "refused": seen.bad,
    }
    return told, refused


def _taken(table: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    importing, arriving = _room("responses.importing"), _room("flow.importing")
    try:
        importing.start(table, by=table.by)
    except importing.NoAnswerColumnError as error:
        raise Refusal(
            _("No column holds an answer: say which one does, as --column 'Heading=answer:1'.")
        ) from error
    began = time.monotonic()
    while arriving.rows_arrive(datetime.now(UTC), seconds=5):
        table.refresh_from_db()
        click.echo(
            _("%(done)d of %(total)d rows") % {"done": table.done, "total": table.total}, err=True
        )
    table.refresh_from_db()
    if table.stopped:
        raise Refusal(_room("responses.import_wording").stopped(table.stopped))
    refused = [_row(row.row, importing.read_back(row.troubles)) for row in table.refused_rows.all()]
    told = {name: getattr(table, name) for name in ("registered", "repeated", "refused")}
    return {"rows": table.total, **told, "seconds": round(time.monotonic() - began, 1)}, refused


def _row(number: int, why: Any) -> dict[str, Any]:
    words = _room("responses.import_wording")
    return {"row": number, "why": [words.trouble(found) for found in why]}


def _report(told: dict[str, Any], refused: list[dict[str, Any]], form: str) -> None:
    if form == "json":
        click.echo(json.dumps({**told, "refused_rows": refused}, ensure_ascii=False, indent=2))
        return
    for name, value in told.items():
        click.echo(f"{name:<16} {value:>8}")
    for row in refused[:SHOWN]:
        click.echo(_("Row %(row)d: %(why)s") % {"row": row["row"], "why": " ".join(row["why"])})
    if len(refused) > SHOWN:
        click.echo(_("All of them: --format json."))


def _room(name: str) -> Any:
    """A module of ours, after Django is set up."""
    return import_module(f"consulta.{name}")
