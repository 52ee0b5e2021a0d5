"""At the desk: asking for positions, extra open meetings, standing duties, a lost second factor."""

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from consulta.consultations.models import JoinedMeeting
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.meetings.models import (
    Contribution,
    ExtraMeeting,
    FollowUp,
    Office,
    PositionRequest,
)
from tests import settled
from tests.delegations import delegations  # noqa: F401
from tests.outputs import decided
from tests.rounds import a_day

FORUM = "Sample Forum"


def test_an_officer_asks_one_member_and_sees_what_came(desk, delegations, group):  # noqa: F811
    issue = settled.issue(group)
    address = f"{reverse('desk:position_ask')}?group={group.slug}"
    told = {"issue": issue.slug, "everyone": "some", "language": "en", "words": "Please update."}
    assert desk.post(address, told).status_code == 422
    assert desk.post(address, told | {"members": [str(delegations.a.pk)]}).status_code == 302
    request = PositionRequest.objects.get()
    assert list(request.memberships.all()) == [delegations.a]
    page = desk.get(reverse("desk:position_request", args=[request.pk])).content.decode()
    assert "Sample State A" in page
    assert "Sample State B" not in page


def test_an_extra_meeting_stands_under_its_hosts_rules_and_no_rule_binds_it(
    desk, client, at_desk, group, next_meeting
):
    decision = decided(next_meeting)
    told = {
        "decision": decision.pk, "consultation": at_desk.pk, "event": FORUM, "host": "A host",
        "rules": "One speaks for three minutes.", "language": "en", "title_en": "At the forum",
        "starts_on": a_day(20).isoformat(),
    }  # fmt: skip
    made = desk.post(f"{reverse('desk:extra_meeting_new')}?group={group.slug}", told)
    assert made.status_code == 302
    extra = ExtraMeeting.objects.get()
    assert JoinedMeeting.objects.get().consultation == at_desk
    page = client.get(reverse("public:meeting", args=[extra.meeting.slug])).content.decode()
    assert "One speaks for three minutes." in page
    assert "No date of the consultation" in page
    clock = client.get(reverse("public:clock")).content.decode()
    assert "At the forum" in clock
    shown = client.get(reverse("public:consultation", args=[at_desk.slug])).content.decode()
    assert "At the forum" in shown
    at_desk.refresh_from_db()
    assert at_desk.open_meeting != extra.meeting
    calendar = client.get(f"/calendar/groups/{group.slug}.ics").content.decode()
    assert "At the forum" in calendar


def test_a_standing_duty_names_its_instrument_and_has_no_end(people, sign_in, group):
    office = Office.objects.create(body=group.body, slug="sg", names={"en": "Secretary-General"})
    desk = sign_in(people["administrator"])
    told = {
        "named": "Resolution 102", "force": "instruct", "offices": [office.pk],
        "audience": "public", "text_en": "To report every year.",
    }  # fmt: skip
    address = reverse("desk:standing_duty_new")
    assert desk.post(address, told).status_code == 422
    assert desk.post(address, told | {"paragraph": "instructs 2"}).status_code == 302
    duty = FollowUp.objects.get(is_standing=True)
    assert (duty.paragraph, duty.decision.source) == ("instructs 2", "Resolution 102")
    listed = desk.get(f"{reverse('desk:follow_ups')}?group={group.slug}").content.decode()
    assert "Standing duty" in listed


def test_a_lost_second_factor_is_taken_off_on_record_and_the_person_is_told(
    desk,
    people,
    delegations,  # noqa: F811
    group,
):
    place, kind = delegations.delegate_of_a, Authenticator.Type.TOTP
    Authenticator.objects.create(user=place.user, type=kind, data={})
    own = Authenticator.objects.create(user=people["officer"], type=kind, data={})
    address = reverse("desk:delegate_factor", args=[group.slug, delegations.a.pk, place.pk])
    desk.post(address)
    assert Authenticator.objects.count() == 2
    desk.post(address, {"sure": "1"})
    assert list(Authenticator.objects.all()) == [own]
    assert Entry.objects.get(act="second_factor_taken_off").shows == "none"
    (told,) = OutgoingMail.objects.filter(recipient=place.user.email)
    assert "second factor" in told.subject


def test_the_desk_sees_how_many_drafts_a_membership_leaves_that_ends(
    desk,
    delegations,  # noqa: F811
    group,
    next_meeting,
):
    now, by = timezone.now(), delegations.delegate_of_a.user
    Contribution.objects.create(
        meeting=next_meeting, membership=delegations.a, purpose="action", language="en",
        titles={"en": "zq-title"}, begun_at=now, begun_by=by, saved_at=now, saved_by=by,
    )  # fmt: skip
    address = reverse("desk:group_member", args=[group.slug, delegations.a.pk])
    assert "not submitted" not in desk.get(address).content.decode()
    told = {"act": "days", "kind": "member", "until_on": a_day(30).isoformat()}
    page = desk.post(address, told, follow=True).content.decode()
    assert "1 draft that is not submitted" in page
    assert "zq-title" not in page
