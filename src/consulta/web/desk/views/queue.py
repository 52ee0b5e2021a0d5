"""The register of one consultation at the desk: its lists, and publishing several at once."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from consulta.consultations.models import Consultation
from consulta.flow import deciding
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.responses import queries as response_queries
from consulta.responses import waiting
from consulta.web.desk import doing, listing, page
from consulta.web.desk.access import in_consultation, person
from consulta.web.ui.parts import Link


@require_safe
@in_consultation(Act.SEE_RESTRICTED)
def responses(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """One list of the register; without a choice, the first in which something waits."""
    counts = waiting.counted([consultation])[consultation.pk]
    kind = request.GET.get("list", listing.first_busy(counts))
    kind = kind if kind in listing.KINDS else ""
    after = request.GET.get("after", "")
    found, following = waiting.page(
        consultation, kind, after=int(after) if after.isdecimal() else 0
    )
    allowed = permissions.allowed(person(request), consultation.group)
    rows = [listing.listed(response) for response in found]
    context = {
        "rows": rows,
        "kind": kind,
        "work": listing.tabs(listing.WORK, counts, kind),
        "rest": listing.tabs(listing.REST, counts, kind),
        "bulk": {Act.MODERATE, Act.PUBLISH} <= allowed and any(row.can_be_shown for row in rows),
        "next": f"?list={kind}&after={following}" if following else "",
    }
    trail = [Link(label=_("Responses"))]
    return page.show(request, "responses.html", context, consultation=consultation, trail=trail)


@require_POST
@in_consultation(Act.PUBLISH)
def publish_several(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Accept and publish every ticked response, each by its own act; say how many."""
    by = person(request)
    permissions.require(by, Act.MODERATE, consultation.group)
    ticked = response_queries.by_numbers(request.POST.getlist("number")[: waiting.PAGE])
    own = {n: one for n, one in sorted(ticked.items()) if one.consultation_id == consultation.pk}
    said = {n: doing.refusal(partial(deciding.show, one, by=by)) for n, one in own.items()}
    refused = {number: sentence for number, sentence in said.items() if sentence}
    _report(request, len(own) - len(refused), refused)
    kind = request.POST.get("list", "")
    return redirect(f"{reverse('desk:responses', args=[consultation.slug])}?list={kind}")


def _report(request: HttpRequest, done: int, refused: dict[str, str]) -> None:
    if done:
        text = ngettext(
            "%(count)d response was published.", "%(count)d responses were published.", done
        )
        messages.success(request, text % {"count": done})
    elif not refused:
        messages.info(request, _("No response was ticked."))
    for number, sentence in refused.items():
        messages.error(request, f"{number}: {sentence}")
