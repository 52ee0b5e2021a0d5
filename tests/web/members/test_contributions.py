"""A delegation writes its contribution, colleagues continue it, nobody else finds it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consulta.accounts.models import User
from consulta.groups.models import Appointment, Role
from consulta.meetings import agenda, contribution_queries, uploads
from consulta.meetings.models import Contribution
from consulta.meetings.uploads import FileRefusedError
from tests.agendas import an_item
from tests.delegations import delegations  # noqa: F401
from tests.rounds import a_day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


def signed_in(user):
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def coming(meeting):
    meeting.starts_on, meeting.ends_on = a_day(60), a_day(61)
    meeting.save()
    return meeting


@pytest.fixture
def a(delegations, coming):  # noqa: F811
    return signed_in(delegations.delegate_of_a.user)


@pytest.fixture
def colleague(delegations):  # noqa: F811
    return signed_in(delegations.administrator_of_a.user)


@pytest.fixture
def b(delegations):  # noqa: F811
    return signed_in(delegations.delegate_of_b.user)


@pytest.fixture
def officer_of_group(group):
    person = User.objects.create_user("desk@example.org", name="Desk")
    Appointment.objects.create(user=person, group=group, role=Role.OFFICER)
    return signed_in(person)


def typed(delegations, **changes):  # noqa: F811
    said = {
        "membership": delegations.a.pk,
        "language": "en",
        "title": "Islands first",
        "purpose": "action",
        "audience": "members",
        "text": "# Proposal\n- Connect them.",
    }
    return said | changes


def page(name, *args):
    return reverse(f"members:{name}", args=args)


@pytest.fixture
def draft(a, coming, delegations):  # noqa: F811
    answer = a.post(page("contribution_new", coming.slug), typed(delegations))
    assert answer.status_code == 302
    return Contribution.objects.get()


def test_nobody_chooses_who_may_read_it_for_the_delegate(a, coming):
    shown = a.get(page("contribution_new", coming.slug)).content.decode()
    assert "Sample State A" in shown
    assert "checked" not in shown
    assert "Everyone sees title and files" in shown


def test_a_draft_is_saved_before_it_is_whole_and_a_colleague_continues_it(
    a,
    colleague,
    coming,
    delegations,  # noqa: F811
):
    told = {"membership": delegations.a.pk, "language": "en", "text": "Half a sen"}
    assert a.post(page("contribution_new", coming.slug), told).status_code == 302
    draft = Contribution.objects.get()
    assert "Half a sen" in colleague.get(page("contribution_edit", draft.pk)).content.decode()
    lacking = colleague.get(page("contribution_submit", draft.pk)).content.decode()
    for sentence in ("Write a title.", "Choose who may read it."):
        assert sentence in lacking
    assert colleague.post(page("contribution_submit", draft.pk)).status_code == 422


def test_of_two_colleagues_the_second_sees_both_texts_and_saves_both(
    a,
    colleague,
    draft,
    delegations,  # noqa: F811
):
    here = page("contribution_edit", draft.pk)
    colleague.post(here, typed(delegations, text="By the colleague.", revision="1"))
    late = a.post(here, typed(delegations, text="By me.", revision="1"))
    shown = late.content.decode()
    assert late.status_code == 422
    assert "By me." in shown
    assert "By the colleague." in shown
    both = typed(delegations, text="By us both.", revision="2")
    assert a.post(here, both).status_code == 302
    assert Contribution.objects.get().text == "By us both."


PAGES = ("contribution", "contribution_edit", "contribution_files", "contribution_read",
         "contribution_joining", "contribution_submit", "contribution_withdraw")  # fmt: skip


def test_another_delegation_and_the_desk_find_nothing_as_if_nothing_was_there(
    a,
    b,
    officer_of_group,
    draft,
    coming,
    delegations,  # noqa: F811
):
    strangers = (b, officer_of_group, signed_in(delegations.observing.user))
    for name in PAGES:
        for stranger in strangers:
            met = stranger.get(page(name, draft.pk))
            never = stranger.get(page(name, draft.pk + 999))
            assert (met.status_code, never.status_code) == (403, 403), name
    for name in ("contribution_follow", "contribution_answer", "contribution_withdraw"):
        assert b.post(page(name, draft.pk)).status_code == 403
    seen = [
        b.get(page("contributions", coming.slug)),
        b.get(page("meeting", coming.slug)),
        officer_of_group.get(page("meeting", coming.slug)),
    ]
    assert not any("Islands first" in one.content.decode() for one in seen)
    assert Client().get(page("contribution", draft.pk)).status_code == 302


def test_the_same_queries_answer_for_anothers_draft_and_for_none(b, draft):
    counted = []
    for pk in (draft.pk, draft.pk + 999):
        with CaptureQueriesContext(connection) as queries:
            b.get(page("contribution", pk))
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_submitted_it_has_its_receipt_and_hangs_on_its_agenda_item(
    a,
    coming,
    draft,
    delegations,  # noqa: F811
):
    item = an_item(coming)
    agenda.publish(coming, to="members", by=_officer())
    told = typed(delegations, item=item.pk, revision="1", do="submit")
    a.post(page("contribution_edit", draft.pk), told)
    checked = a.get(page("contribution_submit", draft.pk)).content.decode()
    assert "Members of the group and the desk see it" in checked
    answer = a.post(page("contribution_submit", draft.pk), follow=True)
    shown = answer.content.decode()
    assert "SWG3/1-E" in shown
    assert Contribution.objects.get().fingerprint in shown
    assert list(item.documents.values_list("number", flat=True)) == ["SWG3/1-E"]


def _officer():
    return User.objects.create_user("chief@example.org", is_administrator=True)


def test_a_file_too_large_is_refused_with_its_limit_and_the_words_stay(a, draft, settings):
    settings.LARGEST_DOCUMENT = 1
    here = page("contribution_files", draft.pk)
    assert "At most 1.0" in a.get(here).content.decode().replace("\xa0", " ")
    large = SimpleUploadedFile("large.txt", b"x" * (uploads.MEGABYTE + 1))
    answer = a.post(here, {"language": "en", "file": large})
    assert answer.status_code == 422
    assert "too large" in answer.content.decode()
    kept = Contribution.objects.get()
    assert (kept.text, kept.files) == ("# Proposal\n- Connect them.", [])
    with pytest.raises(FileRefusedError):
        uploads.take([large.read() or b"x" * (uploads.MEGABYTE + 1)], name="a", language="en")


def test_files_are_added_read_by_the_delegation_alone_and_taken_out(a, b, draft):
    here = page("contribution_files", draft.pk)
    small = SimpleUploadedFile("annex.txt", b"An annex.")
    assert a.post(here, {"language": "fr", "file": small}).status_code == 302
    there = page("contribution_file", draft.pk, "annex.txt")
    assert b"".join(a.get(there).streaming_content) == b"An annex."
    assert b.get(there).status_code == 403
    a.post(here, {"remove": "annex.txt"})
    assert Contribution.objects.get().files == []


def test_another_member_joins_once_asked_and_only_then_reads_the_draft(
    a,
    b,
    draft,
    delegations,  # noqa: F811
    coming,
):
    a.post(page("contribution_joining", draft.pk), {"other": delegations.b.pk})
    assert "Islands first" in b.get(page("contribution_read", draft.pk)).content.decode()
    assert b.get(page("contribution_edit", draft.pk)).status_code == 403
    b.post(page("contribution_answer", draft.pk), {"do": "agree"})
    shown = a.get(page("contribution_submit", draft.pk)).content.decode()
    assert "Sample State A, Sample State B" in shown


def test_a_delegate_who_leaves_in_mid_draft_leaves_it_to_the_delegation(
    a,
    colleague,
    draft,
    delegations,  # noqa: F811
):
    place = delegations.delegate_of_a
    place.until_on = place.since_on = a_day(-1)
    place.save()
    assert a.get(page("contribution_edit", draft.pk)).status_code == 403
    assert "Islands first" in colleague.get(page("contribution_edit", draft.pk)).content.decode()


def test_an_observer_submits_nothing(delegations, coming):  # noqa: F811
    observer = signed_in(delegations.observing.user)
    assert observer.get(page("contributions", coming.slug)).status_code == 403


def test_it_is_put_aside_as_a_draft_and_withdrawn_with_a_reason_afterwards(a, draft, delegations):  # noqa: F811
    a.post(page("contribution_submit", draft.pk))
    a.post(page("contribution_withdraw", draft.pk), {"reason": "Overtaken."})
    shown = a.get(page("contribution", draft.pk)).content.decode()
    assert "Overtaken." in shown
    refused = a.post(page("contribution_follow", draft.pk), {"kind": "revision"}, follow=True)
    assert "nothing follows it" in refused.content.decode()
    assert contribution_queries.waiting(draft.meeting) == []
