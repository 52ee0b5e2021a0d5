"""Follow by e-mail one consultation, a group's or all: ask, confirm, end, each by a button. No GET acts."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.notices import following
from consulta.notices.following import Followed, FollowUnknownError
from consulta.notices.models import Follow
from consulta.web.public.moment import began
from consulta.web.public.respond import limits, pages, people
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.public.respond.small_forms import FollowForm
from consulta.web.ui import languages
from consulta.web.ui.context import UNNAMED
from consulta.web.ui.parts import Link

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
#: What a mail program posts that presses the button for its user (RFC 8058, 3.1).
ONE_CLICK = ("List-Unsubscribe", "One-Click")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is followed, as its pages show it: *kind* is `consultation`, `group` or `everything`."""

    kind: str
    topic: Text
    back: str
    ask: str
    crumbs: list[Link]


@READ_OR_POST
@private
@limited
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to be told of one consultation."""
    return _ask(request, pages.consultation(slug, began(request)))


@READ_OR_POST
@private
@limited
def follow_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to be told of all consultations of one group."""
    try:
        return _ask(request, groups.by_slug(slug))
    except Group.DoesNotExist as error:
        raise Http404 from error


@READ_OR_POST
@private
@limited
def follow_everything(request: HttpRequest) -> HttpResponse:
    """Ask to be told of every consultation."""
    return _ask(request, None)


@READ_OR_POST
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button behind the mailed link; follow when it is pressed, in the language of the page."""
    now = began(request)
    try:
        found = following.find(token, now=now)
        if request.method == "POST":
            following.confirm(token, language=languages.current(), now=now)
            return see_other(reverse("public:follow_confirm", args=[token]))
    except FollowUnknownError:
        return pages.unknown_link(request)
    context = _about(_followed(found)) | {"follow": found}
    context["end_href"] = reverse("public:follow_end", args=[following.end_token(found)])
    return render(request, "public/respond/follow_confirm.html", context)


@csrf_exempt  # mail programs press this button for their users (RFC 8058); the link is the secret
@READ_OR_POST
@private
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that ends the mails; end them when it is pressed.

    A mail program is answered at once: it must not be sent elsewhere (RFC 8058, 3.1).
    """
    try:
        found = following.find_to_end(token)
        if request.method == "POST":
            found = following.end(token, now=began(request))
            if request.POST.get(ONE_CLICK[0]) != ONE_CLICK[1]:
                return see_other(reverse("public:follow_end", args=[token]))
    except FollowUnknownError:
        return pages.unknown_link(request)
    context = _about(_followed(found)) | {"follow": found}
    return render(request, "public/respond/follow_end.html", context)


def _ask(request: HttpRequest, what: Followed) -> HttpResponse:
    """Ask for an address and mail it a button; the same answer whether it follows already or not."""
    spoken = languages.current()
    user, context = people.account(request), _about(what)
    form = FollowForm(
        request.POST if request.method == "POST" else None,
        initial={"email": user.email if user else "", "language": spoken},
        languages=list(languages.names().items()),
    )
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        page = "public/respond/follow.html"
        return render(request, page, context | {"form": form}, status=status)
    email = form.cleaned_data["email"]
    limits.mailing(request, "follow", email=email)
    language = form.cleaned_data["language"]
    following.ask(what, email=email, language=language, now=began(request))
    return render(request, "public/respond/follow_asked.html", context)


def _followed(follow: Follow) -> Followed:
    return follow.consultation or follow.group


def _about(what: Followed) -> dict[str, object]:
    """What every page about following *what* needs."""
    shown = _shown(what)
    consultation = what if isinstance(what, Consultation) else None
    return {"shown": shown, "crumbs": shown.crumbs, "consultation": consultation}


def _shown(what: Followed) -> Shown:
    here, spoken = Link(label=_("Follow")), languages.current()
    if isinstance(what, Consultation):
        topic = consultation_queries.topic(what, spoken)
        back = reverse("public:consultation", args=[what.slug])
        ask = reverse("public:follow", args=[what.slug])
        room = Link(label=_("Consultations"), href=reverse("public:consultations"))
        return Shown(
            "consultation", topic, back, ask, [room, Link(label=topic.text, href=back), here]
        )
    if isinstance(what, Group):
        name, back = groups.name(what, spoken), reverse("public:group", args=[what.slug])
        ask = reverse("public:follow_group", args=[what.slug])
        room = Link(label=_("Groups and meetings"), href=reverse("public:groups"))
        return Shown("group", name, back, ask, [room, Link(label=name.text, href=back), here])
    body, back = groups.body(), reverse("public:consultations")
    named = groups.name(body, spoken) if body else UNNAMED
    room = Link(label=_("Consultations"), href=back)
    return Shown("everything", named, back, reverse("public:follow_everything"), [room, here])
