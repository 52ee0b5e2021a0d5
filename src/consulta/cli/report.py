"""`consulta report`: the compilation or the consolidated report of a consultation, as a file."""

import json
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

    The released edition's bytes where there is one, else a draft as the record stands now. A long
    report comes in volumes, each in a file of its own beside the first.
    """
    kind, language, form = asked["kind"], asked["language"], asked["form"]
    folders.require(data)
    set_up(data=data)
    if form == "akn":
        raise Refusal(_("Akoma Ntoso is not available yet: choose pdf, docx, html or json."))
    if not target.absolute().parent.is_dir():
        raise Refusal(
            _("There is no folder %(folder)s: make it first, or name another with --to.")
            % {"folder": target.absolute().parent}
        )
    found = _consultation(consultation)
    files = _released(found, kind, language, form) or _draft(found, kind, language, form)
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


def _released(consultation: Any, kind: str, language: str, form: str) -> list[Made]:
    """The stored bytes of the newest released edition; nothing where there is none."""
    queries: Any = import_module("consulta.reports.queries")
    spool: Any = import_module("consulta.mailroom.spool")
    editions = [
        edition
        for edition in queries.released(consultation)
        if (edition.kind, edition.language) == (kind, language)
    ]
    if not editions:
        return []
    if form == "json":
        return [Made(f"{kind}.json", _json(editions[0].content))]
    return [
        Made(file.name, spool.locate(file.path).read_bytes())
        for file in editions[0].files.all()
        if file.format == form
    ]


def _draft(consultation: Any, kind: str, language: str, form: str) -> list[Made]:
    """The report as the record stands now; standard error says that it is a draft."""
    assembly: Any = import_module("consulta.reports.assembly")
    paper: Any = import_module("consulta.core.paper")
    renderers: Any = import_module("consulta.reports.renderers.render")
    drawn = assembly.draw_up(consultation, kind, language=language, at=datetime.now(UTC))
    click.echo(_("This is a draft: no edition of it is released in this language yet."), err=True)
    if form == "json":
        return [Made(f"{drawn.stem}.json", _json(paper.to_json(drawn)))]
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


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
