"""Confirm an address by a button, and get a new private link for a lost one. No GET acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.responses import confirmation, links, recovery
from consulta.responses.errors import LinkUnknownError
from consulta.responses.models import ReturnLink
from consulta.web.public.moment import began
from consulta.web.public.respond import limits, pages
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other
from consulta.web.public.respond.small_forms import LostLinkForm


@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the number and the button; the response's words are not on this page."""
    now = began(request)
    try:
        response = links.find(token, ReturnLink.Purpose.CONFIRM, now=now).response
        if request.method == "POST":
            confirmation.use_link(token)
            return see_other(reverse("public:confirm", args=[token]))
    except LinkUnknownError:
        return render(request, "public/respond/confirm_unknown.html", status=404)
    shown = pages.consultation(response.consultation.slug, now)
    context = pages.about(shown, _("Confirm your address")) | {"response": response}
    return render(request, "public/respond/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@limited
def lost_link(request: HttpRequest) -> HttpResponse:
    """Mail a new private link; the page says the same whether number and address match or not."""
    form = LostLinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "public/respond/lost_link.html", {"form": form}, status=status)
    email = form.cleaned_data["email"]
    limits.mailing(request, "lost-link", email=email)
    recovery.send_link(form.cleaned_data["number"], email=email)
    context = {
        "title": _("Look into your mailbox"),
        "body": _(
            "If a response with this number was sent with this address, a mail with a new private"
            " link is on its way. Nothing else is told here, so that nobody can find out who"
            " responded."
        ),
    }
    return render(request, "public/respond/said.html", context)
