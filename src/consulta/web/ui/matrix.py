"""The matrix of follow-ups as pages and files show it: its filters, a line for each, and the CSV."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.core.multilingual import Text
from consulta.groups.models import Group
from consulta.meetings import followup_queries, wording
from consulta.meetings.followup_queries import OVERDUE, STANDING, Asked
from consulta.meetings.models import FollowUp, Meeting, Office, StatusChange

FILTERS = ("group", "office", "meeting", "status", "force")
COLUMNS = (
    *("reference", "group", "meeting", "meeting_on", "force", "asks", "addressee", "text"),
    *("paragraph", "due_on", "due_with_report", "standing", "status", "overdue"),
    *("noted_on", "said_by", "note", "evidence"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A follow-up in words, with what was said of it last."""

    follow_up: FollowUp
    reference: str
    addressee: Text
    text: Text
    meeting: Text | None
    is_overdue: bool
    last: StatusChange | None


class Filters(forms.Form):
    """By whom, at which meeting, how strongly, and what became of it."""

    office = forms.ChoiceField(label=gettext_lazy("Addressee"), required=False)
    meeting = forms.ChoiceField(label=gettext_lazy("Meeting"), required=False)
    force = forms.ChoiceField(
        label=gettext_lazy("Force"),
        choices=[("", gettext_lazy("Every force")), *FollowUp.Force.choices],
        required=False,
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        choices=[
            ("", gettext_lazy("Every status")),
            *FollowUp.Status.choices,
            (OVERDUE, gettext_lazy("overdue")),
        ],
        required=False,
    )
    group = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, Any],
        *,
        offices: Sequence[Office],
        meetings: Sequence[Meeting],
        language: str,
    ) -> None:
        super().__init__(data)
        offered = [(o.slug, followup_queries.office_name(o, language).text) for o in offices]
        held = [(m.slug, wording.name(m, language).text) for m in meetings]
        everyone, any_ = ("", _("Every addressee")), ("", _("Every meeting"))
        self.fields["office"].choices = [everyone, *offered]  # type: ignore[attr-defined]
        standing = (STANDING, _("Standing duties"))
        self.fields["meeting"].choices = [any_, *held, standing]  # type: ignore[attr-defined]

    def asked(self, group: Group | None) -> Asked:
        """What was chosen; what is no choice is left out."""
        self.is_valid()
        said = {name: self.cleaned_data.get(name, "") for name in FILTERS if name != "group"}
        return Asked(group=group, **said)


def lines(rows: Sequence[FollowUp], language: str, *, on: date) -> list[Line]:
    """Put *rows* into words. One query for what was said last of all of them."""
    said = followup_queries.histories(rows)
    found = []
    for row in rows:
        meeting = row.decision.meeting
        found.append(
            Line(
                row,
                followup_queries.reference(row),
                followup_queries.addressee(row, language),
                followup_queries.text(row, language),
                wording.name(meeting, language) if meeting else None,
                followup_queries.is_overdue(row, on=on),
                next(iter(said[row.pk]), None),
            )
        )
    return found


def as_csv(found: Sequence[Line]) -> str:
    """Write *found* as CSV (RFC 4180); codes are never translated, no cell begins a formula."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    for line in found:
        writer.writerow([_plain(value) for value in _cells(line)])
    return written.getvalue()


def _cells(line: Line) -> list[object]:
    one, last, meeting = line.follow_up, line.last, line.follow_up.decision.meeting
    group = meeting.group.short_name if meeting and meeting.group else ""
    noted = last.recorded_at.date().isoformat() if last else ""
    held = [meeting.slug, meeting.starts_on or ""] if meeting else ["", ""]
    asked = [one.force, one.asks, line.addressee.text, line.text.text, one.paragraph]
    due = [one.due_on or "", one.is_due_with_report, one.is_standing, one.status, line.is_overdue]
    said = [noted, last.said_by, last.note, last.evidence] if last else ["", "", "", ""]
    return [line.reference, group, *held, *asked, *due, *said]


def _plain(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
