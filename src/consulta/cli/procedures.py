"""`consulta procedures`: the procedures that exist, one with its sentences, or a check of a file."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from django.utils.translation import gettext as _

from consulta.cli.timetable import chosen_procedure
from consulta.cli.words import LANGUAGES, Refusal, speaking
from consulta.consultations import clock_document, wording
from consulta.core import procedure, shelf
from consulta.core.procedure import ProcedureFileError
from consulta.core.rules import MilestoneRule, Procedure


@click.command()
@click.argument("slug", metavar="[SLUG|PATH.toml]", required=False)
@click.option(
    "--check", metavar="FILE", help="Say whether FILE is a procedure, or which line to mend."
)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def procedures(*, slug: str | None, check: str | None, language: str, form: str) -> None:
    """List the procedures, show one with its sources, or check a file. Needs no database.

    With --check, exits with 1 when the file is no procedure.
    """
    with speaking(language):
        if check:
            sys.exit(_check(check, form))
        if slug:
            _show(chosen_procedure(slug), language, form)
        else:
            sys.exit(_list(language, form))


def _check(path: str, form: str) -> int:
    """Print whether the file at *path* is a procedure; return the exit code."""
    try:
        rules = shelf.read(Path(path))
    except procedure.UnreadableFileError as error:
        sentence = _("“%(slug)s” cannot be read; name a file that exists and holds UTF-8 text.")
        raise Refusal(sentence % {"slug": path}) from error
    except ProcedureFileError as error:
        _tell_slip(path, error, form)
        return 1
    found = {"file": path, "ok": True, "line": None, "where": None, "problem": None}
    sentence = _("%(file)s is a procedure: %(title)s.")
    words = {"file": path, "title": rules.title_for("en").text}
    click.echo(json.dumps(found) if form == "json" else sentence % words)
    return 0


def _tell_slip(path: str, error: ProcedureFileError, form: str) -> None:
    if form == "json":
        found = {"line": error.line, "where": error.where, "problem": error.problem}
        click.echo(json.dumps({"file": path, "ok": False, **found}, ensure_ascii=False))
    else:
        click.echo(str(error), err=True)


def _list(language: str, form: str) -> int:
    """Print the procedures that can be read, and name the slips of the others."""
    found = procedure.survey()
    if form == "json":
        data = [clock_document.procedure(rules, language) for rules in found.readable]
        click.echo(json.dumps({"procedures": data}, ensure_ascii=False, indent=2))
    else:
        lines = (f"{r.slug}  {r.title_for(language).text}" for r in found.readable)
        click.echo("\n".join(lines))
    for slip in found.slips:
        click.echo(str(slip), err=True)
    return 2 if found.slips else 0


def _show(rules: Procedure, language: str, form: str) -> None:
    if form == "json":
        data = clock_document.procedure(rules, language)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_page(rules, language)))


def _page(rules: Procedure, language: str) -> Iterator[str]:
    yield rules.title_for(language).text
    yield _("Deadlines end at %(hour)s, %(zone)s. %(source)s") % {
        "hour": rules.hour.isoformat(),
        "zone": rules.zone,
        "source": rules.instant_source,
    }
    yield _("Dates to give:")
    for anchor in rules.anchors:
        yield f"  {anchor.name}  {wording.anchor_name(anchor.name, rules)}"
    if rules.choices:
        yield _("Choices to make:")
    for choice in rules.choices:
        options = ", ".join(option.name for option in choice.options)
        yield f"  --choose {choice.name}={choice.default}  ({options})"
    for rule in rules.rules:
        yield ""
        yield from _rule(rule)


def _rule(rule: MilestoneRule) -> Iterator[str]:
    yield f"{wording.milestone_name(rule)} ({rule.name})"
    if rule.when:
        named = (f"{name}={'|'.join(options)}" for name, options in rule.when.items())
        yield "  " + _("Only with: %(options)s") % {"options": ", ".join(named)}
    words = {"clause": rule.clause, "sentence": rule.source}
    yield "  " + _("%(clause)s: %(sentence)s") % words
    if rule.original and rule.original != rule.source:
        yield f"  {rule.original}"
    if not rule.verified:
        yield "  " + _("Not verified: nobody has checked this sentence against its source.")
    yield f"  {wording.modality(rule.modality)}"
    yield f"  {wording.ROLLS[rule.roll]}"
