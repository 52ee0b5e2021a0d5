"""The respondent's private page: receipt, where it stands, change, withdraw, appeal."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.consultations import queries as consultation_queries
from consulta.core.lifecycle import State, StepNotAllowedError
from consulta.reports import queries as report_queries
from consulta.responses import (
    appeals,
    drafts,
    links,
    mandate,
    queries,
    receipt,
    revision,
    signatories,
    signatories_shown,
    withdrawal,
)
from consulta.responses.errors import AppealUsedError, LinkUnknownError, NothingToAppealError
from consulta.responses.models import Response, ReturnLink
from consulta.web.public.moment import began
from consulta.web.public.respond import gate, limits, pages, people, wording
from consulta.web.public.respond import signing_copy as copied
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.public.respond.small_forms import AppealForm, WithdrawForm
from consulta.web.ui import languages


@require_safe
@private
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Show the response with its receipt and everything that happened to it."""
    try:
        response = find(request, token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    return render(request, "public/respond/mine.html", _context(request, response, token))


@require_safe
@private
def receipt_file(request: HttpRequest, token: str, ordinal: int) -> HttpResponse:
    """The receipt of one version as a file that `consulta verify` checks."""
    try:
        response = find(request, token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    version = next((v for v in queries.with_versions(response) if v.ordinal == ordinal), None)
    if version is None:
        raise Http404
    version.response = response
    answer = JsonResponse(
        receipt.document(version), json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    name = f"receipt-{response.number}-v{ordinal}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@private
@limited
def confirmation_again(request: HttpRequest, token: str) -> HttpResponse:
    """Mail the button once more."""
    try:
        response = find(request, token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    here = reverse("public:mine", args=[token])
    if response.respondent.confirmed or not response.respondent.email:
        return see_other(here)
    limits.mailing(request, "confirm", email=response.respondent.email)
    receipt.ask_again(response)
    return see_other(f"{here}?mailed=1")


@require_POST
@private
@limited
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Begin a new version in a draft; nothing changes until it is sent."""
    try:
        response = find(request, token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    if not revision.possible(response, began(request)):
        return see_other(reverse("public:mine", args=[token]))
    limits.trying(request, "change")
    opened = drafts.reopen(response, now=began(request))
    return see_other(reverse("public:draft", args=[opened.token]))


@require_http_methods(["GET", "HEAD", "POST"])
@private
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more, then withdraw."""
    try:
        response = find(request, token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    here = reverse("public:mine", args=[token])
    if not withdrawal.possible(response):
        return see_other(here)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _withdraw(response, reason=form.cleaned_data["reason"])
        return see_other(here)
    context = pages.about(response.consultation, _("Withdraw"))
    context |= {"form": form, "response": response, "here": here}
    return render(request, "public/respond/withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    """Ask that a second person look at a refusal."""
    try:
        response = find(request, token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    here = reverse("public:mine", args=[token])
    if not appeals.possible(response):
        return see_other(here)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _appeal(response, form.cleaned_data["text"])
        return see_other(here)
    context = pages.about(response.consultation, _("Appeal")) | {
        "form": form,
        "response": response,
        "here": here,
        "ground": wording.ground(response.consultation, response.ground),
    }
    return render(request, "public/respond/appeal.html", context)


@login_required
@private
def of_account(request: HttpRequest) -> HttpResponse:
    """List the responses of whoever is signed in; a button opens the private page of one."""
    user = people.account(request)
    found = list(queries.of_account(user)) if user else []
    if request.method == "POST":
        wanted = next((r for r in found if r.number == request.POST.get("number")), None)
        if wanted is None:
            raise Http404
        given = links.give(wanted, ReturnLink.Purpose.RESPONDENT, now=began(request))
        return see_other(reverse("public:mine", args=[given]))
    reader = languages.current()
    rows = [(r, consultation_queries.topic(r.consultation, reader)) for r in found]
    return render(request, "public/respond/my_responses.html", {"rows": rows})


def find(request: HttpRequest, token: str) -> Response:
    """The response behind *token*, its consultation whole. Raises LinkUnknownError."""
    now = began(request)
    response = links.find(token, ReturnLink.Purpose.RESPONDENT, now=now).response
    response.consultation = pages.consultation(response.consultation.slug, now)
    return response


def _context(request: HttpRequest, response: Response, token: str) -> dict[str, Any]:
    now = began(request)
    versions = queries.with_versions(response)
    steps, appeal = queries.steps(response), queries.appeal_of(response)
    return pages.about(response.consultation, response.number) | {
        "response": response,
        "respondent": response.respondent,
        "token": token,
        "versions": versions,
        "copies": [copied.of(response, version) for version in reversed(versions)],
        "now_words": wording.NOW[response.state],
        "is_shown": response.state == State.PUBLISHED,
        "hold_reasons": wording.hold_reasons(response),
        "ground": wording.ground(response.consultation, response.ground),
        "history": wording.history(response, versions=versions, steps=steps, appeal=appeal),
        "cited": report_queries.cited_in([response]).get(response.number, []),
        "may_change": revision.possible(response, now),
        "may_withdraw": withdrawal.possible(response),
        "may_appeal": appeals.possible(response),
        **_joint(response, now),
        "gate": gate.at(response.consultation, now),
        "sent": request.GET.get("sent"),
        "mailed": request.GET.get("mailed"),
        "private_link": request.build_absolute_uri(reverse("public:mine", args=[token])),
        "report_due": wording.report_due(response.consultation, now),
    }


def _joint(response: Response, now: datetime) -> dict[str, Any]:
    """Who signs with the sender, and what shows the mandate."""
    return {
        "signatories": signatories_shown.every(response),
        "may_ask": signatories.may_ask(response, now),
        "mandates": mandate.documents(response),
        "may_attach": mandate.may_attach(response),
    }


def _withdraw(response: Response, *, reason: str) -> None:
    """Withdraw; a second press of the button changes nothing."""
    try:
        withdrawal.withdraw(response, reason=reason)
    except StepNotAllowedError:
        return


def _appeal(response: Response, text: str) -> None:
    """Appeal; a second press of the button changes nothing."""
    try:
        appeals.appeal(response, text)
    except (AppealUsedError, NothingToAppealError):
        return
