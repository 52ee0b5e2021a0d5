"""How far the files of an edition are, and what they could not print, as the desk shows it."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from consulta.reports import making, printed
from consulta.reports.models import Edition
from consulta.web.desk.reporting import shown
from consulta.web.ui.templatetags.ui import digits

#: More files of one format than these are folded.
OPEN = 3
#: So many lines are shown of what was replaced; the documents list the rest.
LINES = 100


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one format, the index first."""

    format: str
    files: list[dict[str, str]]
    folded: bool


def of(edition: Edition) -> dict[str, Any]:
    """What the edition's page says of its files: progress, files by format, what was replaced."""
    if edition.rendered_at is None:
        return {"progress": making.progress(edition)}
    found = printed.replaced(edition)
    return {
        "by_format": _by_format(edition),
        "replaced": [_line(each) for each in found[:LINES]],
        "more_replaced": max(0, len(found) - LINES),
        "columns": [_("Sign or word"), _("Unicode"), _("Times"), _("What was done"), _("Formats"),
                    _("Responses")],
    }  # fmt: skip


def _by_format(edition: Edition) -> list[Files]:
    rows = list(zip(edition.files.all(), shown.files(edition), strict=True))
    kinds = dict.fromkeys(file.format for file, _told in rows)
    grouped = {kind: [told for file, told in rows if file.format == kind] for kind in kinds}
    return [Files(kind.upper(), told, len(told) > OPEN) for kind, told in grouped.items()]


def _line(each: printed.Replaced) -> list[str]:
    done = {
        "by_number": _("Shown as its Unicode number"),
        "left_out": _("Left out: it shows nothing and can mislead"),
        "made_breakable": _("A long word: may break at the end of a line"),
        "shortened": _("Shortened"),
    }
    formats = ", ".join(kind.upper() for kind in each.formats)
    sign, name, formats = map(_foreign, (each.sign, each.name, formats))
    return [sign, name, digits(each.times), done[each.done], formats, _where(each)]


def _where(each: printed.Replaced) -> str:
    """The responses in which it stood, and the places in the document's own words."""
    own = [
        _("in this document, under “{title}”").format(title=title)
        if title
        else _("on the first page")
        for title in each.under
    ]
    numbers = [_foreign(", ".join(each.where))] if each.where else []
    return format_html_join("; ", "{}", ((said,) for said in [*numbers, *own])) or "—"


def _foreign(words: str) -> str:
    """Codes and numbers, which run from left to right on every page."""
    return format_html('<bdi lang="en" dir="ltr">{}</bdi>', words)
