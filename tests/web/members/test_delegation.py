"""A delegation on the members' pages: its administrator manages it, others read it, strangers see nothing."""

from allauth.mfa.models import Authenticator
from django.test import Client

from consulta.groups import members, offices
from consulta.groups.models import Delegate, Group
from consulta.groups.offices import Term
from consulta.mailroom.models import OutgoingMail
from tests.delegations import delegations, invited  # noqa: F401
from tests.rounds import a_day

HOME = "/en/members/delegation/"


def browser(place):
    made = Client()
    made.force_login(place if not hasattr(place, "user") else place.user)
    return made


def of(membership, place=None):
    return f"{HOME}{membership.pk}/" + (f"{place.pk}/" if place else "")


def invitation(**changes):
    told = {"email": "new@example.org", "name": "New", "role": "delegate", "language": "en"}
    return told | changes


def test_an_administrator_invites_and_the_person_is_written_to(delegations):  # noqa: F811
    admin = browser(delegations.administrator_of_a)
    answer = admin.post(of(delegations.a), invitation(until_on=a_day(9).isoformat()), follow=True)
    assert "new@example.org" in answer.content.decode()
    assert OutgoingMail.objects.filter(recipient="new@example.org").count() == 1
    made = Delegate.objects.get(user__email="new@example.org")
    assert (made.membership, made.until_on) == (delegations.a, a_day(9))


def test_what_was_typed_stays_where_it_is_refused(delegations):  # noqa: F811
    admin = browser(delegations.administrator_of_a)
    known = delegations.delegate_of_a.user.email
    for wrong, said in (
        ({"email": known}, "belongs to the delegation already"),
        ({"email": "no address"}, "valid email"),
        ({"until_on": a_day(-1).isoformat()}, "This day is past"),
        ({"until_on": "soon"}, "soon"),
    ):
        answer = admin.post(of(delegations.a), invitation(name="Typed Name") | wrong)
        page = answer.content.decode()
        assert answer.status_code == 422, wrong
        assert said in page, wrong
        assert "Typed Name" in page
    assert Delegate.objects.count() == 5


def test_nobody_reaches_another_delegation_by_any_address(delegations):  # noqa: F811
    """What is another's and what is not there are answered alike, to reading and to acting."""
    theirs = [
        of(delegations.b),
        of(delegations.b, delegations.delegate_of_b),
        of(delegations.a, delegations.delegate_of_b),
        of(delegations.observer),
        f"{HOME}99999/",
        f"{HOME}{delegations.a.pk}/99999/",
    ]
    admin = browser(delegations.administrator_of_a)
    met = {(way, path): getattr(admin, way)(path, {"act": "end", "knowing": "1"}) for path in theirs
           for way in ("get", "post")}  # fmt: skip
    assert {answer.status_code for answer in met.values()} == {403}
    pages = {answer.content for (way, _path), answer in met.items() if way == "get"}
    assert len({page.replace(b"99999", b"") for page in pages}) >= 1
    assert all(b"Sample State B" not in page and b"delegate-b" not in page for page in pages)
    delegations.delegate_of_b.refresh_from_db()
    assert delegations.delegate_of_b.ended_at is None


def test_a_delegate_reads_the_own_delegation_and_changes_nothing(delegations):  # noqa: F811
    reader = browser(delegations.delegate_of_a)
    page = reader.get(HOME, follow=True).content.decode()
    assert "admin-a@example.org" in page
    assert "delegate-b@example.org" not in page
    assert "<textarea" not in page
    assert 'name="email"' not in page
    assert reader.post(of(delegations.a), invitation()).status_code == 403
    one = of(delegations.a, delegations.administrator_of_a)
    assert [reader.get(one).status_code, reader.post(one).status_code] == [403, 403]


def test_role_and_day_are_changed_and_a_place_is_ended(delegations):  # noqa: F811
    admin, place = browser(delegations.administrator_of_a), delegations.delegate_of_a
    one = of(delegations.a, place)
    admin.post(one, {"act": "change", "role": "head", "until_on": a_day(4).isoformat()})
    place.refresh_from_db()
    assert (place.role, place.until_on) == ("head", a_day(4))
    answer = admin.post(one, {"act": "end"}, follow=True)
    assert "What they did stays on record" in answer.content.decode()
    assert members.places(place.user) == []
    assert browser(place).get("/en/members/").status_code == 403


def test_the_last_administrator_is_warned_and_may_go_knowing(delegations):  # noqa: F811
    place = delegations.administrator_of_a
    admin, one = browser(place), of(delegations.a, place)
    assert "Nobody else manages this delegation" in admin.get(one).content.decode()
    refused = admin.post(one, {"act": "end"})
    assert refused.status_code == 422
    assert "only the secretariat can then appoint one" in refused.content.decode()
    admin.post(one, {"act": "end", "knowing": "1"})
    assert members.places(place.user) == []


def test_whoever_lapsed_is_told_what_ended_and_whom_to_ask(delegations):  # noqa: F811
    place = delegations.delegate_of_a
    Delegate.objects.filter(pk=place.pk).update(since_on=a_day(-9), until_on=a_day(-1))
    answer = browser(place).get("/en/members/")
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "You have no place in a delegation today" in page
    assert "Sample State A" in page
    assert browser(place).get("/en/members/").content.count(b"/en/members/delegation/") == 0


def test_a_delegate_of_two_members_chooses(delegations, officer):  # noqa: F811
    user = delegations.delegate_of_a.user
    invited(delegations.b, user.email, officer)
    page = browser(delegations.delegate_of_a).get(HOME).content.decode()
    assert "Sample State A" in page
    assert "Sample State B" in page


def test_members_pages_ask_delegates_for_a_second_factor(delegations, settings, body):  # noqa: F811
    settings.DEMO = False
    place = delegations.delegate_of_a
    reader = browser(place)
    for path in ("/en/members/", HOME, of(delegations.a)):
        assert reader.get(path)["Location"] == "/en/members/second-factor/", path
    page = reader.get("/en/members/second-factor/").content.decode()
    assert "recovery codes" in page
    assert "/en/account/2fa/totp/activate/" in page
    Authenticator.objects.create(user=place.user, type="totp", data={"secret": "x"})
    assert reader.get("/en/members/").status_code == 200
    Authenticator.objects.all().delete()
    body.members_need_second_factor = False
    body.save()
    assert reader.get("/en/members/").status_code == 200


def test_a_delegate_never_sees_the_desk_nor_a_link_to_it(delegations):  # noqa: F811
    reader = browser(delegations.administrator_of_a)
    assert reader.get("/en/desk/").status_code == 403
    page = reader.get("/en/members/").content.decode()
    assert "/en/desk/" not in page
    assert "/en/members/" in reader.get("/en/").content.decode()


def test_a_chair_with_an_account_comes_in_without_a_delegation(group, officer):
    term = Term(office="chair", name="Sample Chair", email="chair@example.org")
    chair = browser(offices.take(group, term, by=officer))
    assert chair.get("/en/members/").status_code == 200
    assert "You act for no member" in chair.get(HOME).content.decode()


def test_a_delegate_of_one_group_sees_nothing_of_another(delegations, posted, meeting):  # noqa: F811
    document = posted("members")
    reader = browser(delegations.delegate_of_a)
    own = f"/en/members/documents/{document.pk}/report.pdf"
    served = reader.get(own)
    served.close()
    assert served.status_code == 200
    other = Group.objects.create(body=meeting.group.body, slug="other", short_name="OWG")
    meeting.group = other
    meeting.save()
    assert reader.get(own).status_code == 404
    assert reader.get("/en/members/meetings/swg-3/").status_code == 403
