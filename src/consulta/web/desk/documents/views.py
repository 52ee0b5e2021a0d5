"""The numbers given at a meeting, what follows each document, and by which pattern they are written."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.meetings import documents, following, queries, uploads, wording
from consulta.meetings.models import Document, Meeting
from consulta.responses.attachments import safe_name
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person
from consulta.web.desk.documents import forms, refused
from consulta.web.desk.meeting_tabs import tabs
from consulta.web.desk.plan.setting import named
from consulta.web.ui import downloads
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]
View = Callable[..., HttpResponseBase]


def at_meeting(view: View) -> View:
    """Hand the view the meeting at *slug*, if the person delivers documents in its group."""

    @anywhere(Act.DELIVER)
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        meeting: Meeting = found(lambda: queries.by_slug(slug))
        permissions.require(person(request), Act.DELIVER, meeting.group)
        return view(request, meeting, **kwargs)

    return guarded


@require_safe
@at_meeting
def listed(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Every number given at the meeting, reserved ones too."""
    rows = [
        (d, queries.title(d, current()), documents.languages(d)) for d in queries.numbered(meeting)
    ]
    context = {
        "meeting": meeting,
        "name": named(meeting),
        "rows": rows,
        "tabs": tabs(meeting, request.path),
    }
    return page.show(request, "documents/list.html", context, trail=trail(meeting))


@require_http_methods(METHODS)
@at_meeting
def document(request: HttpRequest, meeting: Meeting, pk: int) -> HttpResponse:
    """One document: its files, what followed it, and what can be done with it."""
    one: Document = found(lambda: queries.document_at_desk(meeting, pk))
    act = request.POST.get("act", "")
    bound = {act: _form(act, one, request)} if act in ("follow", "language", "withdraw") else {}
    for name, form in bound.items():
        if form.is_valid():
            if not (said := refused.refusal(partial(_do, name, one, form.cleaned_data, request))):
                return redirect("desk:meeting_document", meeting.slug, pk)
            form.add_error(None, said)
    context = {
        "meeting": meeting,
        "document": one,
        "title": queries.title(one, current()),
        "followers": queries.followers_of([one])[one.pk],
        "who": wording.who_sees(one.audience),
        "forms": {name: bound.get(name) or _form(name, one, None) for name in _offered(one)},
        "open": list(bound),
        "refused": any(form.errors for form in bound.values()),
    }
    return page.show(request, "documents/document.html", context, trail=trail(meeting, one))


@require_safe
@at_meeting
def file(_request: HttpRequest, meeting: Meeting, pk: int, name: str) -> FileResponse:
    """Stream a file of a document to whoever works on it."""
    one: Document = found(lambda: queries.document_at_desk(meeting, pk))
    for kept in one.files:
        if kept["name"] == name:
            return downloads.download(kept["path"], name=name, media_type=kept["media_type"])
    raise Http404


def _offered(one: Document) -> list[str]:
    if one.withdrawn_at is not None:
        return []
    if one.posted_at is None:
        return ["withdraw"]
    return [*(["follow"] if following.possible(one) else []), "language", "withdraw"]


def _form(act: str, one: Document, request: HttpRequest | None) -> Any:
    data: Any = (request.POST, request.FILES) if request is not None else ()
    if act == "follow":
        kinds = following.possible(one)
        return forms.Following(*data, kinds=kinds)
    return forms.Version(*data) if act == "language" else forms.Withdrawal(*data)


def _do(act: str, one: Document, data: dict[str, Any], request: HttpRequest) -> None:
    by = person(request)
    if act == "withdraw":
        documents.withdraw(one, reason=data["reason"], by=by)
        messages.success(request, _("The document is withdrawn; its number stays."))
        return
    kept = _taken(data["file"], language=data["language"])
    if act == "language":
        documents.add_language(one, [kept], language=data["language"], by=by)
        messages.success(request, _("The language version stands under the same number."))
        return
    titles = {data["language"]: data["title"]} if data["title"] else one.titles
    made = Document(titles=titles, source=one.source, audience=one.audience, files=[kept])
    following.post(made, of=one, kind=data["kind"], language=data["language"], by=by)
    messages.success(request, _("Posted as %(number)s.") % {"number": made.number})


def _taken(file: "UploadedFile[Any]", *, language: str) -> dict[str, Any]:
    name = safe_name(file.name or "")
    return uploads.take(file.chunks(), name=name, language=language)


def trail(meeting: Meeting, one: Document | None = None) -> list[Link]:
    """The way to the documents of *meeting*, and to *one* of them."""
    href = reverse("desk:meeting_documents", args=[meeting.slug])
    every = Link(label=_("Meetings"), href=reverse("desk:meetings"))
    way = [every, Link(label=_("Documents of the meeting"), href=href)]
    if one is None:
        return way
    return [
        *way,
        Link(label=one.number, href=reverse("desk:meeting_document", args=[meeting.slug, one.pk])),
    ]
