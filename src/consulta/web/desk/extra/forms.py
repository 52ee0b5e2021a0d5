"""The form of an extra open meeting: who decided it, where it is held, under whose rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.meetings import decision_queries
from consulta.meetings.models import Decision, ExtraMeeting, Meeting
from consulta.web.desk import forms as desk_forms
from consulta.web.desk.plan.setting import named
from consulta.web.ui.days import day
from consulta.web.ui.languages import current, direction
from consulta.web.ui.templatetags.ui import language_name


class Extra(forms.Form):
    """Everything about an extra open meeting."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision of the group"),
        help_text=gettext_lazy("An extra open meeting is decided by the group, by consensus."),
    )
    consultation = forms.ChoiceField(
        label=gettext_lazy("Consultation to which its discussion belongs"), required=False
    )
    event = forms.CharField(label=gettext_lazy("Event"), max_length=200)
    host = forms.CharField(label=gettext_lazy("Host"), max_length=200)
    rules = desk_forms.words(
        gettext_lazy("Rules of the host"),
        rows=6,
        help_text=gettext_lazy(
            "Who may come, how to register, how the floor is given: everyone reads it. It is the host's"
            " own procedure, not that of the group."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of these words"))
    link = forms.URLField(
        label=gettext_lazy("Page of the event"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    starts_on = day(gettext_lazy("First day"))
    ends_on = day(gettext_lazy("Last day"), required=False)
    is_provisional = forms.BooleanField(
        label=gettext_lazy("The date is provisional"), required=False
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    mode = forms.ChoiceField(
        label=gettext_lazy("How one takes part"), choices=Meeting.Mode.choices, required=False
    )

    def __init__(
        self,
        *args: Any,
        decisions: Sequence[Decision],
        consulted: Sequence[Consultation],
        spoken: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = {str(each.pk): each for each in decisions}
        self.consulted = {str(each.pk): each for each in consulted}
        self.spoken, language = list(spoken), current()
        self.fields["decision"].choices = [  # type: ignore[attr-defined]
            (pk, _called(each, language)) for pk, each in self.decisions.items()
        ]
        topics = [(k, consultations.topic(c, language).text) for k, c in self.consulted.items()]
        self.fields["consultation"].choices = [("", _("None yet")), *topics]  # type: ignore[attr-defined]
        desk_forms.choose_language(self, "language", self.spoken)
        self.initial.setdefault("language", language)
        self._add_titles()
        self.order_fields(["decision", "consultation", *(f"title_{code}" for code in self.spoken)])

    def _add_titles(self) -> None:
        for code in self.spoken:
            label = _("Title of the meeting (%(language)s)") % {"language": language_name(code)}
            widget = forms.TextInput(attrs={"lang": code, "dir": direction(code)})
            field = forms.CharField(label=label, max_length=200, required=False, widget=widget)
            self.fields[f"title_{code}"] = field

    def clean(self) -> dict[str, Any]:
        """It has a title in one language, and ends after it begins."""
        found = super().clean() or {}
        if not any(found.get(f"title_{code}", "").strip() for code in self.spoken):
            self.add_error(
                f"title_{self.spoken[0]}", _("Write the title in one language at least.")
            )
        first, last = found.get("starts_on"), found.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first; check both."))
        return found

    def said(self) -> tuple[ExtraMeeting, Meeting, Consultation | None]:
        """The extra meeting and the meeting, not saved, and the consultation it is joined to."""
        data = self.cleaned_data
        told = {name: data[name] for name in ("event", "host", "rules", "language", "link")}
        days = ("starts_on", "ends_on", "is_provisional", "place", "mode")
        meeting = Meeting(titles=self._titles(), **{name: data[name] for name in days})
        extra = ExtraMeeting(decision=self.decisions[data["decision"]], **told)
        return extra, meeting, self.consulted.get(data["consultation"])

    def _titles(self) -> dict[str, dict[str, str]]:
        said = {code: self.cleaned_data[f"title_{code}"].strip() for code in self.spoken}
        written = [code for code in self.spoken if said[code]]
        return {
            code: {"text": said[code], "status": "original" if code == written[0] else "courtesy"}
            for code in written
        }


def _called(decision: Decision, language: str) -> str:
    words = decision_queries.text(decision, language).text[:100]
    return f"{named(decision.meeting)} · {words}" if decision.meeting else words
