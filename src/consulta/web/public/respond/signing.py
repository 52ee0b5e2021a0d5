"""Joint responses: the sender names signatories; each signs, declines or withdraws. No GET acts."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.core.submission import RespondentKind
from consulta.responses import queries, signatories, signatories_letters, signatories_shown
from consulta.responses.errors import ClosedError, LinkUnknownError
from consulta.responses.models import Response, Signatory
from consulta.responses.signatories import (
    AskedAlreadyError,
    ChangedMeanwhileError,
    Named,
    SenderNotConfirmedError,
    TooManySignatoriesError,
)
from consulta.stakeholders import queries as stakeholders
from consulta.web.public.moment import began
from consulta.web.public.respond import asked as asking
from consulta.web.public.respond import limits, mine, pages, signing_copy
from consulta.web.public.respond.forms import LineField
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.public.respond.small_forms import address_field
from consulta.web.ui import languages

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


class SignatoryForm(forms.Form):
    """Who is to sign."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.fields["kind"] = forms.ChoiceField(
            label=_("Signs"),
            choices=[
                (RespondentKind.ORGANISATION.value, _("for an organisation or a government")),
                (RespondentKind.INDIVIDUAL.value, _("as an individual")),
            ],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose who signs: an organisation or an individual.")},
        )
        self.fields["name"] = LineField(
            label=_("Name"),
            max_length=300,
            help_text=_("The organisation's full name, or the person's, as it is to be published."),
            error_messages={"required": _("Give the name that is to stand under the response.")},
        )
        self.fields["email"] = address_field(_("Never published. The button goes there."))
        self._add_places()

    def clean(self) -> dict[str, Any]:
        """An organisation has a stakeholder group."""
        data = super().clean() or {}
        organisation = data.get("kind") == RespondentKind.ORGANISATION
        if organisation and not data.get("stakeholder_group") and asking.groups():
            self.add_error(
                "stakeholder_group", _("Choose the stakeholder group of the organisation.")
            )
        return data

    def named(self) -> Named:
        """Whom a valid form names."""
        data = self.cleaned_data
        return Named(
            kind=data["kind"],
            name=data["name"],
            email=data["email"],
            language=data["language"],
            country=data["country"],
            group=stakeholders.by_slug(data["stakeholder_group"]),
        )

    def _add_places(self) -> None:
        self.fields["stakeholder_group"] = forms.ChoiceField(
            label=_("Stakeholder group"),
            required=False,
            choices=[("", _("Choose one")), *asking.groups()],
            help_text=_("Needed for an organisation."),
        )
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"),
            required=False,
            choices=[("", _("None, or international")), *asking.countries()],
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of the mail"), choices=list(languages.names().items())
        )


@READ_OR_POST
@private
@limited
def named(request: HttpRequest, token: str) -> HttpResponse:
    """The sender's page: who was asked, what they answered, and one more to ask."""
    try:
        response = mine.find(request, token)
    except LinkUnknownError:
        return pages.unknown_link(request)
    if request.method != "POST":
        return _show(request, response, token)
    act, _colon, value = request.POST.get("act", "").partition(":")
    pk = int(value[:18]) if value.isdecimal() else 0
    if act == "ask":
        return _ask(request, response, token)
    if act == "again":
        waiting = response.signatories.filter(pk=pk).first()
        limits.mailing(request, "sign", email=waiting.email if waiting else "")
        signatories.ask_again(response, pk)
    if act == "off":
        signatories.take_off(response, pk)
    return see_other(f"{reverse('public:mine_signatories', args=[token])}?done={act}")


@READ_OR_POST
@private
@limited
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """The signatory's page: the words, and the buttons."""
    try:
        signatory = _find(request, token)
    except LinkUnknownError:
        return _unknown(request)
    if request.method != "POST":
        return _words(request, signatory, token)
    ordinal, act = request.POST.get("version", ""), request.POST.get("act", "")
    try:
        if act == "sign" and ordinal.isdecimal():
            at = int(ordinal[:5])
            signatories.sign(signatory, ordinal=at, token=token, now=began(request))
        if act == "decline":
            signatories.decline(signatory)
        if act == "withdraw":
            signatories.withdraw(signatory)
    except ChangedMeanwhileError:
        return _words(request, signatory, token, changed=True)
    except ClosedError:
        return _words(request, signatory, token, status=409)
    return see_other(reverse("public:sign", args=[token]))


