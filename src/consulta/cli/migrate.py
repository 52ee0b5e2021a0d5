"""`consulta migrate`: bring the tables to this release, for who serves with --no-migrate."""

from pathlib import Path

import click

from consulta.cli import folders
from consulta.cli.preparation import prepare_tables, set_up


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
def migrate(data: Path | None) -> None:
    """Bring the instance's tables to this release."""
    folders.require_folder(data)
    folder = set_up(data=data)
    prepare_tables(migrate=True)
    click.echo(f"The tables in {folder} are those of this release.")
