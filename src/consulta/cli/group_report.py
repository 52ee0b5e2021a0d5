"""`consulta group-report`: a group's report on a meeting, a year or four years, as a file."""

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from django.db.utils import OperationalError
from django.utils.translation import gettext as _

from consulta.cli import folders
from consulta.cli.preparation import set_up
from consulta.cli.words import LANGUAGES, Refusal

KINDS = ("outcome", "annual", "four-year")
FORMATS = ("docx", "pdf", "html", "json", "akn")
YEARS = click.IntRange(1900, 2200)


@click.command("group-report")
@click.argument("group", metavar="GROUP")
@click.option("--kind", type=click.Choice(KINDS), required=True)
@click.option("--meeting", help="Of an outcome report: the meeting's number, or its slug.")
@click.option("--from", "first", type=YEARS, help="The first year of the period.")
@click.option("--until", "last", type=YEARS, help="The last year of the period.")
@click.option("--language", type=click.Choice(LANGUAGES), required=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default="docx", show_default=True)
@click.option("--to", "to", multiple=True, required=True, help="The file; or the last year, too.")
@click.option("--public", "is_public", is_flag=True, help="Only from what everyone may see.")
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
def group_report(group: str, to: tuple[str, ...], data: Path | None, **asked: Any) -> None:
    """Write a draft of a report of GROUP (its slug), as the record stands now, to a file.

    `--to 2022 --to FILE` says the last year and the file.
    """
    folders.require(data)
    set_up(data=data)
    target, last = _told(to)
    asked["last"] = asked["last"] or last
    found = _group(group)
    wanted = _asked(found, asked)
    target.write_bytes(_made(found, wanted, asked["language"], asked["form"]))
    click.echo(_("This is a draft, drawn up from the record as it stands now."), err=True)
    click.echo(str(target))


def _told(to: tuple[str, ...]) -> tuple[Path, int | None]:
    """Which file, and the last year where `--to` said it."""
    years = [int(one) for one in to if one.isdecimal() and len(one) == 4]
    files = [Path(one) for one in to if not (one.isdecimal() and len(one) == 4)]
    if len(files) != 1 or len(years) > 1:
        raise Refusal(
            _("Name the file with --to, once; the last year may be said by --to as well.")
        )
    if not files[0].absolute().parent.is_dir():
        raise Refusal(
            _("There is no folder %(folder)s: make it first, or name another with --to.")
            % {"folder": files[0].absolute().parent}
        )
    return files[0], years[0] if years else None


def _group(slug: str) -> Any:
    queries: Any = import_module("consulta.groups.queries")  # after Django is set up
    models: Any = import_module("consulta.groups.models")
    try:
        return queries.by_slug(slug)
    except OperationalError as error:
        raise Refusal(
            _("No instance is there: name its folder with --data, or set CONSULTA_DATA.")
        ) from error
    except models.Group.DoesNotExist as error:
        known = ", ".join(group.slug for group in queries.groups())
        raise Refusal(
            _("There is no group %(slug)s here: give one of these: %(known)s.")
            % {"slug": slug, "known": known or "—"}
        ) from error


def _asked(group: Any, asked: dict[str, Any]) -> Any:
    """What is asked for, with its meeting or its period."""
    rooms: Any = import_module("consulta.reports.group_reports.asking")
    try:
        if asked["kind"] == "outcome":
            return rooms.on_meeting(group, asked["meeting"] or "", is_public=asked["is_public"])
        first = asked["first"] or asked["last"]
        last = asked["last"] or asked["first"]
        return rooms.on_years(group, asked["kind"], (first, last), is_public=asked["is_public"])
    except rooms.MeetingUnknownError as error:
        raise Refusal(
            _("Name the meeting with --meeting, by its number or slug; there are: %(known)s.")
            % {"known": ", ".join(error.known) or "—"}
        ) from error
    except rooms.NoPeriodError as error:
        raise Refusal(
            _("Name the period with --from and --until, the earlier year first.")
        ) from error


def _made(group: Any, wanted: Any, language: str, form: str) -> bytes:
    drafting: Any = import_module("consulta.reports.group_reports.drafting")
    printing: Any = import_module("consulta.reports.group_reports.printing")
    renderers: Any = import_module("consulta.reports.renderers.render")
    head = printing.Head(kind=wanted.kind, group=group, dated=datetime.now(UTC).date())
    drawn = printing.paper(drafting.draft(wanted, language), head)
    try:
        return bytes(renderers.render(drawn, form)[0].data)
    except renderers.LayoutFailedError as error:
        raise Refusal(
            _("The report could not be laid out (%(error)s): try --format html.") % {"error": error}
        ) from error
