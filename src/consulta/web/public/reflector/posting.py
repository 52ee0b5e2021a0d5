"""Posting from the archive: an answer, a new thread, or a response. An unknown address is asked by mail."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    Submission,
    SubmittedAnswer,
    SubmittedFile,
)
from consulta.core.tokens import hashed
from consulta.flow import reflecting
from consulta.reflector import files as post_files
from consulta.reflector import posting, words
from consulta.reflector.errors import LinkUnknownError
from consulta.reflector.models import List, Post, Space
from consulta.reflector.posting import Written
from consulta.responses import attachments
from consulta.responses import queries as responses
from consulta.responses.errors import ResponseError
from consulta.responses.models import Response
from consulta.web.public.moment import began
from consulta.web.public.reflector import finding, reading, shown, uploads
from consulta.web.public.reflector.forms import RESPONSE, PostForm
from consulta.web.public.respond import limits, pages, people
from consulta.web.public.respond import wording as respond_wording
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui import languages

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_POST
@private
@limited
def new(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Begin a thread: of discussion, or with a response while the consultation takes them."""
    place = finding.place(slug, number)
    return _write(request, place, None)


@READ_OR_POST
@private
@limited
def reply(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a post; the answer is discussion and stays beneath it."""
    parent = finding.post(slug, pk)
    if not words.is_shown(parent):
        return see_other(reverse("public:list_post", args=[slug, pk]))
    return _write(request, parent.space or parent.list, parent)


@READ_OR_POST
@private
@limited
def discuss(request: HttpRequest, slug: str, number: int, response: str) -> HttpResponse:
    """Say something beneath a published response, whatever its channel."""
    place, found = finding.place(slug, number), responses.by_number(response)
    if found is None or not isinstance(place, Space) or found.state != State.PUBLISHED:
        raise Http404
    if found.consultation_id != place.consultation_id:
        raise Http404
    return _write(request, place, None, about=found)


@READ_OR_POST
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button by which an author stands by a post; pressed, it goes its way."""
    now = began(request)
    try:
        found = posting.find(token, now=now)
        if request.method == "POST":
            posting.confirm(token, now=now)
            return see_other(reverse("public:list_post_confirm", args=[token]))
    except LinkUnknownError:
        return pages.unknown_link(request)
    place = found.space or found.list
    context = reading.about(place) | {
        "post": found,
        "waits": found.state == Post.State.UNCONFIRMED,
        "held": found.state == Post.State.HELD,
        "is_shown": words.is_shown(found),
        "post_href": reverse("public:list_post", args=[found.list.slug, found.pk]),
        "crumbs": shown.trail(place, languages.current(), _("Your post")),
    }
    return render(request, "public/reflector/post_confirm.html", context)


def _write(
    request: HttpRequest, place: List | Space, parent: Post | None, *, about: Response | None = None
) -> HttpResponse:
    answers = parent is not None or about is not None
    takes = not answers and _takes_responses(request, place)
    user = people.account(request)
    bound = request.POST if request.method == "POST" else None
    form = PostForm(bound, kinds=takes, answers=answers, initial=people.known(user))
    here = _("Answer") if answers else _("Write")
    files = _files(request, form)
    context = reading.about(place) | {
        "form": form,
        "answered": _answered(parent, about),
        "crumbs": shown.trail(place, languages.current(), here),
        "terms": respond_wording.terms(),
        **_about_files(files),
        "respond_slug": place.consultation.slug if takes and isinstance(place, Space) else "",
    }
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "public/reflector/write.html", context, status=status)
    limits.mailing(request, "post", email=form.cleaned_data["email"])
    if takes and form.cleaned_data["kind"] == RESPONSE and isinstance(place, Space):
        return _respond(request, place, form.cleaned_data, context, files=files)
    if about is not None and isinstance(place, Space):
        parent = posting.root_of(about, place, now=began(request))
    return _discuss(request, place, parent, form.cleaned_data, files=files)


def _files(request: HttpRequest, form: PostForm) -> list[SubmittedFile]:
    """The files of the form; why one was not taken stands with its other errors."""
    found, refused = uploads.taken(request) if form.is_bound else ([], [])
    for why in refused:
        form.add_error(None, why)
    return found


def _about_files(found: Sequence[SubmittedFile]) -> dict[str, Any]:
    return {
        "kept": uploads.sealed(found),
        "max_files": post_files.MAX_FILES,
        "max_total": post_files.MAX_TOTAL,
        "accepted_files": attachments.ACCEPT,
    }


def _answered(parent: Post | None, about: Response | None) -> object:
    """What the page shows of what is answered: `title`, `href`, `title_lang`, `excerpt`, `language`."""
    if parent is not None:
        return shown.card(parent, languages.current())
    if about is None:
        return None
    name = about.public_name or about.number
    return {"title": name, "href": reverse("public:response", args=[about.number])}


def _discuss(
    request: HttpRequest,
    place: List | Space,
    parent: Post | None,
    told: dict[str, Any],
    *,
    files: Sequence[SubmittedFile],
) -> HttpResponse:
    now, sender = began(request), people.sender(request, told)
    said = f"{place.pk}:{parent.pk if parent else ''}:{sender.address}:{told['text']}"
    written = Written(
        place=place,
        sender=sender,
        subject=told.get("subject", ""),
        text=told["text"],
        language=words.language(told["text"], otherwise=languages.current()),
        arrived_at=now,
        key=f"web:{hashed(said)}",
        parent=parent,
        files=tuple(files),
    )
    post = posting.discuss(written)
    if post.state == Post.State.SHOWN:
        return see_other(reverse("public:list_post", args=[post.list.slug, post.pk]))
    return _said(request, place, title=_("We have your post"), body=_what_next(post))


def _what_next(post: Post) -> str:
    """What a post that is not shown yet waits for."""
    if post.state == Post.State.UNCONFIRMED:
        return _(
            "We have mailed you a button. Press it, or answer the mail: until then the post is not shown."
        )
    if post.state == Post.State.HELD:
        return _(
            "A person looks at it before it is shown, because it is your first post here. You are told by"
            " mail."
        )
    return ""


def _respond(
    request: HttpRequest,
    place: Space,
    told: dict[str, Any],
    context: dict[str, Any],
    *,
    files: Sequence[SubmittedFile],
) -> HttpResponse:
    sender, language = people.sender(request, told), languages.current()
    submission = Submission(
        channel=Channel.REFLECTOR,
        consultation=place.consultation.slug,
        sender=sender,
        respondent=RespondentClaim(name=told["name"]),
        language=words.language(told["text"], otherwise=language),
        answers=(SubmittedAnswer(None, told["text"]),),
        attachments=tuple(files),
        arrived_at=began(request),
        idempotency_key=f"list:{hashed(sender.address + told['text'])}",
        terms=respond_wording.terms().version,
    )
    try:
        given = reflecting.responds(submission, place)
    except ResponseError:
        context["form"].add_error(None, _("The consultation takes no responses now."))
        return render(request, "public/reflector/write.html", context, status=422)
    return see_other(reverse("public:mine", args=[given.mine]))


def _takes_responses(request: HttpRequest, place: List | Space) -> bool:
    open_now = Consultation.State.OPEN
    return isinstance(place, Space) and place.consultation.state(began(request)) == open_now


def _said(request: HttpRequest, place: List | Space, *, title: str, body: str) -> HttpResponse:
    trail = shown.trail(place, languages.current(), title)
    context = reading.about(place) | {"title": title, "body": body, "crumbs": trail}
    return render(request, "public/reflector/said.html", context)