@require_safe
@private
def receipt_file(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt of the signature, as a file whose commitment anyone can compute again."""
    try:
        signatory = _find(request, token)
    except LinkUnknownError:
        return _unknown(request)
    if signatory.state != Signatory.State.CONFIRMED:
        raise Http404
    told = signatories_shown.document(signatory)
    answer = JsonResponse(told, json_dumps_params={"indent": 2, "ensure_ascii": False})
    name = f"signature-{signatory.response.number}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _ask(request: HttpRequest, response: Response, token: str) -> HttpResponse:
    form = SignatoryForm(request.POST)
    if not form.is_valid():
        return _show(request, response, token, form=form)
    limits.mailing(request, "sign", email=form.cleaned_data["email"])
    try:
        signatories.ask(response, form.named(), now=began(request))
    except AskedAlreadyError:
        form.add_error("email", _("Somebody with this address sent the response or was asked."))
    except TooManySignatoriesError:
        most = {"n": signatories.MOST}
        form.add_error(None, _("Up to %(n)s signatories can be asked; there is no room.") % most)
    except SenderNotConfirmedError:
        form.add_error(None, _("First confirm your own address, then others can be asked."))
    except ClosedError:
        form.add_error(None, _("Signatories are named until the close, which has passed."))
    if form.errors:
        return _show(request, response, token, form=form)
    return see_other(f"{reverse('public:mine_signatories', args=[token])}?done=ask")


def _show(
    request: HttpRequest, response: Response, token: str, *, form: SignatoryForm | None = None
) -> HttpResponse:
    rows = signatories_shown.every(response)
    context = pages.about(response.consultation, _("Signatories")) | {
        "response": response,
        "signatories": [(row, row.get_state_display()) for row in rows],
        "form": form or SignatoryForm(initial={"language": languages.current()}),
        "may_ask": signatories.may_ask(response, began(request)),
        "confirmed": response.respondent.confirmed,
        "here": reverse("public:mine", args=[token]),
        "said": _said(request.GET.get("done", "")),
    }
    status = 422 if form else 200
    return render(request, "public/respond/signatories.html", context, status=status)


def _words(
    request: HttpRequest,
    signatory: Signatory,
    token: str,
    *,
    changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    signatory.refresh_from_db(fields=["state", "version", "answered_at", "commitment"])
    response, group = signatory.response, signatory.stakeholder_group
    version = queries.with_versions(response)[-1]
    reader = languages.current()
    context = pages.about(response.consultation, _("Sign a response")) | {
        "signatory": signatory,
        "response": response,
        "sender": signatories_letters.sender(signatory),
        "group": stakeholders.name(group, reader).text if group else "",
        "copy": signing_copy.for_others(response, version),
        "state": signatory.state,
        "may_sign": signatories.may_sign(response, began(request)),
        "newer": signatory.version is not None and signatory.version.ordinal < version.ordinal,
        "changed": changed,
        "token": token,
    }
    status = 409 if changed else status
    return render(request, "public/respond/sign.html", context, status=status)


def _find(request: HttpRequest, token: str) -> Signatory:
    found = signatories.find(token)
    response = found.response
    response.consultation = pages.consultation(response.consultation.slug, began(request))
    return found


def _unknown(request: HttpRequest) -> HttpResponse:
    context = {
        "title": _("This link does not open anything"),
        "body": _(
            "It is not whole, a newer one was mailed to you, or you were taken off the list. Open the"
            " latest mail about the response, or ask its sender."
        ),
    }
    return render(request, "public/respond/said.html", context, status=404)


def _said(done: str) -> str:
    return {
        "ask": _("The button is on its way. The name is shown once it is pressed."),
        "again": _("A new button is on its way. The earlier one opens nothing any more."),
        "off": _("Taken off the list. Nobody is told."),
    }.get(done, "")
