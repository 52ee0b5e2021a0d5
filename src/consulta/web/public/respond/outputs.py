"""The buttons behind the links of lists of addressees and of members' mails. No GET acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consulta.groups import queries as groups
from consulta.notices import addressing, document_choices
from consulta.notices.models import MemberNotice
from consulta.web.public.moment import began
from consulta.web.public.respond import pages
from consulta.web.public.respond.following import ONE_CLICK
from consulta.web.public.respond.private import private, see_other
from consulta.web.ui.languages import current

READ_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_POST
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button behind the mailed link; the outputs come once it is pressed."""
    now = began(request)
    try:
        found = addressing.find(token, now=now)
        if request.method == "POST":
            addressing.confirm(token, now=now)
            return see_other(reverse("public:addressee_confirm", args=[token]))
    except addressing.LinkUnknownError:
        return pages.unknown_link(request)
    context = {
        "addressee": found,
        "group": groups.name(found.list.group, current()),
        "list": addressing.name(found.list, current()),
        "end_href": reverse("public:addressee_end", args=[addressing.end_token(found)]),
    }
    return render(request, "public/respond/addressee.html", context)


@csrf_exempt  # mail programs press this button for their users (RFC 8058); the link is the secret
@READ_OR_POST
@private
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that takes an address off a list; do it when it is pressed."""
    try:
        found = addressing.find_to_end(token)
        if request.method == "POST":
            found = addressing.end(token, now=began(request))
            if not _by_a_program(request):
                return see_other(reverse("public:addressee_end", args=[token]))
    except addressing.LinkUnknownError:
        return pages.unknown_link(request)
    context = {
        "ended": found.ended_at is not None,
        "group": groups.name(found.list.group, current()),
        "list": addressing.name(found.list, current()),
    }
    return render(request, "public/respond/addressee_end.html", context)


@csrf_exempt  # as above
@READ_OR_POST
@private
def end_documents(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button that ends a member's mails on new documents; do it when it is pressed."""
    try:
        user, group = document_choices.find_to_end(token)
        if request.method == "POST":
            document_choices.end(token, now=began(request))
            if not _by_a_program(request):
                return see_other(reverse("public:documents_end", args=[token]))
    except document_choices.LinkUnknownError:
        return pages.unknown_link(request)
    ended = document_choices.of(user, [group])[group.pk] == MemberNotice.Choice.NONE
    context = {"ended": ended, "group": groups.name(group, current())}
    return render(request, "public/respond/documents_end.html", context)


def _by_a_program(request: HttpRequest) -> bool:
    """Say whether a mail program pressed the button: it must not be sent elsewhere (RFC 8058, 3.1)."""
    return request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1]
