"""Fixing the text, recording what those present said to it, showing a translation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consulta.consultations.models import Consultation, TextStatus
from consulta.flow import summaries
from consulta.groups.permissions import Act
from consulta.reports import agreement, desk
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, person, sent
from consulta.web.desk.reporting.doors import language_of
from consulta.web.desk.reporting.pages.editions import nudge
from consulta.web.desk.summary import refused, shown
from consulta.web.desk.summary.forms import AgreementForm, WorthForm
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


@require_POST
@in_consultation(Act.EDIT_REPORT)
def fix(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Fix the draft in one language as an edition; the worker makes its files."""
    language = language_of(consultation, request.POST.get("language", ""))
    done = refused.attempt(
        request,
        lambda: agreement.fix(consultation, language=language, by=person(request)),
        done=_("The text is fixed. Its files are being made; then it can be put to those present."),
    )
    if done:
        nudge()
    return redirect("desk:summary", consultation.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.RECORD_AGREEMENT)
def agree(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Record what those present said to one edition."""
    edition = found(lambda: desk.edition(consultation, pk))
    now = timezone.localtime()
    form = AgreementForm(
        sent(request),
        consultation=consultation,
        initial={"on": now.date(), "language": current(), "how": "meeting"},
    )
    said = ""
    if form.is_valid():
        given = form.said()
        said = refused.refusal(
            lambda: summaries.agree(edition, given, by=person(request)), form=form
        )
        if not said:
            nudge()
            messages.success(request, _("It is on record, and everyone can read it."))
            return redirect("desk:summary", consultation.slug)
    alone = "" if form.errors else said  # where a field says it, the form's own summary does
    context = {"edition": edition, "form": form, "refused": said or form.errors, "said": alone}
    trail = [shown.home(consultation), Link(label=_("What those present said"))]
    return page.show(
        request, "summary/agreement.html", context, consultation=consultation, trail=trail
    )


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.RELEASE)
def translation(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Show one edition as a translation of what was put to those present."""
    edition = found(lambda: desk.edition(consultation, pk))
    form = WorthForm(sent(request))
    said = ""
    if form.is_valid():
        worth = TextStatus(form.cleaned_data["status"])
        said = refused.refusal(
            lambda: summaries.release_translation(edition, status=worth, by=person(request))
        )
        if not said:
            messages.success(request, _("Everyone can read the translation."))
            return redirect("desk:summary", consultation.slug)
    context = {"edition": edition, "form": form, "refused": said or form.errors, "said": said}
    trail = [shown.home(consultation), Link(label=_("Translation"))]
    return page.show(
        request, "summary/translation.html", context, consultation=consultation, trail=trail
    )
