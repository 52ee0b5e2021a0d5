"""Follow a consultation by e-mail: ask, confirm by a button, end by a button. No GET acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consulta.notices import following
from consulta.notices.following import FollowUnknownError
from consulta.web.public.moment import began
from consulta.web.public.respond import limits, pages, people
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.public.respond.small_forms import FollowForm
from consulta.web.ui import languages

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_POST
@private
@limited
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for an address and mail it a button; the same answer whether it follows already or not."""
    now = began(request)
    consultation = pages.consultation(slug, now)
    context = pages.about(consultation, _("Follow"))
    user = people.account(request)
    initial = {"email": user.email} if user else {}
    form = FollowForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        page = "public/respond/follow.html"
        return render(request, page, context | {"form": form}, status=status)
    email = form.cleaned_data["email"]
    limits.mailing(request, "follow", email=email)
    following.ask(consultation, email=email, language=languages.current(), now=now)
    context |= {
        "title": _("Look into your mailbox"),
        "body": _("We have mailed a button. Press it, and you are told what happens."),
    }
    return render(request, "public/respond/said.html", context)


@READ_OR_POST
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button behind the mailed link; follow when it is pressed."""
    now = began(request)
    try:
        found = following.find(token, now=now)
        if request.method == "POST":
            following.confirm(token, now=now)
            return see_other(reverse("public:follow_confirm", args=[token]))
    except FollowUnknownError:
        return pages.unknown_link(request)
    shown = pages.consultation(found.consultation.slug, now)
    context = pages.about(shown, _("Follow")) | {"follow": found}
    context["follows"] = found.confirmed_at is not None and found.ended_at is None
    context["end_href"] = reverse("public:follow_end", args=[following.end_token(found)])
    return render(request, "public/respond/follow_confirm.html", context)


@csrf_exempt  # mail programs press this button for their users (RFC 8058); the link is the secret
@READ_OR_POST
@private
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that ends the mails; end them when it is pressed."""
    now = began(request)
    try:
        found = following.find_to_end(token)
        if request.method == "POST":
            following.end(token, now=now)
            return see_other(reverse("public:follow_end", args=[token]))
    except FollowUnknownError:
        return pages.unknown_link(request)
    shown = pages.consultation(found.consultation.slug, now)
    context = pages.about(shown, _("Follow")) | {"follow": found}
    return render(request, "public/respond/follow_end.html", context)
