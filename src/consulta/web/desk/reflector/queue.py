"""Posts that wait for a moderator, the oldest first; one of them, and what can be decided about it."""

from collections.abc import Callable

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from consulta.accounts.models import User
from consulta.flow import erasing, reflecting
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.mailroom import quotes, spool
from consulta.reflector import copies, files, moderation, names, queries
from consulta.reflector.models import List, Post, PostFile
from consulta.responses import attachments
from consulta.web.desk import page, wording
from consulta.web.desk.access import anywhere, found, may, person
from consulta.web.desk.reflector import refused
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

EXCERPT = 240  # characters


class Reason(forms.Form):
    """Why a post is not shown."""

    reason = forms.CharField(
        label=gettext_lazy("Short reason"),
        help_text=gettext_lazy("The author reads it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        max_length=2000,
    )


@require_safe
@anywhere(Act.MODERATE)
def lists(request: HttpRequest) -> HttpResponse:
    """What waits, and the lists that the person looks after."""
    user = person(request)
    waiting = queries.waiting(
        permissions.groups_of(user, Act.MODERATE), body=permissions.may(user, Act.MODERATE, None)
    )
    mine = [each for each in queries.lists() if may(request, Act.MODERATE, each.group)]
    language = languages.current()
    context = {
        "waiting": [
            (p, copies.subject(p), names.name(p.space or p.list, language), p.text[:EXCERPT])
            for p in waiting
        ],
        "lists": [(each, names.name(each, language), queries.served(each)) for each in mine],
    }
    return page.show(request, "reflector/lists.html", context, trail=trail())


@require_safe
@anywhere(Act.MODERATE)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post whole: who wrote it, its words, what it answers, and what can be decided."""
    shown = _post(request, pk)
    return _show(request, shown, Reason(), is_refused=False)


@require_safe
@anywhere(Act.MODERATE)
def file(request: HttpRequest, pk: int, position: int) -> HttpResponseBase:
    """The clean copy of a file, for the moderator of a post that is not shown yet."""
    of_post: PostFile = found(lambda: queries.file_at_desk(pk, position))
    if not may(request, Act.MODERATE, of_post.post.list.group):
        raise PermissionDenied
    place = spool.locate(of_post.clean_path) if files.is_readable(of_post) else None
    if place is None or not place.is_file():
        raise Http404
    answer = FileResponse(place.open("rb"), content_type="application/octet-stream")
    answer["Content-Disposition"] = attachments.content_disposition(of_post)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@anywhere(Act.MODERATE)
def decide(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Show it, take it as a response, decline it, remove it, bring it back."""
    shown, user = _post(request, pk), person(request)
    if act == "erase" and not may(request, Act.ERASE, shown.list.group):
        raise PermissionDenied
    if act in ("decline", "remove", "erase"):
        form = Reason(request.POST)
        if not form.is_valid():
            return _show(request, shown, form, is_refused=True)
        refuse, done = _refusals()[act]
        reason = form.cleaned_data["reason"]
        refused.attempt(request, lambda: refuse(shown, reason=reason, by=user), done=done)
        return redirect("desk:list_post", pk)
    acts = _acts(shown, user)
    if act not in acts:
        raise Http404
    do, done = acts[act]
    if refused.attempt(request, do, done=done) and act != "restore":
        return redirect("desk:lists")
    return redirect("desk:list_post", pk)


def trail(*further: Link) -> list[Link]:
    """The way to a page of the lists."""
    first = Link(label=_("Discussion lists"), href=reverse("desk:lists"))
    return [first, *further]


def _refusals() -> dict[str, tuple[Callable[..., object], str]]:
    hidden = _("It is not shown; its author is told why.")
    gone = _("Its words, its files and its author's address are erased; its author is told why.")
    return {
        "decline": (moderation.decline, hidden),
        "remove": (moderation.remove, hidden),
        "erase": (erasing.erase_post, gone),
    }


def _acts(shown: Post, user: User) -> dict[str, tuple[Callable[[], object], str]]:
    return {
        "accept": (
            lambda: moderation.accept(shown, by=user),
            _("It is shown, and sent to who gets the list. Its author is told."),
        ),
        "restore": (lambda: moderation.restore(shown, by=user), _("It is shown again.")),
        "response": (
            lambda: reflecting.take_as_response(shown, by=user),
            _("It is a response now, with a number; its author is told."),
        ),
    }


def _post(request: HttpRequest, pk: int) -> Post:
    shown: Post = found(lambda: queries.at_desk(pk))
    if not may(request, Act.MODERATE, shown.list.group):
        raise PermissionDenied
    return shown


def _show(request: HttpRequest, shown: Post, form: Reason, *, is_refused: bool) -> HttpResponse:
    waits = shown.state in (Post.State.HELD, Post.State.UNCONFIRMED)
    context = {
        "post": shown,
        "title": copies.subject(shown),
        "answered": copies.subject(shown.parent) if shown.parent else "",
        "name": names.name(shown.space or shown.list, languages.current()),
        "passages": [p for p in quotes.passages(shown.text) if p.text.strip()],
        "files": [
            (f, files.is_readable(f), [wording.finding(code) for code in f.findings])
            for f in shown.files.all()
        ],
        "waits": waits,
        "is_shown": shown.state == Post.State.SHOWN,
        "may_return": shown.state in (Post.State.DECLINED, Post.State.REMOVED)
        and shown.erased_at is None,
        "may_erase": may(request, Act.ERASE, shown.list.group) and shown.erased_at is None,
        "may_respond": shown.space is not None
        and shown.root is None
        and shown.parent is None
        and shown.erased_at is None,
        "form": form,
        "refused": is_refused,
    }
    here = Link(label=copies.subject(shown))
    return page.show(request, "reflector/post.html", context, trail=trail(here))


def own_list(request: HttpRequest, slug: str, act: Act) -> List:
    """The list called *slug* if the person may do *act* in its group."""
    home: List = found(lambda: queries.by_slug(slug))
    if not may(request, act, home.group):
        raise PermissionDenied
    return home
