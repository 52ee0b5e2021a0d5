"""Writing: the form, the draft behind its return link. Every save keeps all of it; checking comes after."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consulta.accounts.ratelimit import TooOftenError
from consulta.consultations.models import Consultation
from consulta.responses import asking as reasking
from consulta.responses import attachments, drafts, receipt, recovery, sharing
from consulta.responses import sharing_together as together
from consulta.responses.errors import DraftUnknownError
from consulta.responses.models import Draft
from consulta.web.public.moment import began
from consulta.web.public.respond import asked as asking
from consulta.web.public.respond import (
    gate,
    limits,
    offline,
    pages,
    people,
    sharing_shown,
    typed,
    uploads,
)
from consulta.web.public.respond.forms import ResponseForm
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui import languages
from consulta.web.ui.finished import finished
from consulta.web.ui.templatetags.ui import zone_name

AUTOSAVE = "X-Autosave"
READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
#: New drafts from one client in an hour: an office behind one address has room.
PER_CLIENT = 300


@finished(shows="pages", query=())
@csrf_exempt  # whatever happened to its cookie, what was typed is kept; sending has its own token
@READ_OR_POST
@limited
def respond(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the empty form; its first save makes a draft and goes on to the draft's own address."""
    now = began(request)
    consultation = pages.consultation(slug, now)
    if request.method == "POST":
        return _begin(request, consultation)
    opening = gate.at(consultation, now)
    context = pages.about(consultation, _("Respond")) | {"gate": opening}
    if not opening.takes:
        return render(request, "public/respond/not_open.html", context)
    asked = asking.of(consultation)
    user = people.account(request)
    initial = people.known(user) | {"language": languages.current()}
    context |= {"form": ResponseForm(asked=asked, initial=initial), "account": user}
    return render(request, "public/respond/form.html", context | _limits())


@csrf_exempt  # its secret is in the address; a session that changed meanwhile loses no words
@READ_OR_POST
@private
@limited
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show the draft as it was typed, or save it and do what the button says."""
    try:
        found = find(request, token)
    except DraftUnknownError:
        return pages.unknown_link(request)
    if found.sent_at is not None:
        return sent(request, found, token)
    if request.method != "POST":
        return show(request, found, token)
    return _act(request, found, token)


def find(request: HttpRequest, token: str) -> Draft:
    """The draft behind *token*, its consultation whole. Raises DraftUnknownError."""
    found = sharing.find(token, now=began(request)).draft
    found.consultation = pages.consultation(found.consultation.slug, began(request))
    return found


def asked_of(draft: Draft) -> asking.Asked:
    """What the form of *draft* asks: a new version keeps its respondent."""
    return asking.of(draft.consultation, details=draft.response_id is None)


def checked(draft: Draft) -> ResponseForm:
    """The form of *draft* with everything checked that is kept."""
    asked = asked_of(draft)
    data = typed.form_data(draft.content, asked)
    return ResponseForm(data, asked=asked, files=draft.files.count())


def sent(request: HttpRequest, draft: Draft, token: str) -> HttpResponse:
    """The draft was sent already: a press of any button leads to the receipt."""
    writes = sharing.colleague(draft, token)
    leads = writes is None or writes.is_lead
    if request.method == "POST" and draft.response is not None and leads:
        return see_other(reverse("public:mine", args=[receipt.again(draft.response).mine]))
    context = pages.about(draft.consultation, _("Sent"))
    context |= {"draft": draft, "here": reverse("public:draft", args=[token]), "leads": leads}
    return render(request, "public/respond/sent_already.html", context)


def show(
    request: HttpRequest,
    draft: Draft,
    token: str,
    *,
    form: ResponseForm | None = None,
    refused: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The draft's page. *refused*: sentences about files or acts that did not work."""
    form = form or _form(request, draft)
    path = reverse("public:draft", args=[token])
    context = pages.about(draft.consultation, _("Your draft")) | {
        "form": form,
        "draft": draft,
        "here": path,
        "token": token,
        "return_link": request.build_absolute_uri(path),
        "seen": typed.stamp(draft.saved_at),
        "was": together.digests(draft.content),
        "refused": refused,
        "gate": gate.at(draft.consultation, began(request), draft=draft),
        "account": people.account(request),
        "mailed": request.GET.get("mailed"),
        "saved": request.GET.get("saved"),
        "was_read": request.GET.get("read"),
    }
    return render(request, "public/respond/form.html", context | _held(draft, token), status=status)


def _form(request: HttpRequest, draft: Draft) -> ResponseForm:
    """What the draft holds, with what is wrong with it where that is asked for."""
    if request.GET.get("check"):
        return checked(draft)
    asked = asked_of(draft)
    return ResponseForm(asked=asked, initial=typed.form_data(draft.content, asked))


