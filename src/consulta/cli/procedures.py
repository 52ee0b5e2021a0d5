"""`consulta procedures`: the procedures that exist, or one with the sentence of every rule."""

import json
from collections.abc import Iterator

import click
from django.utils.translation import gettext as _

from consulta.cli.timetable import chosen_procedure
from consulta.cli.words import LANGUAGES, speaking
from consulta.consultations import clock_document, wording
from consulta.core import procedure
from consulta.core.rules import Procedure


@click.command()
@click.argument("slug", required=False)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def procedures(*, slug: str | None, language: str, form: str) -> None:
    """List the procedures, or show the one called SLUG with its sources. Needs no database."""
    with speaking(language):
        shown = [chosen_procedure(slug)] if slug else list(map(procedure.load, procedure.slugs()))
        data = [clock_document.procedure(rules, language) for rules in shown]
        if form == "json":
            document = data[0] if slug else {"procedures": data}
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        elif slug:
            click.echo("\n".join(_page(shown[0], language)))
        else:
            click.echo("\n".join(f"{rules.slug}  {rules.title[language]}" for rules in shown))


def _page(rules: Procedure, language: str) -> Iterator[str]:
    yield rules.title[language]
    yield _("Deadlines end at %(hour)s, %(zone)s. %(source)s") % {
        "hour": rules.hour.isoformat(),
        "zone": rules.zone,
        "source": rules.instant_source,
    }
    yield _("Dates to give:")
    yield from (
        f"  {anchor.name}  {wording.anchor_name(anchor.name, rules)}" for anchor in rules.anchors
    )
    for rule in rules.rules:
        yield ""
        yield f"{wording.milestone_name(rule)} ({rule.name})"
        words = {"clause": rule.clause, "sentence": rule.source}
        yield "  " + _("%(clause)s: %(sentence)s") % words
        if rule.original:
            yield f"  {rule.original}"
        yield f"  {wording.modality(rule.modality)}"
        yield f"  {wording.ROLLS[rule.roll]}"
