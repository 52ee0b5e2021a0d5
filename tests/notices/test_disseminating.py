"""Outputs go to lists of addressees: once to each address, members' matter to members alone, on record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.groups import delegating, membership
from consulta.groups.membership import Particulars
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.mailroom.models import OutgoingMail
from consulta.meetings.models import Decision
from consulta.notices import addressing, disseminating, document_choices, outputs
from consulta.notices.models import Dissemination, DisseminationCopy
from tests.delegations import delegations  # noqa: F401
from tests.outputs import a_list, decided, entered

SECRET = "zq-for-members"
OF_DELEGATES = {
    f"{who}@example.org" for who in ("admin-a", "delegate-a", "delegate-b", "admin-b", "observer")
}


@pytest.fixture
def officer_of(people):
    return people["officer"]


@pytest.fixture
def public(next_meeting):
    return outputs.of(decided(next_meeting))


@pytest.fixture
def for_members(next_meeting):
    return outputs.of(decided(next_meeting, "members", SECRET))


def send(group, output, lists, by, **notes):
    return disseminating.send(group, output, lists, notes=notes, now=timezone.now(), by=by)


def through():
    """Let the worker go on until nothing waits; who was mailed."""
    for _look in range(20):
        disseminating.send_due(timezone.now())
    assert not Dissemination.objects.filter(queued_at=None).exists()
    mails = OutgoingMail.objects.filter(about__startswith="notices.dissemination:")
    return sorted(mails.values_list("recipient", flat=True))


def test_an_output_goes_to_every_address_once_however_often_it_is_sent(
    group, public, officer_of, monkeypatch
):
    monkeypatch.setattr(disseminating, "BATCH", 2)
    first, second = a_list(group, officer_of), a_list(group, officer_of, "organisations")
    for n in range(5):
        entered(first, f"a{n}@example.org", officer_of)
    entered(second, "A0@example.org", officer_of)
    entered(second, "b@example.org", officer_of, language="fr")
    sent = send(group, public, [first, second], officer_of, fr="Bonjour.")
    assert OutgoingMail.objects.count() == 0  # the act itself mails nothing
    expected = [*(f"a{n}@example.org" for n in range(5)), "b@example.org"]
    assert through() == expected
    assert {to.list_id: to.copies for to in sent.lists.all()} == {first.pk: 5, second.pk: 1}
    in_french = OutgoingMail.objects.get(recipient="b@example.org").masked_text
    assert "Bonjour." in in_french
    assert f"/fr/decisions/{public.row.pk}/" in in_french
    send(group, public, [first, second], officer_of)
    assert through() == expected
    shown = Entry.objects.filter(act="output_sent").values_list("shows", flat=True)
    assert list(shown) == ["pages", "pages"]


def test_members_matter_goes_to_lists_of_members_alone(
    group,
    for_members,
    officer_of,
    delegations,  # noqa: F811
):
    others = a_list(group, officer_of, "sector-members")
    entered(others, "sector@example.org", officer_of)
    with pytest.raises(disseminating.NotForThisListError):
        send(group, for_members, [others], officer_of)
    own = a_list(group, officer_of, "members", has_delegates=True)
    with pytest.raises(addressing.MemberMissingError):
        entered(own, "anybody@example.org", officer_of)
    entered(own, "mission-a@example.org", officer_of, membership=delegations.a)
    entered(own, "mission-b@example.org", officer_of, membership=delegations.b)
    ended = Particulars(until_on=timezone.now().date() - timedelta(days=2))
    membership.change(delegations.b, ended, by=officer_of)
    send(group, for_members, [own], officer_of)
    of_b = {"delegate-b@example.org", "admin-b@example.org", "mission-b@example.org"}
    assert set(through()) == (OF_DELEGATES | {"mission-a@example.org"}) - of_b
    assert Entry.objects.get(act="output_sent").shows == "none"


def test_a_mail_names_what_is_for_members_only_where_the_group_allows_it(
    group,
    for_members,
    officer_of,
    delegations,  # noqa: F811
    next_meeting,
):
    own = a_list(group, officer_of, "members", has_delegates=True)
    send(group, for_members, [own], officer_of)
    through()
    said = [f"{m.subject}\n{m.masked_text}" for m in OutgoingMail.objects.all()]
    assert said
    assert [text for text in said if SECRET in text] == []
    document_choices.lay_down(group, names=True, by=officer_of)
    send(group, outputs.of(decided(next_meeting, "members", SECRET)), [own], officer_of)
    through()
    assert SECRET in OutgoingMail.objects.order_by("-pk")[0].masked_text


def test_what_is_classified_meanwhile_goes_to_nobody_more(group, public, officer_of, monkeypatch):
    monkeypatch.setattr(disseminating, "BATCH", 2)
    kept = a_list(group, officer_of)
    for n in range(5):
        entered(kept, f"a{n}@example.org", officer_of)
    send(group, public, [kept], officer_of)
    disseminating.send_due(timezone.now())
    Decision.objects.filter(pk=public.row.pk).update(audience="desk")
    assert len(through()) == 2
    with pytest.raises(outputs.OutputGoneError):
        disseminating.send_again(Dissemination.objects.get(), now=timezone.now(), by=officer_of)


def test_an_address_gets_nothing_until_it_is_confirmed_and_nothing_once_it_ended(
    group, public, officer_of
):
    kept, now = a_list(group, officer_of), timezone.now()
    one = entered(kept, "one@example.org", officer_of, basis="confirmed")
    asked = OutgoingMail.objects.get()
    assert asked.recipient == "one@example.org"
    sent = send(group, public, [kept], officer_of)
    assert through() == []
    token = (
        bytes(asked.raw).decode().replace("=\r\n", "").split("/follow/outputs/")[1].split("/")[0]
    )
    addressing.confirm(token, now=now)
    assert disseminating.send_again(sent, now=timezone.now(), by=officer_of) == 1
    assert through() == ["one@example.org"]
    addressing.end(addressing.end_token(one), now=now)
    with pytest.raises(addressing.EndedItselfError):
        entered(kept, "one@example.org", officer_of)


def test_those_missed_get_it_again_and_those_who_have_it_do_not(group, public, officer_of):
    kept = a_list(group, officer_of)
    for name in ("here", "away"):
        entered(kept, f"{name}@example.org", officer_of)
    sent = send(group, public, [kept], officer_of)
    through()
    with pytest.raises(disseminating.NobodyMissedError):
        disseminating.send_again(sent, now=timezone.now(), by=officer_of)
    OutgoingMail.objects.filter(recipient="away@example.org").update(state="failed")
    assert [copy.email for copy in disseminating.missed(sent)] == ["away@example.org"]
    assert disseminating.send_again(sent, now=timezone.now(), by=officer_of) == 1
    assert through() == ["away@example.org", "away@example.org", "here@example.org"]
    assert DisseminationCopy.objects.count() == 2
    assert list(disseminating.missed(sent)) == []


def test_only_the_desk_of_the_group_sends(group, public, people):
    kept = a_list(group, people["officer"])
    for who in ("reader", "editor", "moderator", "nobody"):
        with pytest.raises(NotAllowedError):
            send(group, public, [kept], people[who])
        with pytest.raises(NotAllowedError):
            entered(kept, "a@example.org", people[who])


def test_a_delegate_whose_place_ended_is_on_no_list(
    group,
    for_members,
    officer_of,
    delegations,  # noqa: F811
):
    own = a_list(group, officer_of, "members", has_delegates=True)
    delegating.end(delegations.delegate_of_a, by=officer_of)
    document_choices.choose(delegations.delegate_of_b.user, group, "none")
    OutgoingMail.objects.all().delete()
    send(group, for_members, [own], officer_of)
    gone = {"delegate-a@example.org", "delegate-b@example.org"}
    assert set(through()) == OF_DELEGATES - gone
