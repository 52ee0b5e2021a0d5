"""The procedures: every rule with its sentence, as a page, as its file, and to try out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consulta.core import procedure as procedures
from consulta.core.rules import Procedure
from consulta.web.public.shown import procedures as shown
from consulta.web.public.trying import TryForm, tried
from consulta.web.ui.downloads import SANDBOX
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=())
def every(request: HttpRequest) -> HttpResponse:
    """List the procedures."""
    context = {"procedures": shown.listed(current()), "slips": procedures.survey().slips}
    return render(request, "public/procedures.html", context)


@finished(shows="pages", query=())
def procedure(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one procedure whole; with dates in the address, the timetable that they give."""
    try:
        rules = _rules(slug)
    except procedures.ProcedureFileError as error:
        return render(
            request, "public/procedure_slip.html", {"slug": slug, "slip": error}, status=404
        )
    form = TryForm(request.GET, rules=rules)
    result = tried(form.table) if form.is_bound and form.is_valid() else None
    context = {"shown": shown.shown(rules, current()), "form": form, "tried": result}
    return render(request, "public/procedure.html", context)


@finished(shows="pages", query=())
def file(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """Hand out the file of one procedure as it is."""
    if slug not in procedures.slugs():
        raise Http404
    response = HttpResponse(shown.file_bytes(slug), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.toml"'
    response["Content-Security-Policy"] = SANDBOX
    return response


def _rules(slug: str) -> Procedure:
    try:
        return procedures.load(slug)
    except procedures.UnknownProcedureError as error:
        raise Http404 from error
