"""`consulta demo`: an instance with the real record and a sample consultation, ready to try."""

import os
import shutil
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from consulta.cli import folders
from consulta.cli.preparation import prepare, set_up
from consulta.cli.serve import supervise
from consulta.cli.web import cores, listen
from consulta.cli.words import Refusal

DEFAULT_DATA = Path("var/demo")
MARK = "this-is-a-demo"  # what tells a demo's folder from any other


@click.command()
@click.option("--data", type=click.Path(path_type=Path), default=DEFAULT_DATA, show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--mail-port", default=2525, show_default=True, type=click.IntRange(0, 65535))
@click.option("--reset", is_flag=True, help="Throw away what is there and begin anew.")
@click.option("--serve/--no-serve", "serving", default=True, help="Serve when all is loaded.")
def demo(data: Path, port: int, mail_port: int, reset: bool, serving: bool) -> None:
    """Load the sample record and serve it; started again, it keeps what is there."""
    if reset:
        check(data)
    door = listen("127.0.0.1", port) if serving else None
    if reset and data.is_dir():  # only now: nothing stands in the way any more
        shutil.rmtree(data)
    os.environ["CONSULTA_DEMO"] = "true"
    os.environ["CONSULTA_MAIL_HOST"], os.environ["CONSULTA_MAIL_PORT"] = "127.0.0.1", str(mail_port)
    os.environ.setdefault("CONSULTA_BASE_URL", f"http://localhost:{port}")
    folder = set_up(data=data, port=port)
    folders.hold(folder)
    (folder / MARK).touch()
    _progress(_("Tables and static files"))
    prepare()
    _load_record()
    _tell(folder, port)
    if door is not None:
        sys.exit(supervise(door, processes=cores()))


def check(folder: Path) -> None:
    """Refuse to throw *folder* away, unless it is a demo's that nobody serves. Raises Refusal."""
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not (folder / MARK).exists():
        raise Refusal(  # in English: no language is loaded yet
            f"{folder} is not the folder of a demo: name another with --data, or empty it yourself."
        )
    if folders.is_held(folder):
        raise Refusal(f"The demo in {folder} is running: stop it first, then begin anew.")


def _load_record() -> None:
    """Load what is missing, and say how far it is."""
    sample: Any = import_module("consulta.flow.sample_record")  # after Django is set up
    today = datetime.now(sample.ZONE).date()
    sample.load(today, progress=_progress)


def _progress(step: str) -> None:
    click.echo(f"  {step}", err=True)


def _tell(folder: Path, port: int) -> None:
    accounts: Any = import_module("consulta.flow.sample_accounts")  # after Django is set up
    base = f"http://localhost:{port}"
    sign_in = f"{base}/en/demo/"
    click.echo(_("\nThe demo is ready in %(folder)s.") % {"folder": folder})
    for what, path in _addresses():
        click.echo(f"  {what:<28} {base}{path}")
    click.echo(_("\nSample accounts, each with a button at %(address)s:") % {"address": sign_in})
    for account in accounts.listed():
        click.echo(f"  {account.email:<32} {account.name}")
    click.echo(_("Mails are written to %(folder)s.") % {"folder": folder / "outbox"})


def _addresses() -> tuple[tuple[str, str], ...]:
    return (
        (_("Start"), "/en/"),
        (_("A consultation that is open"), "/en/consultations/sample-islands-and-remote-areas/"),
        (_("The real record, 2019-2022"), "/en/groups/cwg-internet/"),
        (_("The desk"), "/en/desk/"),
    )
