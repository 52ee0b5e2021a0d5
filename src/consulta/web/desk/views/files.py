"""The files of one response at the desk: the original for those who may see it, and its release."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.groups.permissions import Act
from consulta.mailroom import spool
from consulta.responses import attachments, whole
from consulta.responses.models import Attachment, Response
from consulta.web.desk import doing
from consulta.web.desk.access import found, on_response, person


@require_safe
@on_response(Act.SEE_RESTRICTED)
def original(_request: HttpRequest, response: Response, pk: int) -> HttpResponseBase:
    """The file as it came, saved and never shown in the browser in our name."""
    file: Attachment = found(lambda: whole.file(response, pk))
    return _download(file, file.path, original=True)


@require_safe
@on_response(Act.SEE_RESTRICTED)
def clean(_request: HttpRequest, response: Response, pk: int) -> HttpResponseBase:
    """The copy that readers get."""
    file: Attachment = found(lambda: whole.file(response, pk))
    return _download(file, file.clean_path or file.path)


@require_POST
@on_response(Act.MODERATE)
def release(request: HttpRequest, response: Response, pk: int) -> HttpResponseBase:
    """A person looked at it and lets readers have it as it came."""
    file: Attachment = found(lambda: whole.file(response, pk))
    by, reason = person(request), request.POST.get("reason", "")
    doing.attempt(
        request,
        lambda: attachments.release(file, by=by, reason=reason),
        done=_("The file is released: readers get it as it came."),
    )
    return redirect("desk:response", response.number)


def _download(file: Attachment, path: str, *, original: bool = False) -> HttpResponseBase:
    place = spool.locate(path)
    if not place.is_file():
        raise Http404
    answer = FileResponse(place.open("rb"), content_type="application/octet-stream")
    answer["Content-Disposition"] = attachments.content_disposition(file, original=original)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
