"""Entering a standing duty at the desk, as an instrument lays it down (Resolution 1336, instructs 1)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consulta.groups import queries as groups
from consulta.groups.models import Body, Instrument
from consulta.groups.permissions import Act
from consulta.meetings import asking, followup_queries
from consulta.meetings.models import Decision, FollowUp, Office
from consulta.web.desk import page
from consulta.web.desk.access import everywhere, person, sent
from consulta.web.desk.decisions import refused
from consulta.web.desk.followups import shown
from consulta.web.desk.followups.forms import WordsForm, office_name
from consulta.web.desk.recording import AUDIENCES
from consulta.web.ui import languages
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link


class Duty(WordsForm):
    """A duty: which instrument and paragraph, of which offices, in which words."""

    instrument = forms.ChoiceField(
        label=gettext_lazy("Instrument"),
        required=False,
        help_text=gettext_lazy("From the norms on record; or name it below."),
    )
    named = forms.CharField(
        label=gettext_lazy("Instrument that is not on record"), max_length=300, required=False
    )
    paragraph = forms.CharField(
        label=gettext_lazy("Paragraph"),
        max_length=120,
        help_text=gettext_lazy("For example: instructs the Secretary-General 2."),
    )
    force = forms.ChoiceField(
        label=gettext_lazy("How strongly"), choices=FollowUp.Force.choices, widget=forms.RadioSelect
    )
    offices = forms.MultipleChoiceField(
        label=gettext_lazy("Whose duty it is"), widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who can see it"), choices=AUDIENCES, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.norms = {str(each.pk): each for each in groups.instruments(body)}
        self.known = {str(each.pk): each for each in followup_queries.offices(body)}
        norms = [(pk, _called(each)) for pk, each in self.norms.items()]
        self.fields["instrument"].choices = [("", "—"), *norms]  # type: ignore[attr-defined]
        offices = [(pk, office_name(each)) for pk, each in self.known.items()]
        self.fields["offices"].choices = offices  # type: ignore[attr-defined]
        self.add_words(body.languages or list(languages.names()), rows=4)

    def clean(self) -> dict[str, Any]:
        """It names an instrument, and its words stand in one language at least."""
        found = super().clean() or {}
        if not found.get("instrument") and not found.get("named", "").strip():
            self.add_error("instrument", _("Choose the instrument, or name it."))
        if not any(found.get(f"text_{code}", "").strip() for code in self.spoken):
            self.add_error(f"text_{self.spoken[0]}", _("Write it in one language at least."))
        return found

    def said(self) -> tuple[Decision, FollowUp, list[Office]]:
        """The words with their source, the duty, and whose it is; nothing is saved."""
        data = self.cleaned_data
        norm = self.norms.get(data["instrument"])
        source = _called(norm) if norm is not None else data["named"].strip()
        words = Decision(texts=self.texts(), source=source[:300], taken_by=source[:120])
        duty = FollowUp(force=data["force"], paragraph=data["paragraph"], audience=data["audience"])
        return words, duty, [self.known[pk] for pk in data["offices"]]


@require_http_methods(["GET", "HEAD", "POST"])
@everywhere(Act.CONVENE)
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a duty of offices that has no end; what was done is noted under it."""
    group = shown.group(request)
    body = group.body if group is not None else groups.body()
    if body is None:
        return redirect("desk:follow_ups")
    form = Duty(sent(request), body=body)
    if request.method == "POST" and form.is_valid():
        words, duty, offices = form.said()
        why = refused.refusal(lambda: asking.lay_down(words, duty, offices, by=person(request)))
        if not why:
            messages.success(
                request, _("The duty is on the list. Note under it what was done, as it is done.")
            )
            return redirect("desk:follow_up", duty.pk)
        form.add_error(None, why)
    context = {"form": form, "offices": form.known, "refused": bool(form.errors)}
    here = [*shown.trail(), Link(label=_("Standing duty"))]
    return page.show(request, "followups/standing.html", context, trail=here)


def _called(norm: Instrument) -> str:
    title = groups.name(norm, current()).text
    return f"{norm.edition}: {title}" if norm.edition else title
