"""Consultations by the rules of other bodies: drafted, opened, extended and judged like any other."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from consulta.consultations import clock, convening, extending, opening, queries
from consulta.consultations.errors import DatesMissingError, DeviationNeedsReasonError
from consulta.consultations.models import Consultation
from consulta.core import procedure as procedures
from consulta.core.procedure import UnknownChoiceError
from tests.rounds import a_day

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def drafted(open_call, officer):
    def make(procedure, **more):
        plan = replace(open_call, procedure=procedure, opens_on=None, closes_on=None, **more)
        return convening.convene(plan, by=officer)

    return make


def days(consultation, now=NOW):
    return {m.name: str(m.day) for m in clock.timetable(consultation, now).milestones}


def test_a_public_comment_of_icann_is_open_for_forty_days_until_the_last_minute_in_utc(
    drafted, officer
):
    draft = drafted("icann-public-comment")
    opening.open_consultation(draft, by=officer, now=NOW)
    assert draft.timezone == "UTC"
    assert draft.closes_at == datetime(2027, 4, 10, 23, 59, 59, tzinfo=UTC)
    assert days(draft) == {"opening": "2027-03-01", "responses_due": "2027-04-10"}


def test_a_shorter_public_comment_needs_a_reason_and_is_missed_by_so_many_days(drafted, officer):
    draft = drafted("icann-public-comment")
    draft.closes_at = clock.end_of(date(2027, 3, 31), draft)
    draft.save()
    with pytest.raises(DeviationNeedsReasonError):
        opening.open_consultation(draft, by=officer, now=NOW)
    opening.open_consultation(draft, by=officer, now=NOW, reason="The Board meets in April.")
    verdict = clock.timetable(draft, NOW).milestone("responses_due").verdict
    assert (verdict.status, verdict.days) == ("missed", 10)


def test_a_choice_is_kept_with_the_consultation_and_decides_its_dates(drafted, officer):
    published = {"publication.date": date(2027, 3, 1)}
    draft = drafted("us-apa", choices={"rule": "significant"}, anchor_days=published)
    opening.open_consultation(draft, by=officer, now=NOW.replace(hour=15))
    again = Consultation.objects.get(pk=draft.pk)
    assert again.choices == {"rule": "significant"}
    assert again.anchor_days == {"publication.date": "2027-03-01"}
    assert days(again)["responses_due"] == "2027-04-30"
    assert clock.local_day(again, again.closes_at) == date(2027, 4, 30)


def test_it_opens_on_the_day_that_the_rule_fixes_though_nobody_chose_it(drafted, officer):
    draft = drafted("us-apa", anchor_days={"publication.date": date(2027, 3, 15)})
    opening.open_consultation(draft, by=officer, now=NOW)
    assert clock.local_day(draft, draft.opens_at) == date(2027, 3, 15)
    assert draft.state(NOW) == Consultation.State.ANNOUNCED


def test_without_the_date_that_only_the_institution_knows_nothing_opens(drafted, officer):
    draft = drafted("us-apa")
    draft.closes_at = clock.end_of(date(2027, 5, 3), draft)
    draft.save()
    with pytest.raises(DatesMissingError) as caught:
        opening.open_consultation(draft, by=officer, now=NOW)
    assert caught.value.milestones == ("opening", "responses_due")


def test_an_option_that_the_procedure_does_not_have_is_refused(drafted):
    with pytest.raises(UnknownChoiceError):
        drafted("us-apa", choices={"rule": "enormous"})


def test_an_optional_report_comes_in_with_its_number_of_weeks(drafted, officer):
    draft = drafted("open-call", offsets={"report_published": 4})
    draft.closes_at = clock.end_of(date(2027, 3, 31), draft)
    draft.save()
    opening.open_consultation(draft, by=officer, now=NOW)
    assert days(draft)["report_published"] == "2027-04-28"


def test_two_phases_close_with_the_second_and_the_first_is_on_record(drafted, officer):
    draft = drafted("icann-public-comment-2012")
    opening.open_consultation(draft, by=officer, now=NOW)
    assert clock.local_day(draft, draft.closes_at) == date(2027, 4, 12)
    assert days(draft) == {
        "opening": "2027-03-01",
        "responses_due": "2027-03-22",
        "replies_due": "2027-04-12",
    }
    later = NOW + timedelta(days=60)
    table = clock.timetable(draft, later)
    assert [m.verdict.status for m in table.milestones] == ["kept"] * 3


def test_without_comments_the_reply_phase_is_void(drafted, officer):
    draft = drafted("icann-public-comment-2012", choices={"comments": "none"})
    opening.open_consultation(draft, by=officer, now=NOW)
    assert clock.local_day(draft, draft.closes_at) == date(2027, 3, 22)


def test_an_extension_lengthens_the_milestone_at_which_it_closes(drafted, officer):
    draft = drafted("icann-public-comment-2012")
    opening.open_consultation(draft, by=officer)
    closes_on = clock.local_day(draft, draft.closes_at)
    extension = extending.extend(
        draft, to=closes_on + timedelta(days=7), reason="Asked for.", by=officer
    )
    assert extension.milestone == "replies_due"
    row = clock.view(queries.by_slug(draft.slug), timezone.now()).row("replies_due")
    assert (row.first_on, row.on) == (closes_on, closes_on + timedelta(days=7))


def test_the_hour_of_the_rule_ends_the_day(drafted, officer):
    draft = drafted("berec")
    opening.open_consultation(draft, by=officer, now=NOW)
    assert draft.closes_at == datetime(2027, 3, 31, 15, tzinfo=UTC)  # 17:00 in Brussels, summer


def test_an_open_meeting_at_another_event_needs_a_group_and_the_day_of_the_event(plan, officer):
    there = replace(
        plan,
        procedure="host-event",
        group_meeting=None,
        opens_on=a_day(1),
        closes_on=a_day(20),
        anchor_days={"host_event.start": a_day(30)},
    )
    draft = convening.convene(there, by=officer)
    opening.open_consultation(draft, by=officer)
    table = clock.timetable(draft, timezone.now())
    assert table.feasible
    assert table.milestone("open_meeting").day == a_day(30)


@pytest.mark.parametrize("slug", procedures.slugs())
def test_every_procedure_can_be_drafted(plan, officer, slug):
    closes = {} if slug == "itu-res-1336-2019" else {"closes_on": a_day(90)}
    draft = convening.convene(replace(plan, procedure=slug, **closes), by=officer)
    assert draft.timetable["procedure"] == slug


def test_which_procedures_need_no_group():
    needing = {slug for slug in procedures.slugs() if not convening.is_open_call(slug)}
    assert needing == {"host-event", "itu-res-1336-2019"}
    assert {s for s in procedures.slugs() if convening.hangs_on_group(s)} == {"itu-res-1336-2019"}
