"""On whose behalf: documents of a mandate, the focal point, the signatories of a joint response."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consulta.groups.permissions import Act
from consulta.mailroom import spool
from consulta.responses import attachments, mandate, signatories
from consulta.responses.attachments import UploadRefusedError
from consulta.responses.models import MandateDocument, Response, Signatory
from consulta.web.desk import doing, entering
from consulta.web.desk.access import found, on_response, person

FOLDER = "spool/uploads"


@require_POST
@on_response(Act.CONFIRM_SENDER)
def mandate_act(request: HttpRequest, response: Response) -> HttpResponseBase:
    """Attach a document that came on paper, or ask the organisation's focal point."""
    by = person(request)
    if request.POST.get("what") == "ask":
        done = _("The focal point was asked by mail.")
        doing.attempt(request, lambda: mandate.ask(response, by=by), done=done)
    else:
        done = _("The document is attached. It is never published.")
        doing.attempt(request, lambda: _attach(request, response), done=done)
    return redirect("desk:response", response.number)


@require_safe
@on_response(Act.SEE_RESTRICTED)
def mandate_file(_request: HttpRequest, response: Response, pk: int) -> HttpResponseBase:
    """A document of the mandate as it came: saved, never shown in the browser in our name."""
    document: MandateDocument = found(lambda: response.mandates.get(pk=pk))
    place = spool.locate(document.path)
    if not place.is_file():
        raise Http404
    answer = FileResponse(place.open("rb"), content_type="application/octet-stream")
    name = attachments.safe_name(document.name)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@on_response(Act.CONFIRM_SENDER)
def signatory(request: HttpRequest, response: Response, pk: int) -> HttpResponseBase:
    """Confirm a signatory's mandate on evidence, or take a signatory off the list with a reason."""
    signed: Signatory = found(
        lambda: response.signatories.select_related("response__consultation").get(pk=pk)
    )
    by, words = person(request), request.POST.get("evidence", "")
    if request.POST.get("what") == "strike":
        done = _("Taken off the list of signatories.")
        doing.attempt(request, lambda: signatories.strike(signed, by=by, reason=words), done=done)
    else:
        done = _("The mandate is confirmed.")
        doing.attempt(
            request,
            lambda: signatories.confirm_mandate(signed, by=by, evidence=words),
            done=done,
        )
    return redirect("desk:response", response.number)


def _attach(request: HttpRequest, response: Response) -> None:
    """Keep the chosen document. Raises what the desk puts into words."""
    file = request.FILES.get("document")
    if file is None:
        raise UploadRefusedError
    name = attachments.safe_name(file.name or "")
    head = file.read(entering.HEAD)
    file.seek(0)
    try:
        attachments.check_upload(name, file.size or 0, mandate.documents(response), head=head)
    except UploadRefusedError as error:
        raise UploadRefusedError(name) from error
    kept = spool.keep(file.chunks(), folder=FOLDER)
    mandate.attach(response, kept, name=name, by=person(request))
