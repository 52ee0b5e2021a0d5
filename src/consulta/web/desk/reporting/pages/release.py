"""Release: an edition is put before everyone, after a look at what is still undecided."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from consulta.consultations.models import Consultation
from consulta.flow import reporting
from consulta.groups.permissions import Act
from consulta.reports import desk, queries
from consulta.reports import release as releasing
from consulta.reports.models import Edition
from consulta.responses import queries as responses
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.reporting import refused, shown
from consulta.web.desk.reporting.forms import ExplainForm, WaiveForm
from consulta.web.ui.parts import Link

#: Undecided responses that the page lists.
LISTED = 50


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.RELEASE)
def release(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Ask before releasing; record the explanation, or release."""
    edition = found(lambda: desk.edition(consultation, pk))
    if request.method != "POST":
        return _page(request, edition, ExplainForm())
    if "explain" in request.POST:
        return _explain(request, edition)
    if "waive" in request.POST:
        return _waive(request, edition)
    released = refused.attempt(
        request,
        lambda: reporting.release_edition(edition, by=person(request)),
        done=_("Released: everyone can read it on the consultation's page."),
    )
    if released:
        return redirect("desk:edition", consultation.slug, pk)
    return redirect("desk:edition_release", consultation.slug, pk)


def _explain(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form, refused=True)
    releasing.explain(edition.consultation, form.cleaned_data["explanation"], by=person(request))
    messages.success(request, _("The explanation is on record."))
    return redirect("desk:edition_release", edition.consultation.slug, edition.pk)


def _waive(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = WaiveForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, ExplainForm(), waive_form=form, refused=True)
    releasing.waive_review(edition, form.cleaned_data["waiver"], by=person(request))
    messages.success(request, _("The explanation is on record."))
    return redirect("desk:edition_release", edition.consultation.slug, edition.pk)


def _page(
    request: HttpRequest, edition: Edition, form: ExplainForm, **said: object
) -> HttpResponse:
    consultation = edition.consultation
    undecided = responses.undecided(consultation)
    context = {
        "edition": edition,
        "form": form,
        "undecided": list(undecided[:LISTED]),
        "undecided_count": undecided.count(),
        "notes": queries.release_notes(consultation),
        "unreviewed": [refused.place(position) for position in releasing.unreviewed(edition)],
        "waiver": releasing.waiver(edition),
        "waive_form": WaiveForm(),
    } | said
    trail = [shown.home(consultation), Link(label=_("Release"))]
    return page.show(
        request, "reporting/release.html", context, consultation=consultation, trail=trail
    )
