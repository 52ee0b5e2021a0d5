"""Files: the frame out and in, and every coding for researchers."""

import csv
import json
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.analysis.coding import exchange, listing, queries
from consulta.analysis.coding.errors import CodingError
from consulta.analysis.models import CodingFrame
from consulta.consultations.models import Consultation
from consulta.core import coding_frame
from consulta.core.coding_frame import FrameUnreadableError
from consulta.groups.permissions import Act
from consulta.web.desk import page
from consulta.web.desk.access import in_consultation, person
from consulta.web.desk.coding import refused, shown
from consulta.web.desk.coding.forms import TakeForm, UploadForm
from consulta.web.desk.importing.tables import safe
from consulta.web.ui.parts import Link


@require_safe
@in_consultation(Act.SEE_DESK)
def frame_csv(_request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The frame as a table."""
    response = _file(f"{consultation.slug}-coding-frame.csv", "text/csv")
    response.write("\ufeff")
    out = csv.writer(response)
    for row in coding_frame.as_rows(exchange.rows(consultation)):
        out.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])
    return response


@require_safe
@in_consultation(Act.SEE_DESK)
def frame_json(_request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The frame as one JSON document."""
    language = queries.frame(consultation).language
    response = _file(f"{consultation.slug}-coding-frame.json", "application/json")
    response.write(coding_frame.as_json(exchange.rows(consultation), language=language))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.EDIT_REPORT)
def bring_in(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Bring in codes from a file, or from the frame of another consultation."""
    others = queries.frames_elsewhere(consultation, seen_by=person(request))
    upload, take, why = UploadForm(), TakeForm(None, frames=others), ""
    if request.method == "POST" and "other" in request.POST:
        take = TakeForm(request.POST, frames=others)
        if take.is_valid():
            other = next(f for f in others if f.pk == take.cleaned_data["other"])
            return _told(request, consultation, _take(request, consultation, other))
        why = _("Choose a consultation.")
    elif request.method == "POST":
        upload = UploadForm(request.POST, request.FILES)
        why = _("Nothing was brought in: see below.")
        if upload.is_valid():
            try:
                read = coding_frame.read(upload.cleaned_data["frame"].read())
                made = exchange.bring_in(consultation, read, by=person(request))
                return _told(request, consultation, made)
            except FrameUnreadableError as error:
                why = refused.unreadable(error)
            except CodingError as error:
                why = refused.sentence(error)
    context = {"upload": upload, "take": take, "others": others, "refused": why}
    trail = [shown.home(consultation), Link(label=_("Bring in codes"))]
    return page.show(
        request, "coding/bring_in.html", context, consultation=consultation, trail=trail
    )


@require_safe
@in_consultation(Act.SEE_DESK)
def codings_csv(_request: HttpRequest, consultation: Consultation) -> StreamingHttpResponse:
    """Every coding as a line of a table."""
    out = csv.writer(_Echo())
    told = (
        out.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row.values()])
        for row in listing.every(consultation)
    )
    head = out.writerow(listing.COLUMNS)
    return _stream(f"{consultation.slug}-codings.csv", "text/csv", _with("\ufeff" + head, told))


@require_safe
@in_consultation(Act.SEE_DESK)
def codings_json(_request: HttpRequest, consultation: Consultation) -> StreamingHttpResponse:
    """Every coding as an object of one JSON list, after the frame."""
    rows = listing.every(consultation)
    frame = coding_frame.as_json(
        exchange.rows(consultation), language=queries.frame(consultation).language
    )
    head = frame.rstrip().removesuffix("}").rstrip() + ',\n  "codings": ['
    told = (
        ("\n    " if place == 0 else ",\n    ") + json.dumps(row, ensure_ascii=False)
        for place, row in enumerate(rows)
    )
    return _stream(
        f"{consultation.slug}-codings.json", "application/json", _with(head, told, "\n  ]\n}\n")
    )


class _Echo:
    """What a writer of tables writes to: hands each line back."""

    def write(self, line: str) -> str:
        return line


def _take(request: HttpRequest, consultation: Consultation, other: CodingFrame) -> tuple[int, int]:
    return exchange.take_from(consultation, other.consultation, by=person(request))


def _told(request: HttpRequest, consultation: Consultation, made: tuple[int, int]) -> HttpResponse:
    said = _("Codes brought in: %(new)s. Here already, by their names: %(known)s.")
    messages.success(request, said % {"new": made[0], "known": made[1]})
    return redirect("desk:coding", consultation.slug)


def _with(first: str, rest: Iterator[str], last: str = "") -> Iterator[str]:
    yield first
    yield from rest
    if last:
        yield last


def _stream(name: str, media_type: str, pieces: Iterator[str]) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        pieces,
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _file(name: str, media_type: str) -> HttpResponse:
    return HttpResponse(
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
