"""Released reports of groups: everyone reads the public ones, members those of their groups."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from consulta.groups import members
from consulta.groups import queries as groups
from consulta.reports.group_reports import freezing, queries
from consulta.reports.group_reports import shown as reading
from consulta.reports.models.group_reports import GroupReport, GroupReportEdition
from consulta.web.public import stored
from consulta.web.ui.languages import current


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The released reports of every group, the latest first."""
    known = groups.groups()
    seen = [group for group in known if members.sees(request.user, group)]
    found = reading.listed(known, seen)
    return render(request, "public/group_reports.html", {"reports": found})


@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """One report: the edition in the page's language, else the first; every edition with its files."""
    found = _seen(request, slug)
    editions = [e for e in queries.editions(found) if e.released_at]
    if not editions:
        raise Http404
    newest = {edition.language: edition for edition in reversed(editions)}
    shown = newest.get(current()) or newest[editions[0].language]
    context = {
        "report": found,
        "edition": shown,
        "title": reading.title(shown),
        "editions": editions,
        "body": mark_safe(reading.body(shown)),  # noqa: S308 (our own renderer escapes every word)
    }
    answer = render(request, "public/group_report.html", context)
    if found.audience != GroupReport.Audience.PUBLIC:
        answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def file(request: HttpRequest, slug: str, pk: int, name: str) -> FileResponse:
    """Stream a file of a released edition, or one that is annexed to it."""
    found = _seen(request, slug)
    try:
        edition = GroupReportEdition.objects.get(report=found, pk=pk, released_at__isnull=False)
    except GroupReportEdition.DoesNotExist as error:
        raise Http404 from error
    one = freezing.file_named([*edition.files, *edition.annexes], name)
    if one is None:
        raise Http404
    bytes_of = stored.path(str(one["path"]))
    answer = stored.download(bytes_of, name=name, media_type=str(one["media_type"]))
    is_public = found.audience == GroupReport.Audience.PUBLIC
    return answer if is_public else stored.unshared(answer)


def _seen(request: HttpRequest, slug: str) -> GroupReport:
    """The report at *slug*; for those who may not read it there is none."""
    try:
        found = queries.by_slug(slug)
    except GroupReport.DoesNotExist as error:
        raise Http404 from error
    is_public = found.audience == GroupReport.Audience.PUBLIC
    if not is_public and not members.sees(request.user, found.group):
        raise Http404
    return found
