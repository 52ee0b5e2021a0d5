"""Erasing a response by law: what it touches is shown first, then it is done for good."""

from django import forms as django_forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consulta.core.numbering import western
from consulta.core.rules import Act as OnGround
from consulta.core.rules import Ground
from consulta.flow import erasing as flow
from consulta.flow import tasks
from consulta.groups.permissions import Act
from consulta.reports import queries, redacting
from consulta.responses import erasing, moderation
from consulta.responses.models import Response
from consulta.responses.moderation import Because
from consulta.web.desk import doing, forms, page
from consulta.web.desk.access import on_response, person, sent
from consulta.web.ui.parts import Link


class Erasure(forms.Because):
    """On which ground, why, whether the original stays sealed, and that it is meant."""

    how = django_forms.ChoiceField(
        label=gettext_lazy("What becomes of the original"),
        choices=[
            ("erase", gettext_lazy("Erase it for good: no word, name or file of it is kept")),
            ("seal", gettext_lazy("Keep it sealed at the desk: the law only forbids to show it")),
        ],
        initial="erase",
        widget=django_forms.RadioSelect,
    )
    every_sentence = django_forms.BooleanField(
        label=gettext_lazy("Also leave out sentences of the report that rest on others too"),
        help_text=gettext_lazy("Sentences that rest on it alone are left out in any case."),
        required=False,
    )
    number = django_forms.CharField(
        label=gettext_lazy("Type the number of the response, to show that you mean it"),
        max_length=24,
    )

    def __init__(self, *args: object, response: Response, grounds: tuple[Ground, ...]) -> None:
        super().__init__(*args, grounds=grounds)
        self.response = response
        self.fields["reason"].help_text = _("Everyone can read it. Name no person in it.")

    def clean_number(self) -> str:
        """Refuse another number than that of the response."""
        typed = western(str(self.cleaned_data["number"])).strip()
        if typed != self.response.number:
            raise django_forms.ValidationError(
                _("This is not the number of this response: it is %(number)s.")
                % {"number": self.response.number}
            )
        return typed


@require_http_methods(["GET", "HEAD", "POST"])
@on_response(Act.ERASE)
def erase(request: HttpRequest, response: Response) -> HttpResponse:
    """Ask before erasing, with everything that it touches; then do it."""
    grounds = moderation.grounds(response, OnGround.REMOVE)
    form = Erasure(sent(request), response=response, grounds=grounds)
    if request.method == "POST" and form.is_valid() and _erased(request, response, form):
        transaction.on_commit(lambda: tasks.redact_editions.enqueue())
        return redirect("desk:response", response.number)
    context = {
        "form": form,
        "response": response,
        "refused": bool(form.errors),
        "editions": redacting.holding(response),
        "cited": queries.cited_in([response]).get(response.number, []),
        "standing": erasing.of(response),
    }
    trail = [Link(label=response.number), Link(label=_("Erase by law"))]
    return page.show(
        request, "erase.html", context, consultation=response.consultation, trail=trail
    )


def _erased(request: HttpRequest, response: Response, form: Erasure) -> bool:
    data, by = form.cleaned_data, person(request)
    return doing.attempt(
        request,
        lambda: flow.erase(
            response,
            Because(data["ground"], data["reason"]),
            by=by,
            is_sealed=data["how"] == "seal",
            every_sentence=data["every_sentence"],
        ),
        done=_("Done. Nobody is served it any more; redacted editions are being made."),
    )
