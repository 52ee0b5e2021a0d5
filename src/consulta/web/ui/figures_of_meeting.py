"""Who took part in a meeting, counted, as tables for a page: by mode, group, region and country."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from consulta.core import regions
from consulta.core.multilingual import choose
from consulta.live.models import Mode, Registration
from consulta.meetings.models import Meeting
from consulta.stakeholders import queries as stakeholders
from consulta.web.ui.languages import current
from consulta.web.ui.templatetags.ui import country, digits

#: Above so many lines a table is cut: the rest is in the file.
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Tabled:
    """One table: caption, heads of columns, rows of a name and two numbers."""

    caption: str
    columns: list[str]
    rows: list[list[str]]


def tables(meeting: Meeting, figures: Mapping[str, Any]) -> list[Tabled]:
    """The tables of *figures*, whose shape is that of ParticipationFigures; empty ones left out."""
    columns = [_("Who"), _("Persons registered"), _("Persons present")]
    total = [_("Altogether"), digits(figures["registered"]), digits(figures["present"])]
    named = _names(meeting)
    found = [Tabled(_("Who took part"), columns, [total, *_rows(figures, "mode", named["mode"])])]
    for dimension, caption in (
        ("role", _("Who took part, by place in the group")),
        ("group", _("Who took part, by stakeholder group")),
        ("region", _("Who took part, by region")),
        ("country", _("Who took part, by country")),
    ):
        rows = _rows(figures, dimension, named[dimension])
        if len(rows) > 1 or (rows and dimension != "role"):
            found.append(Tabled(caption, columns, rows[:LONGEST]))
    return found


def _rows(figures: Mapping[str, Any], dimension: str, named: Any) -> list[list[str]]:
    counted = figures["by"].get(dimension, {})
    rows = [[named(value), digits(line[0]), digits(line[1])] for value, line in counted.items()]
    return sorted(rows, key=lambda row: row[0].casefold())


def _names(meeting: Meeting) -> dict[str, Any]:
    modes, roles = dict(Mode.choices), dict(Registration.Role.choices)
    groups = {
        group.slug: stakeholders.name(group, current()).text
        for group in stakeholders.stakeholder_groups()
    }
    into = regions.for_body(meeting.group.body.slug if meeting.group else "")
    return {
        "mode": lambda value: str(modes.get(value, value)).capitalize(),
        "role": lambda value: str(roles.get(value, value)).capitalize(),
        "group": lambda value: groups.get(value, value) or _("None"),
        "region": lambda value: _region(into, value),
        "country": lambda value: country(value) if value else _("None, or international"),
    }


def _region(into: regions.Regions, slug: str) -> str:
    if slug == regions.NOT_SHOWN:
        return _("None, or international")
    if slug == regions.OTHER:
        return _("Other")
    return choose(into.names.get(slug, {}), current()).text or slug
