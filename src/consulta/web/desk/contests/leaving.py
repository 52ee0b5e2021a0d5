"""What readers do not see of a contest: passages left out at the desk, and erasing it by law."""

from django import forms as django_forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from consulta.consultations.models import Consultation
from consulta.core.numbering import western
from consulta.core.rules import Ground
from consulta.flow import contests as flow
from consulta.flow import tasks
from consulta.groups.permissions import Act
from consulta.reports import contest_leaving, contest_marks, contest_queries, redacting
from consulta.reports.models import Contest
from consulta.responses.moderation import Because
from consulta.web.desk import forms, page, reading
from consulta.web.desk.access import found, in_consultation, person, sent
from consulta.web.desk.contests import refused, views
from consulta.web.ui.parts import Link


class Erasure(forms.Because):
    """On which ground, why, whether the answer goes too, and that it is meant."""

    also_answer = django_forms.BooleanField(
        label=gettext_lazy("The answer goes too: it repeats what was said"), required=False
    )
    number = django_forms.CharField(
        label=gettext_lazy("Type the number of the contest, to show that you mean it"),
        max_length=40,
        widget=django_forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *args: object, contest: Contest, grounds: tuple[Ground, ...]) -> None:
        super().__init__(*args, grounds=grounds)
        self.contest = contest
        self.fields["reason"].help_text = _("Everyone can read it. Name no person in it.")
        if not contest.answer:
            del self.fields["also_answer"]

    def clean_number(self) -> str:
        """Refuse another number than that of the contest."""
        typed = western(str(self.cleaned_data["number"])).strip().upper()
        if typed != self.contest.number:
            raise django_forms.ValidationError(
                _("This is not the number of this contest: it is %(number)s.")
                % {"number": self.contest.number}
            )
        return typed


@require_POST
@in_consultation(Act.SCREEN_CONTEST)
def marks(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Leave the passages that the rules marked out for good, or let them stand."""
    one: Contest = found(lambda: contest_queries.at_desk(consultation, pk))
    chosen = {
        int(name.removeprefix("mark-")): value == "redact"
        for name, value in request.POST.items()
        if name.startswith("mark-") and name[5:].isdecimal() and value in ("redact", "keep")
    }
    form = forms.Because(request.POST, grounds=contest_marks.grounds(one))
    if any(chosen.values()) and not form.is_valid():
        return views.show(request, one, {"marks_form": form})
    because = Because(**form.cleaned_data) if form.is_valid() else None
    counted = contest_marks.decide(one, chosen, because, by=person(request))
    if counted:
        said = ngettext("%(n)d passage is decided.", "%(n)d passages are decided.", counted)
        messages.success(request, said % {"n": counted})
    else:
        messages.info(request, _("Nothing changed: no passage was chosen, or they were decided."))
    return redirect("desk:contest", consultation.slug, pk)


@require_POST
@in_consultation(Act.SCREEN_CONTEST)
def redact(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Leave a passage out; where it occurs more than once, ask which one is meant."""
    one: Contest = found(lambda: contest_queries.at_desk(consultation, pk))
    form = forms.Because(request.POST, grounds=contest_marks.grounds(one))
    passage = request.POST.get("passage", "").replace("\r\n", "\n").strip()
    starts = reading.occurrences(one.text, passage)
    chosen = request.POST.get("start", "")
    if chosen.isdecimal() and int(chosen) in starts:
        starts = [int(chosen)]
    if len(starts) != 1 or not form.is_valid():
        places = [(start, *reading.context(one.text, start, len(passage))) for start in starts]
        asked = {"passage": passage, "starts": places}
        return views.show(request, one, {"redact_form": form, "asked": asked})
    span, because = (starts[0], starts[0] + len(passage)), Because(**form.cleaned_data)
    refused.attempt(
        request,
        lambda: contest_marks.redact(one, span, because, by=person(request)),
        done=_("The passage is left out of what readers see. The original is kept."),
    )
    return redirect("desk:contest", consultation.slug, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.ERASE)
def erase(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Ask before erasing, with the editions that print it; then do it for good."""
    one: Contest = found(lambda: contest_queries.at_desk(consultation, pk))
    form = Erasure(sent(request), contest=one, grounds=contest_leaving.grounds(one))
    if request.method == "POST" and form.is_valid() and _erased(request, one, form):
        transaction.on_commit(lambda: tasks.redact_editions.enqueue())
        return redirect("desk:contest", consultation.slug, pk)
    context = {
        "form": form,
        "contest": one,
        "refused": bool(form.errors),
        "editions": redacting.holding(one),
    }
    trail = [
        Link(label=_("Contests"), href="../../"),
        Link(label=one.number, href="../"),
        Link(label=_("Erase by law")),
    ]
    return page.show(
        request, "contests/erase.html", context, consultation=consultation, trail=trail
    )


def _erased(request: HttpRequest, one: Contest, form: Erasure) -> bool:
    data, by = form.cleaned_data, person(request)
    because, also_answer = Because(data["ground"], data["reason"]), data.get("also_answer", False)
    return refused.attempt(
        request,
        lambda: flow.erase(one, because, also_answer=also_answer, by=by),
        done=_("Done. Nobody is served it any more; redacted editions are being made."),
    )
