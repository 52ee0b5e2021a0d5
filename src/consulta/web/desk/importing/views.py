"""Pages of an import: upload, columns with a look at every row, progress."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from consulta.adapters.sheets.problems import SheetError
from consulta.consultations.models import Consultation
from consulta.core.plaintext import one_line
from consulta.groups.permissions import Act
from consulta.mailroom.spool import SpoolFullError
from consulta.responses import import_wording as wording
from consulta.responses import importing
from consulta.responses.importing import ImportRunsError, NoAnswerColumnError
from consulta.responses.models import Import
from consulta.stakeholders import queries as stakeholders
from consulta.web.desk import page, refusals
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.importing import tables
from consulta.web.desk.importing.forms import Columns, Upload
from consulta.web.ui import languages
from consulta.web.ui.parts import Link


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.ENTER_RESPONSE)
def imports(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The tables brought in so far, and the form for another."""
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if form.is_bound and form.is_valid():
        kept = _keep(request, consultation, form)
        if kept is not None:
            return redirect("desk:import", consultation.slug, kept.uid)
    context = {"form": form, "refused": bool(form.errors), "tables": importing.of(consultation)}
    return page.show(
        request, "importing/imports.html", context, consultation=consultation, trail=_trail()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.ENTER_RESPONSE)
def table(request: HttpRequest, consultation: Consultation, uid: UUID) -> HttpResponse:
    """One table: its columns until it begins, then how far it is."""
    brought = _found(consultation, uid)
    if brought.started_at:
        return _progress(request, brought)
    said = {name: getattr(brought, name) for name in ("language", "vouched", "by_mail")}
    form = Columns(request.POST or None, table=brought, initial=said)
    if form.is_bound and form.is_valid() and _chosen(request, brought, form):
        return redirect("desk:import", consultation.slug, uid)
    context = {"form": form, "refused": bool(form.errors), "table": brought}
    context |= _overview(brought)
    return page.show(
        request,
        "importing/columns.html",
        context,
        consultation=consultation,
        trail=_trail(brought),
    )


@require_safe
@in_consultation(Act.ENTER_RESPONSE)
def refused(request: HttpRequest, consultation: Consultation, uid: UUID) -> HttpResponse:  # noqa: ARG001
    """The rows that were not taken, as a table to mend."""
    return tables.refused(_found(consultation, uid))


@require_GET
@in_consultation(Act.ENTER_RESPONSE)
def template(request: HttpRequest, consultation: Consultation) -> HttpResponse:  # noqa: ARG001
    """An empty table to fill in."""
    return tables.template(consultation)


def _found(consultation: Consultation, uid: UUID) -> Import:
    brought: Import = found(lambda: importing.find(consultation, str(uid)))
    return brought


def _keep(request: HttpRequest, consultation: Consultation, form: Upload) -> Import | None:
    """Keep the file; None where it cannot be read, and the form says why."""
    file: UploadedFile[Any] = form.cleaned_data["table"]
    with tempfile.NamedTemporaryFile(prefix="consulta-table-") as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        try:
            return importing.keep(
                consultation,
                Path(copy.name),
                name=one_line(file.name or ""),
                by=person(request),
            )
        except SheetError as error:
            form.add_error("table", wording.problem(error.problem))
        except SpoolFullError as error:
            form.add_error("table", refusals.sentence(error))
    return None


def _chosen(request: HttpRequest, brought: Import, form: Columns) -> bool:
    """Keep what was said of the columns; begin, where the button for it was pressed."""
    said = {name: form.cleaned_data[name] for name in ("language", "vouched", "by_mail")}
    try:
        importing.choose(brought, form.mapped(), **said)
        if "start" in request.POST:
            importing.start(brought, by=person(request))
    except NoAnswerColumnError:
        form.add_error(None, _("No column holds an answer yet: choose which one does."))
        return False
    except ImportRunsError:
        messages.info(request, _("This import has begun already."))
        return True
    if "start" in request.POST:
        messages.success(request, _("The import has begun. You may leave this page."))
    return True


def _overview(brought: Import) -> dict[str, Any]:
    seen = importing.look_over(brought, now=timezone.now())
    reader, known = languages.current(), stakeholders.stakeholder_groups()
    groups = {group.slug: stakeholders.name(group, reader).text for group in known}
    return {
        "first": [
            (row, m, groups.get(m.respondent.stakeholder_group, "")) for row, m in seen.first
        ],
        "seen": seen,
        "fresh": seen.good - seen.repeated,
        "troubles": [(wording.kind(kind), count) for kind, count in seen.troubles.items()],
        "refused_rows": [(row, [wording.trouble(t) for t in why]) for row, why in seen.refused],
        "held": [wording.what(held) for held in importing.mapping(brought).values()],
    }


def _progress(request: HttpRequest, brought: Import) -> HttpResponse:
    running = not (brought.finished_at or brought.stopped)
    context = {
        "table": brought,
        "running": running,
        "stopped": wording.stopped(brought.stopped) if brought.stopped else "",
        "refused_rows": [
            (row.row, [wording.trouble(t) for t in importing.read_back(row.troubles)])
            for row in brought.refused_rows.all()[:40]
        ],
        "responses_href": reverse("desk:responses", args=[brought.consultation.slug])
        + "?channel=import",
    }
    return page.show(
        request,
        "importing/progress.html",
        context,
        consultation=brought.consultation,
        trail=_trail(brought),
    )


def _trail(brought: Import | None = None) -> list[Link]:
    first = Link(label=_("Import a table"))
    if brought is None:
        return [first]
    href = reverse("desk:imports", args=[brought.consultation.slug])
    return [Link(label=first.label, href=href), Link(label=brought.name)]
