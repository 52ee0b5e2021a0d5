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
@click.argument("consultation", metavar="ID")
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def balance(consultation: str, data: Path | None, form: str) -> None:
    """Show the balance of the consultation ID (its slug or its number)."""
    folders.require(data)
    set_up(data=data)
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
    lines = asdict(balances.of(found))
    if form == "json":
        click.echo(json.dumps(lines, indent=2, ensure_ascii=False))
        return
    by_channel = lines.pop("by_channel")
    for line, count in {**lines, **by_channel}.items():
        click.echo(f"{line:<12} {count:>8}")
