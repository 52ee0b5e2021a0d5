"""The private pages of whoever contested: the button that confirms, and where the contest stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.reports import contest_leaving, contesting
from consulta.reports.contest_errors import ContestLinkUnknownError, WithdrawnAlreadyError
from consulta.reports.models import ContestLink
from consulta.web.public.moment import began
from consulta.web.public.respond import pages
from consulta.web.public.respond.private import private, see_other
from consulta.web.public.shown import contests as shown
from consulta.web.public.shown import grounds
from consulta.web.ui import languages


@require_http_methods(["GET", "HEAD", "POST"])
@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button behind the mailed link; confirm when it is pressed."""
    try:
        found = contesting.find(token, ContestLink.Purpose.CONFIRM)
        if request.method == "POST":
            contesting.confirm(token)
            return see_other(request.path)
    except ContestLinkUnknownError:
        return pages.unknown_link(request)
    context = pages.about(found.consultation, _("Confirm your address")) | {"contest": found}
    return render(request, "public/contesting/confirm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt of a contest, where it stands, and the button that withdraws it."""
    try:
        found = contesting.find(token, ContestLink.Purpose.MINE)
        if request.method == "POST":
            contest_leaving.withdraw(token)
            return see_other(request.path)
    except WithdrawnAlreadyError:
        return see_other(request.path)
    except ContestLinkUnknownError:
        return pages.unknown_link(request)
    words = grounds.words(found.consultation, languages.current())
    context = pages.about(found.consultation, _("Your contest")) | {
        "line": shown.line(found, began(request), words=words),
        "contest": found,
        "may_withdraw": contest_leaving.possible(found),
    }
    return render(request, "public/contesting/mine.html", context)
