"""Mandates: the sender attaches a document; the focal point says whether a response speaks for it."""

from typing import Any, cast

from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.accounts.models import User
from consulta.consultations import queries as consultation_queries
from consulta.mailroom.spool import SpoolFullError
from consulta.responses import attachments, mandate, queries
from consulta.responses.attachments import UploadRefusedError
from consulta.responses.errors import LinkUnknownError
from consulta.responses.mandate import (
    AnsweredAlreadyError,
    AskedLatelyError,
    NoFocalPointError,
    NotAnOrganisationError,
    TooManyDocumentsError,
)
from consulta.responses.models import MandateRequest, Response
from consulta.web.public.moment import began
from consulta.web.public.respond import limits, mine, pages, people, signing_copy, uploads
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.public.respond.signing import READ_OR_POST
from consulta.web.ui import languages

ANSWERS = {answer.value: answer for answer in MandateRequest.Answer}


@READ_OR_POST
@private
@limited
def of_sender(request: HttpRequest, token: str) -> HttpResponse:
    """The sender's page: documents that show the mandate, and the question to the focal point."""
    try:
        response = mine.find(request, token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    if not mandate.may_attach(response):
        return see_other(reverse("public:mine", args=[token]))
    act = request.POST.get("act", "")
    if request.method != "POST" or act not in ("attach", "ask"):
        return _show(request, response, token)
    refused = _attach(request, response) if act == "attach" else _ask(request, response)
    if refused:
        return _show(request, response, token, refused=refused)
    return see_other(f"{reverse('public:mine_mandate', args=[token])}?done={act}")


@READ_OR_POST
@private
@limited
def focal(request: HttpRequest, token: str) -> HttpResponse:
    """The focal point's page behind the mailed link: the words, yes and no."""
    now = began(request)
    try:
        asked = mandate.find(token, now=now)
    except LinkUnknownError:
        return _unknown(request)
    said = ANSWERS.get(request.POST.get("answer", "")) if request.method == "POST" else None
    if said:
        try:
            mandate.answer(asked, said)
        except AnsweredAlreadyError:
            asked.refresh_from_db()
        return see_other(reverse("public:mandate", args=[token]))
    response = asked.response
    response.consultation = pages.consultation(response.consultation.slug, now)
    context = pages.about(response.consultation, _("Confirm a mandate"))
    context |= _claim(response) | {"asked": asked}
    return render(request, "public/respond/mandate.html", context)


@login_required
@READ_OR_POST
@private
def signed_in(request: HttpRequest) -> HttpResponse:
    """A focal point who is signed in: the claims that wait, each with its two buttons."""
    user = cast(User, request.user)
    found = EmailAddress.objects.filter(user=user, verified=True)
    addresses = [str(row.email) for row in found] if people.account(request) else []
    rows = list(mandate.waiting_for(addresses)[:50])
    if request.method == "POST":
        refused = _answer(request, rows, user, addresses)
        if not refused:
            return see_other(f"{reverse('public:mandates')}?done=1")
        return _list(request, rows, refused=refused)
    return _list(request, rows)


def _answer(request: HttpRequest, rows: list[Response], user: User, addresses: list[str]) -> str:
    """Take down what the focal point says; what did not work, in a sentence."""
    wanted = next((r for r in rows if r.number == request.POST.get("number")), None)
    said = ANSWERS.get(request.POST.get("answer", ""))
    sentence = _("This does not wait for you any more. What still does is listed here.")
    if wanted is None or said is None:
        return sentence
    try:
        mandate.answer_signed_in(wanted, said, by=user, addresses=addresses)
    except (NoFocalPointError, AnsweredAlreadyError):
        return sentence
    return ""


def _list(request: HttpRequest, rows: list[Response], *, refused: str = "") -> HttpResponse:
    reader = languages.current()
    shown = [
        _claim(row)
        | {
            "topic": consultation_queries.topic(row.consultation, reader),
            "zone": row.consultation.timezone,
        }
        for row in rows
    ]
    said = _("Your answer stands on record.") if request.GET.get("done") else ""
    context = {"rows": shown, "refused": refused, "said": said}
    status = 409 if refused else 200
    return render(request, "public/respond/mandates.html", context, status=status)


def _claim(response: Response) -> dict[str, Any]:
    version = queries.with_versions(response)[-1]
    return {
        "response": response,
        "respondent": response.respondent,
        "copy": signing_copy.for_others(response, version),
    }


def _attach(request: HttpRequest, response: Response) -> str:
    """Keep the chosen document; what did not work, in a sentence."""
    file: UploadedFile[Any] | None = request.FILES.get("document")
    if file is None:
        return _("No document was chosen. Choose one, then press the button again.")
    name = attachments.safe_name(file.name or "")
    try:
        head = file.read(uploads.HEAD)
        file.seek(0)
        attachments.check_upload(name, file.size or 0, mandate.documents(response), head=head)
        limits.trying(request, "mandate")
        mandate.attach(response, uploads.kept(file), name=name)
    except UploadRefusedError as error:
        return uploads.refusal(error, name=name)
    except TooManyDocumentsError:
        return _("Up to %(n)s documents are taken. Write to the institution to send more.") % {
            "n": mandate.MOST
        }
    except NotAnOrganisationError:
        return _("This response speaks for an individual, so there is no mandate to show.")
    except SpoolFullError:
        return _("The document could not be kept: our disk is full. Please try again later.")
    return ""


def _ask(request: HttpRequest, response: Response) -> str:
    """Ask the focal point; what did not work, in a sentence."""
    if not response.respondent.confirmed:
        return _("First confirm your own address by the button that we mailed you.")
    known = mandate.focal_point(response)
    limits.mailing(request, "mandate", email=known.focal_point if known else "")
    try:
        mandate.ask(response)
    except NoFocalPointError:
        return _("No focal point is known of this organisation. Attach a document instead.")
    except AskedLatelyError:
        return _("The focal point was asked less than a day ago. Please try again tomorrow.")
    return ""


def _show(
    request: HttpRequest, response: Response, token: str, *, refused: str = ""
) -> HttpResponse:
    context = pages.about(response.consultation, _("Mandate")) | {
        "response": response,
        "respondent": response.respondent,
        "documents": mandate.documents(response),
        "focal": mandate.focal_point(response),
        "requests": mandate.requests(response),
        "here": reverse("public:mine", args=[token]),
        "refused": refused,
        "said": _said(request.GET.get("done", "")),
        "max_total": attachments.MAX_TOTAL,
        "most": mandate.MOST,
        "accepted_files": attachments.ACCEPT,
    }
    status = 422 if refused else 200
    return render(request, "public/respond/mandate_mine.html", context, status=status)


def _said(done: str) -> str:
    return {
        "attach": _("The document is attached. Only officers can read it."),
        "ask": _("The question is on its way to the focal point."),
    }.get(done, "")


def _unknown(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("This link does not open anything"),
        "body": _(
            "It is not whole, or its time is over. Copy the whole address from the mail, sign in with"
            " the focal point's address, or ask the institution for a new mail."
        ),
    }
    return render(request, "public/respond/said.html", context, status=404)
