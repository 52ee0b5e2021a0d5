"""`consulta doctor`: is this installation sound, and if not, how is it mended?"""

import json
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from consulta.cli import folders
from consulta.cli.preparation import set_up


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--mend", is_flag=True, help="Put back the record's triggers and its counts.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def doctor(data: Path | None, mend: bool, form: str) -> None:
    """Check folders, key, languages, tables, triggers, clock, balance, mail; exit code 1 if one is wrong."""
    folders.require(data)
    set_up(data=data)
    health: Any = import_module("consulta.flow.health")  # after Django is set up
    for done in health.mend() if mend else ():
        click.echo(done, err=form == "json")  # what is printed as JSON stays JSON
    findings = health.examine()
    if form == "json":
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        _tell(findings)
    sys.exit(0 if all(found.sound or not found.needed for found in findings) else 1)


def _tell(findings: list[Any]) -> None:
    for finding in findings:
        wrong = _("WRONG") if finding.needed else _("advice")
        mark = _("sound") if finding.sound else wrong
        click.echo(f"{mark:<6} {finding.what}")
        if not finding.sound:
            click.echo(f"       {finding.mend}")
