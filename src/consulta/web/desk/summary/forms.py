"""Forms of the brief summary: what those present said, a translation's worth, what the group did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.meetings import wording
from consulta.meetings.models import Meeting
from consulta.reports.agreement import Said
from consulta.reports.models import Agreement, GroupDiscussion
from consulta.web.desk.forms import TRANSLATIONS, choose_language, words
from consulta.web.ui.days import day
from consulta.web.ui.languages import current


class AgreementForm(forms.Form):
    """What the stakeholders present said to one text."""

    outcome = forms.ChoiceField(
        label=_("What they said"), choices=Agreement.Outcome.choices, widget=forms.RadioSelect
    )
    how = forms.ChoiceField(
        label=_("How they were asked"), choices=Agreement.How.choices, widget=forms.RadioSelect
    )
    procedure = words(
        _("The procedure"),
        required=False,
        help_text=_(
            "Where they were not asked in the meeting: how they were told, and until when they could"
            " speak."
        ),
    )
    put_by = forms.CharField(
        label=_("Put to them by"), max_length=200, help_text=_("For example: the chair, by name.")
    )
    on = day(_("Day"))
    at = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    agreed_by = words(
        _("Who agreed"),
        required=False,
        help_text=_("Who was present and agreed, one a line; or all, with their number."),
    )
    reservations = words(
        _("Reservations"), required=False, help_text=_("Whose, and about what, one a line.")
    )
    views = words(
        _("Views set out"),
        required=False,
        help_text=_(
            "Where they did not agree: the views, and whose they are. They go to the group."
        ),
    )
    language = forms.ChoiceField(label=_("Language in which you write this"))

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = consultation.timezone
        choose_language(self, "language", consultation.languages)

    def said(self) -> Said:
        """What the form holds, as it goes on record."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "on"}
        at = datetime.combine(self.cleaned_data["on"], given.pop("at"), ZoneInfo(self.zone))
        return Said(at=at, **given)


class WorthForm(forms.Form):
    """What a translation is worth."""

    status = forms.ChoiceField(label=_("What the translation is worth"), choices=TRANSLATIONS)


class DiscussionForm(forms.Form):
    """What the group did with the summary."""

    status = forms.ChoiceField(
        label=_("What the group did"),
        choices=GroupDiscussion.Status.choices,
        widget=forms.RadioSelect,
    )
    meeting = forms.ChoiceField(label=_("At which meeting"))
    on = day(_("Day"))
    agenda_item = forms.CharField(
        label=_("Agenda item"),
        max_length=300,
        required=False,
        help_text=_("Its number and its words, as they stand in the agenda."),
    )
    note = words(_("Note"), required=False, help_text=_("Everyone can read it."))

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {str(meeting.pk): meeting for meeting in meetings}
        named = [(pk, wording.name(m, current()).text) for pk, m in self.meetings.items()]
        self.fields["meeting"].choices = named  # type: ignore[attr-defined]

    def discussion(self) -> GroupDiscussion:
        """The row that the form holds, without its summary."""
        given = self.cleaned_data
        return GroupDiscussion(
            **(given | {"meeting": self.meetings[given["meeting"]], "language": current()})
        )
