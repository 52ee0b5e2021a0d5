"""Forms of a group's report: which one to begin, and the lines of its head."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.groups.models import Group
from consulta.meetings.models import Meeting
from consulta.reports.group_reports import asking
from consulta.reports.group_reports.facts import Asked
from consulta.reports.models.group_reports import GroupReport, GroupReportHead
from consulta.web.desk.forms import words
from consulta.web.ui.templatetags.ui import language_name


class BeginForm(forms.Form):
    """Which report: on a meeting, or on the years from one to another."""

    group = forms.ModelChoiceField(
        label=gettext_lazy("Group"),
        queryset=Group.objects.none(),
        empty_label=gettext_lazy("Choose a group"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Which report"),
        choices=GroupReport.Kind.choices,
        widget=forms.RadioSelect,
    )
    meeting = forms.CharField(
        label=gettext_lazy("Number of the meeting"),
        required=False,
        max_length=50,
        help_text=gettext_lazy("For an outcome report."),
    )
    first = forms.IntegerField(
        label=gettext_lazy("First year"),
        required=False,
        min_value=1900,
        max_value=2200,
        localize=False,
        help_text=gettext_lazy("For an annual report, the year alone."),
    )
    last = forms.IntegerField(
        label=gettext_lazy("Last year"),
        required=False,
        min_value=1900,
        max_value=2200,
        help_text=gettext_lazy("For a four-year report."),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read it"),
        choices=GroupReport.Audience.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It is drafted only from what they may see."),
    )

    def __init__(self, *args: Any, groups: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Group.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["group"].queryset = chosen.select_related("body")  # type: ignore[attr-defined]
        codes = dict.fromkeys(code for group in groups for code in group.body.languages)
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            (code, language_name(code)) for code in codes
        ]

    def clean(self) -> dict[str, Any]:
        """Find what is asked for, or say at its field what is missing."""
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        is_public = said["audience"] == GroupReport.Audience.PUBLIC
        try:
            said["asked"] = self._asked(said, is_public=is_public)
        except asking.MeetingUnknownError as error:
            known = ", ".join(error.known) or "—"
            sentence = _("The group has no meeting of this number. It has: %(known)s.")
            self.add_error("meeting", sentence % {"known": known})
        except asking.NoPeriodError:
            self.add_error("first", _("Name the years, the earlier one first."))
        return said

    def _asked(self, said: dict[str, Any], *, is_public: bool) -> Asked:
        group, kind = said["group"], said["kind"]
        if kind == GroupReport.Kind.OUTCOME:
            return asking.on_meeting(group, said["meeting"].strip(), is_public=is_public)
        years = (said["first"], said["last"] or said["first"])
        return asking.on_years(group, kind, years, is_public=is_public)


class HeadForm(forms.Form):
    """The head of a report in one language, its number, and where it goes."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    summary = words(gettext_lazy("Summary"), required=False)
    action = words(gettext_lazy("Action required"), required=False)
    references = words(gettext_lazy("References, one a line"), required=False)
    goes_to = forms.ModelChoiceField(
        label=gettext_lazy("Put it among the documents of this meeting"),
        queryset=Meeting.objects.none(),
        required=False,
        empty_label=gettext_lazy("none: it goes to another body"),
        help_text=gettext_lazy("It gets the next number there when it is frozen."),
    )
    number = forms.CharField(
        label=gettext_lazy("Document number of another body"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("For example that of the Council, typed as it was given."),
    )
    agenda_item = forms.CharField(label=gettext_lazy("Agenda item"), required=False, max_length=200)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, head: GroupReportHead, **kwargs: Any) -> None:
        report = head.report
        names = ("title", "summary", "action", "references", "revision")
        initial = {name: getattr(head, name) for name in names}
        initial |= {"number": report.number, "agenda_item": report.agenda_item}
        kwargs["initial"] = initial | {"goes_to": report.goes_to_id}
        super().__init__(*args, **kwargs)
        meetings = Meeting.objects.filter(group=report.group, cancelled_at__isnull=True)
        self.fields["goes_to"].queryset = meetings.order_by(  # type: ignore[attr-defined]
            "-starts_on"
        )
