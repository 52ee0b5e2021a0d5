"""Entering a response on behalf of its author; its receipt is given at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.consultations.models import Consultation
from consulta.core.submission import SubmittedFile
from consulta.flow import journey
from consulta.groups.permissions import Act
from consulta.mailroom.spool import SpoolFullError
from consulta.responses.attachments import UploadRefusedError
from consulta.responses.receipt import Receipt
from consulta.web.desk import doing, entering, page, refusals
from consulta.web.desk.access import in_consultation, person
from consulta.web.ui.parts import Link


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.ENTER_RESPONSE)
def enter(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The form for a letter; nothing typed and no scan is lost on an error."""
    if request.method != "POST":
        form = entering.Entry(initial=entering.blank(consultation), consultation=consultation)
        return _page(request, form, [])
    form = entering.Entry(request.POST, consultation=consultation)
    files = _files(request, form)
    if form.is_valid():
        form.require_words_or(files)
    if not form.is_valid():
        return _page(request, form, files)
    by = person(request)
    given: list[Receipt] = []
    submission = entering.submission(form, files, by=by)
    refused = doing.refusal(lambda: given.append(journey.submission_arrives(submission)))
    if refused:
        form.add_error(None, refused)
        return _page(request, form, files)
    messages.success(
        request,
        _("Received under the number %(number)s. Give the respondent this number.")
        % {"number": given[0].number},
    )
    return redirect("desk:response", given[0].number)


def _files(request: HttpRequest, form: entering.Entry) -> list[SubmittedFile]:
    kept = entering.unsealed(request.POST.get("kept", ""))
    try:
        return entering.keep(request.FILES.getlist("scan"), kept)
    except UploadRefusedError as error:
        form.add_error(None, entering.refusal(error))
    except SpoolFullError as error:
        form.add_error(None, refusals.sentence(error))
    return kept


def _page(request: HttpRequest, form: entering.Entry, files: list[SubmittedFile]) -> HttpResponse:
    context = {
        "form": form,
        "refused": form.is_bound,
        "files": files,
        "sealed": entering.sealed(files),
    }
    trail = [Link(label=_("Enter a response"))]
    return page.show(request, "enter.html", context, consultation=form.consultation, trail=trail)
