"""`consulta dkim`: the DNS record by which others check the signatures on our mail."""

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from consulta.cli import folders
from consulta.cli.preparation import set_up
from consulta.cli.words import Refusal


@click.command()
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def dkim(data: Path | None, form: str) -> None:
    """Print the DNS record (TXT) to publish, so that mail of the discussion lists is believed."""
    folders.require(data)
    set_up(data=data)
    signing: Any = import_module("consulta.mailroom.signing")  # after Django is set up
    try:
        name, text = signing.record()
    except signing.KeyUnusableError as error:
        raise Refusal(
            _("CONSULTA_DKIM_KEY holds no RSA key in PEM: put one there, or unset it.")
        ) from error
    if form == "json":
        click.echo(json.dumps({"name": name, "type": "TXT", "text": text}, indent=2))
        return
    click.echo(_("Publish this record in the DNS of your mail domain:"))
    click.echo(f"{name}. IN TXT {_in_pieces(text)}")


def _in_pieces(text: str) -> str:
    """A text as a zone file takes it: strings of at most 255 bytes (RFC 1035, section 3.3.14)."""
    return " ".join(f'"{text[i : i + 250]}"' for i in range(0, len(text), 250))
