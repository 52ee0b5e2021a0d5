"""Tables to take along: an empty one to fill in, and the rows that were not taken, with why."""

import csv
import io

import openpyxl
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.comments import Comment
from openpyxl.styles import Font

from consulta.consultations.models import Consultation
from consulta.responses import import_wording as wording
from consulta.responses import importing
from consulta.responses.models import Import
from consulta.web.desk.importing.forms import choices

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a cell must not begin with, or a program could run it as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def template(consultation: Consultation) -> HttpResponse:
    """An empty workbook whose headings are understood when it comes back."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([code for code, _words in choices(consultation)])
    for cell, (_code, words) in zip(sheet[1], choices(consultation), strict=True):
        cell.font = Font(bold=True)
        cell.comment = Comment(words, "Consulta")
        sheet.column_dimensions[cell.column_letter].width = 24
    sheet.freeze_panes = "A2"
    made = io.BytesIO()
    book.save(made)
    name = f"responses-{consultation.slug}.xlsx"
    return HttpResponse(
        made.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def refused(table: Import) -> HttpResponse:
    """The rows that were not taken, with their troubles in words: mended, it can come back."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="not-taken-{table.uid}.csv"'},
    )
    response.write("\ufeff")
    out = csv.writer(response)
    out.writerow([_("Row"), _("What is wrong"), *table.headings])
    for row, why, cells in _rows(table):
        out.writerow([row, why, *map(safe, cells)])
    return response


def safe(cell: str) -> str:
    """The cell so that no program takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _rows(table: Import) -> list[tuple[int, str, tuple[str, ...]]]:
    """Each refused row with its words and its cells: of a finished import, else of the look over it."""
    if table.started_at:
        kept = {r.row: importing.read_back(r.troubles) for r in table.refused_rows.all()}
        found = (
            (line, kept[line.row]) for line in importing.lines(table, offset=0) if line.row in kept
        )
    else:
        read = importing.reader(table, now=timezone.now())
        made = ((line, read.row(line)) for line in importing.lines(table, offset=0))
        found = ((line, wrong) for line, wrong in made if isinstance(wrong, tuple))
    return [(line.row, " ".join(map(wording.trouble, why)), line.cells) for line, why in found]
