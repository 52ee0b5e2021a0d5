"""Taking away by law who agreed to a brief summary: asked before, then done for good."""

from django import forms as django_forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consulta.consultations.models import Consultation
from consulta.flow import summaries, tasks
from consulta.groups.permissions import Act
from consulta.reports import agreement_erasing, summary_queries
from consulta.responses.moderation import Because
from consulta.web.desk import forms, page
from consulta.web.desk.access import found, in_consultation, person, sent
from consulta.web.desk.summary import shown
from consulta.web.ui.parts import Link


class ErasureForm(forms.Because):
    """On which ground, why, and that it is meant."""

    is_meant = django_forms.BooleanField(
        label=gettext_lazy("Take the names away for good: nobody can bring them back")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].help_text = _("Everyone can read it. Name no person in it.")


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.ERASE)
def names(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Leave out of the record who agreed to a text; what was agreed stays."""
    agreed = found(lambda: summary_queries.agreement(consultation, pk))
    form = ErasureForm(sent(request), grounds=agreement_erasing.grounds(agreed))
    if form.is_valid():
        because = Because(form.cleaned_data["ground"], form.cleaned_data["reason"])
        summaries.erase_names(agreed, because, by=person(request))
        transaction.on_commit(lambda: tasks.redact_editions.enqueue())
        messages.success(request, _("Done. The names are gone; a redacted record is being made."))
        return redirect("desk:summary", consultation.slug)
    context = {"agreement": agreed, "form": form, "refused": bool(form.errors)}
    trail = [shown.home(consultation), Link(label=_("Erase by law"))]
    return page.show(request, "summary/names.html", context, consultation=consultation, trail=trail)
