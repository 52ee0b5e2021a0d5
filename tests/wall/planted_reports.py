"""Words that only some may read, planted in reports of the group and in what waits for the secretariat."""

from consulta.accounts.models import User
from consulta.groups.models import Delegate
from consulta.meetings.models import Meeting
from consulta.reports.group_reports import keeping
from consulta.reports.models.group_reports import GroupReport, GroupReportHead, GroupText
from tests import released_reports
from tests.handed_in import handed_in

#: Each word, and who beside those at the desk who write reports may meet it.
RELEASED, DRAFTED, KEPT = "zq-report-for-members", "zq-report-still-drafted", "zq-typed-not-saved"
HANDED_IN = "zq-handed-in-not-posted"


def plant(meeting: Meeting, officer: User, delegate: User) -> None:
    """A report for members, released; one still drafted; words that were not saved; a contribution."""
    group = meeting.group
    assert group is not None
    _titled(released_reports.begun(group, officer, is_public=False, year=2030), RELEASED, officer)
    draft = released_reports.begun(group, officer, is_public=True, year=2031)
    GroupReportHead.objects.filter(report=draft).update(title=DRAFTED)
    public = GroupReport.objects.get(group=group, last_on__year=2026)
    text = GroupText.objects.filter(paragraph__report=public, paragraph__removed_at=None)[0]
    keeping.keep(text, KEPT, "", revision=text.revision, by=officer)
    place = Delegate.objects.get(user=delegate)
    handed_in(meeting, place, titles={"en": HANDED_IN}, audience="public")


def _titled(report: GroupReport, title: str, officer: User) -> None:
    GroupReportHead.objects.filter(report=report).update(title=title)
    released_reports.release(report, officer)
