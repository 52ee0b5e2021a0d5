"""`consulta report`: the compilation or the consolidated report of a consultation, as a file."""

from dataclasses import dataclass
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

FORMATS = ("pdf", "docx", "html", "json", "akn")


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its own name and its bytes."""

    name: str
    data: bytes


@click.command()
@click.argument("consultation", metavar="ID")
@click.option("--kind", type=click.Choice(["compilation", "consolidated"]), required=True)
@click.option("--language", type=click.Choice(LANGUAGES), required=True, help="Of the frame.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="pdf", show_default=True)
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--data", type=click.Path(path_type=Path), help="The instance's folder.")
def report(consultation: str, target: Path, data: Path | None, **asked: str) -> None:
    """Write a report on the consultation ID (its slug or its number) to a file.

    The stored bytes of the released edition, or of one that is frozen; else a draft as the record
    stands now. A long report comes in volumes, each in a file of its own beside the first.
    """
    kind, language, form = asked["kind"], asked["language"], asked["form"]
    folders.require(data)
    set_up(data=data)
    if not target.absolute().parent.is_dir():
        raise Refusal(
            _("There is no folder %(folder)s: make it first, or name another with --to.")
            % {"folder": target.absolute().parent}
        )
    found = _consultation(consultation)
    files = _stored(found, kind, language, form) or _draft(found, kind, language, form)
    for path in _write(files, target):
        click.echo(str(path))


def _consultation(typed: str) -> Any:
    queries: Any = import_module("consulta.consultations.queries")  # after Django is set up
    try:
        found = queries.by_id(typed)
    except OperationalError as error:
        raise Refusal(
            _("No instance is there: name its folder with --data, or set CONSULTA_DATA.")
        ) from error
    if found is None:
        raise Refusal(
            _(
                "There is no consultation %(id)s here: give its number, or its slug as in its address."
            )
            % {"id": typed}
        )
    return found


def _stored(consultation: Any, kind: str, language: str, form: str) -> list[Made]:
    """The stored bytes of the edition, never laid out again; nothing where none is frozen."""
    released: Any = import_module("consulta.reports.released")
    spool: Any = import_module("consulta.mailroom.spool")
    edition = released.stored(consultation, kind, language)
    if edition is None:
        return []
    every = list(edition.files.all())
    files = [file for file in every if file.format == form]
    if not files:
        raise Refusal(
            _("The edition was frozen without this format: choose %(formats)s.")
            % {"formats": ", ".join(sorted({file.format for file in every}))}
        )
    if edition.released_at is None:
        click.echo(_("This edition is frozen, but not released yet."), err=True)
    return [Made(file.name, spool.locate(file.path).read_bytes()) for file in files]


def _draft(consultation: Any, kind: str, language: str, form: str) -> list[Made]:
    """The report as the record stands now; standard error says that it is a draft."""
    assembly: Any = import_module("consulta.reports.assembly")
    renderers: Any = import_module("consulta.reports.renderers.render")
    drawn = assembly.draw_up(consultation, kind, language=language, at=datetime.now(UTC))
    click.echo(_("This is a draft: no edition of it is released in this language yet."), err=True)
    try:
        return [Made(file.name, file.data) for file in renderers.render(drawn, form)]
    except renderers.LayoutFailedError as error:
        raise Refusal(
            _("The report could not be laid out (%(error)s): try --format html.") % {"error": error}
        ) from error


def _write(files: list[Made], target: Path) -> list[Path]:
    """The files on the disk: one at *target*, the volumes of a long report beside it."""
    if len(files) == 1:
        target.write_bytes(files[0].data)
        return [target]
    stem = files[0].name.rpartition("-index")[0]
    paths = [target.with_name(target.stem + file.name.removeprefix(stem)) for file in files]
    for file, path in zip(files, paths, strict=True):
        path.write_bytes(file.data)
    click.echo(_("The report is long: it comes as an index and volumes."), err=True)
    return paths
