"""The repository: records and practices, each at an address that stays."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consulta.consultations import queries as consultations
from consulta.groups import queries as groups
from consulta.repository import queries
from consulta.repository.models import Practice, Record
from consulta.responses import naming
from consulta.stakeholders import queries as stakeholders
from consulta.web.public import stored
from consulta.web.public.moment import began
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@finished(shows="pages", query=())
def repository(request: HttpRequest) -> HttpResponse:
    """List the records in the order of deposit, then the practices."""
    language = current()
    records = [(r, queries.title(r, language)) for r in queries.records()]
    practices = [(p, naming.public(p.respondent)) for p in queries.practices()]
    return render(request, "public/repository.html", {"records": records, "practices": practices})


@finished(shows="pages", query=())
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one record with its text in its own language."""
    found, language = _record(slug), current()
    topic = None
    if found.consultation_id:
        whole = consultations.visible(began(request)).filter(pk=found.consultation_id).first()
        topic = consultations.topic(whole, language) if whole else None
    context = {"record": found, "title": queries.title(found, language), "topic": topic}
    return render(request, "public/record.html", context)


def record_file(_request: HttpRequest, slug: str, name: str) -> FileResponse:
    """Stream one file of a record."""
    file = next((f for f in _record(slug).files if f["name"] == name), None)
    if file is None:
        raise Http404
    return stored.download(
        stored.path(file["path"]), name=name, media_type=file.get("media_type", "")
    )


@finished(shows="pages", query=())
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one published practice."""
    try:
        found = queries.practice_by_slug(slug)
    except Practice.DoesNotExist as error:
        raise Http404 from error
    language, who = current(), naming.public(found.respondent)
    context = {
        "practice": found,
        "issue": groups.name(found.issue, language) if found.issue else None,
        "group": stakeholders.name(who.group, language) if who.group else None,
        "who": who,
    }
    return render(request, "public/practice.html", context)


def _record(slug: str) -> Record:
    try:
        return queries.record_by_slug(slug)
    except Record.DoesNotExist as error:
        raise Http404 from error
