"""`consulta balance`: how many responses were received, and what became of each."""

import json
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from consulta.cli import folders
from consulta.cli.preparation import set_up
from consulta.cli.words import Refusal


@click.command()
@click.argument("consultation", metavar="ID", required=False)
@click.option("--mail", is_flag=True, help="What became of all mails that came, instead.")
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def balance(consultation: str | None, mail: bool, data: Path | None, form: str) -> None:
    """Show the balance of the consultation ID (its slug or its number), or that of mails."""
    if mail == bool(consultation):
        raise click.UsageError("Give the number or the slug of a consultation, or --mail alone.")
    folders.require(data)
    set_up(data=data)
    lines = _mails() if mail else _responses(str(consultation))
    if form == "json":
        click.echo(json.dumps(lines, indent=2, ensure_ascii=False))
        return
    by_channel = lines.pop("by_channel", {})
    for line, count in {**lines, **by_channel}.items():
        click.echo(f"{line:<12} {count:>8}")


def _mails() -> dict[str, Any]:
    books: Any = import_module("consulta.mailroom.books")  # after Django is set up
    found: dict[str, Any] = books.sums()
    return found


def _responses(consultation: str) -> dict[str, Any]:
    queries: Any = import_module("consulta.consultations.queries")  # after Django is set up
    balances: Any = import_module("consulta.responses.balance")
    found = queries.by_id(consultation)
    if found is None:
        raise Refusal(
            _(
                "There is no consultation %(id)s here: give its number, or its slug as in its address."
            )
            % {"id": consultation}
        )
    return asdict(balances.of(found))
