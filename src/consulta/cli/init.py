"""`consulta init`: an empty instance for real use."""

import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.cli.preparation import prepare_tables, set_up
from consulta.cli.words import Refusal

_LANGUAGE = re.compile(r"[a-z]{2}")


class Asking(click.Command):
    """Asks for what was not given; where nobody can answer, says which options to give."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options, and ask for the rest."""
        try:
            return super().parse_args(ctx, args)
        except click.Abort as error:
            if sys.stdin.isatty():
                raise  # somebody changed their mind
            raise Refusal(
                "Nobody is here to answer: give --name, --short-name, --languages, --timezone"
                " and --admin-email."
            ) from error


@click.command(cls=Asking)
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
@click.option("--name", prompt="Name of the institution")
@click.option("--short-name", prompt="Short name")
@click.option("--languages", prompt="Languages, the first one first", default="en")
@click.option("--timezone", prompt="Time zone of the seat", default="UTC")
@click.option("--admin-email", prompt="E-mail address of the first administrator")
@click.option("--group", "groups", multiple=True, help="A group that consults; none is enough.")
@click.option(
    "--stakeholder-groups",
    metavar="NAME,NAME,…",
    help="Whom the institution hears; default: the seven groups of the Tunis Agenda.",
)
def init(data: Path | None, **typed: Any) -> None:
    """Found an instance: the body, its languages, its groups, and the first administrator."""
    languages, zone = _languages(typed["languages"]), _zone(typed["timezone"])
    folder = set_up(data=data)
    prepare_tables(migrate=True)
    founding: Any = import_module("consulta.flow.founding")  # after Django is set up
    chosen = typed["stakeholder_groups"]
    foundation = founding.Foundation(
        names={languages[0]: typed["name"].strip()},
        short_name=typed["short_name"].strip(),
        languages=languages,
        timezone=zone,
        administrator=typed["admin_email"].strip(),
        groups=tuple(typed["groups"]),
        stakeholder_groups=tuple(_parts(chosen)) if chosen else None,
    )
    _found(founding, foundation)
    _tell(folder, foundation.administrator)


def _found(founding: Any, foundation: Any) -> None:
    try:
        founding.found(foundation)
    except founding.FoundedAlreadyError as error:
        click.echo(
            _("This folder holds the instance of %(body)s already: name another with --data.")
            % {"body": error},
            err=True,
        )
        sys.exit(1)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error


def _tell(folder: Path, administrator: str) -> None:
    click.echo(_("The instance in %(folder)s is founded.") % {"folder": folder})
    click.echo(_("Serve it: consulta serve --data %(folder)s") % {"folder": folder})
    click.echo(
        _("Then sign in as %(email)s: a code is sent to that address.") % {"email": administrator}
    )


def _languages(typed: str) -> tuple[str, ...]:
    codes = tuple(_parts(typed))
    if not codes or not all(_LANGUAGE.fullmatch(code) for code in codes):
        raise Refusal("Give languages as two-letter codes with commas between, such as en,fr.")
    return codes


def _zone(typed: str) -> str:
    try:
        return ZoneInfo(typed.strip()).key
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refusal(f"{typed} is no time zone; give one such as Europe/Zurich.") from error


def _parts(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()]