def _begin(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Keep the first save, even when the close has passed: what was typed is never lost."""
    now = began(request)
    if not consultation.announced_at or (consultation.opens_at and now < consultation.opens_at):
        return see_other(reverse("public:respond", args=[consultation.slug]))
    limits.trying(request, "draft", limit=PER_CLIENT)
    content = _read(request, asking.of(consultation))
    opened = drafts.begin(consultation, content, now=now, account=people.account(request))
    begun = find(request, opened.token)
    if request.POST.get("act") == "check" and not request.FILES and not checked(begun).is_valid():
        return see_other(f"{reverse('public:draft', args=[opened.token])}?check=1")
    return _act(request, begun, opened.token, saved=True)


def _act(request: HttpRequest, draft: Draft, token: str, *, saved: bool = False) -> HttpResponse:
    """Save first, then do what the button says."""
    if not saved:
        _save(request, draft, token)
    here = reverse("public:draft", args=[token])
    if request.headers.get(AUTOSAVE):
        return _autosaved(request, draft, token)
    files = cast("list[UploadedFile[Any]]", request.FILES.getlist("files"))
    refused = uploads.add(draft, files, client=limits.client(request))
    act, _colon, value = str(request.POST.get("act", "save")).partition(":")
    if act == "remove" and value.isdecimal():
        drafts.remove_file(draft, int(value[:18]))
    if act == "mail":
        refused += _mail(request, draft, token)
    if act == "read" and (refusal := offline.read_into(request, draft, _questionnaire(request))):
        refused.append(refusal)
    if refused:
        return show(request, draft, token, refused=tuple(refused), status=422)
    if act == "check":
        return _check(request, draft, token)
    return see_other(f"{here}{_said(act)}")


def _questionnaire(request: HttpRequest) -> "UploadedFile[Any] | None":
    return request.FILES.get("questionnaire")


def _said(act: str) -> str:
    """Where on the page to go on after *act*."""
    return {
        "add": "?saved=1#files",
        "remove": "?saved=1#files",
        "mail": "?mailed=1#return-link",
        "read": "?read=1#questions",
    }.get(act, "?saved=1#return-link")


def _read(request: HttpRequest, asked: asking.Asked) -> typed.Content:
    return typed.read(request.POST, asked)


def _save(request: HttpRequest, draft: Draft, token: str) -> None:
    consultation = draft.consultation
    if writes := sharing.colleague(draft, token):
        content, was = _read(request, asked_of(draft)), request.POST.get("was", "")
        sharing.save(writes, content, was=was, now=began(request))
        draft.refresh_from_db()
    else:
        _save_alone(request, draft)
    draft.consultation = consultation  # the one with its texts, after the row was read again


def _save_alone(request: HttpRequest, draft: Draft) -> None:
    stale = request.POST.get("seen", "") != typed.stamp(draft.saved_at)
    content = _read(request, asked_of(draft))
    whole = typed.merged(draft.content, content, stale=stale)
    drafts.save(draft, whole, now=began(request))


def _autosaved(request: HttpRequest, draft: Draft, token: str) -> JsonResponse:
    """What the page is told: *was* are the fields as it shows them, whatever others saved."""
    at = timezone.localtime(draft.saved_at, ZoneInfo(draft.consultation.timezone))
    zone = zone_name(at, draft.consultation.timezone)
    words = _("Saved at %(time)s (%(zone)s).") % {"time": f"{at:%H:%M}", "zone": zone}
    if together.in_two(draft.content):
        words += f" {sharing_shown.in_two()}"
    told = {
        "href": reverse("public:draft", args=[token]),
        "seen": typed.stamp(draft.saved_at),
        "was": together.digests(_read(request, asked_of(draft))),
        "words": words,
    }
    return JsonResponse(told)


def _check(request: HttpRequest, draft: Draft, token: str) -> HttpResponse:
    form = checked(draft)
    if form.is_valid():
        return see_other(reverse("public:draft_check", args=[token]))
    return show(request, draft, token, form=form, status=422)


def _mail(request: HttpRequest, draft: Draft, token: str) -> list[str]:
    """Mail the return link to the address in the form; what did not work, in a sentence."""
    if writes := sharing.colleague(draft, token):
        return sharing_shown.mail_own(request, writes, token)
    form = checked(draft)
    form.is_valid()
    email = str(form.cleaned_data.get("email") or "")
    if not email:
        return [_("To have the link mailed to you, first give your e-mail address below.")]
    try:
        limits.mailing(request, "draft-link", email=email)
    except TooOftenError as error:
        return [limits.when(error)]
    recovery.send_draft_link(draft, token, email=email, language=languages.current())
    return []


def _held(draft: Draft, token: str) -> dict[str, Any]:
    """What the draft holds beside its words: files, those left out, who writes with whom."""
    return _limits() | {
        "files": draft.files.all(),
        "left_out": reasking.left_out(draft),
        "shared": sharing_shown.panel(draft, token),
    }


def _limits() -> dict[str, Any]:
    return {
        "max_total": attachments.MAX_TOTAL,
        "max_files": attachments.MAX_FILES,
        "accepted_files": attachments.ACCEPT,
    }
