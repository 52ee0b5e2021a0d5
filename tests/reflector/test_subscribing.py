"""Nobody gets a post who did not press a button or answer a mail; one press ends it."""

from datetime import timedelta

import pytest

from consulta.mailroom.models import OutgoingMail
from consulta.reflector import addresses, subscribing
from consulta.reflector.errors import LinkUnknownError, NotSubscribedError
from consulta.reflector.models import Subscription
from consulta.reflector.subscribing import Wish
from tests.reflector.conftest import NOW

pytestmark = pytest.mark.django_db


def secret() -> str:
    raw = bytes(OutgoingMail.objects.latest("pk").raw).decode()
    return raw.split("/link/confirm/")[1].split("/")[0].replace("=\r\n", "")


def ask(place, email="Ana@Example.org", **wish):
    return subscribing.ask(place, Wish(email, "en", **wish), now=NOW)


def test_asking_sends_one_mail_and_subscribes_nobody(home):
    found = ask(home)

    mail = OutgoingMail.objects.get()
    assert not subscribing.is_served(found)
    assert (mail.recipient, found.email) == ("ana@example.org", "ana@example.org")
    assert secret() not in mail.masked_text


def test_the_button_subscribes_and_twice_is_once(space):
    ask(space, mode="digest")

    first = subscribing.confirm(secret(), now=NOW)
    second = subscribing.confirm(secret(), now=NOW)

    assert first.pk == second.pk
    assert subscribing.is_served(first)
    assert (first.space, first.mode) == (space, "digest")


def test_an_answer_subscribes_only_from_the_same_address(home):
    ask(home)

    with pytest.raises(LinkUnknownError):
        subscribing.confirm(secret(), now=NOW, sender="eve@example.org")
    assert subscribing.is_served(subscribing.confirm(secret(), now=NOW, sender="ANA@example.org"))


def test_a_button_works_for_thirty_days(home):
    ask(home)

    with pytest.raises(LinkUnknownError):
        subscribing.confirm(secret(), now=NOW + timedelta(days=31))


def test_somebody_else_who_asks_changes_nothing_for_who_is_subscribed(home, subscribe):
    standing = subscribe("ana@example.org")

    ask(home, mode="digest")

    standing.refresh_from_db()
    assert (standing.mode, subscribing.is_served(standing)) == ("each", True)
    assert Subscription.objects.count() == 1


def test_list_and_space_are_two_subscriptions(home, space):
    assert ask(home).pk != ask(space).pk


def test_a_paused_subscription_rests_and_comes_back(subscribe):
    ana = subscribe("ana@example.org")

    subscribing.pause(ana, now=NOW)
    assert not subscribing.is_served(ana)
    subscribing.resume(ana)
    assert subscribing.is_served(ana)


def test_what_ended_cannot_be_changed_but_asked_for_again(home, subscribe):
    ana = subscribe("ana@example.org")
    subscribing.end(ana, now=NOW)

    with pytest.raises(NotSubscribedError):
        subscribing.resume(ana)
    with pytest.raises(NotSubscribedError):
        subscribing.change(ana, mode="digest", language="en")
    ask(home)
    assert subscribing.is_served(subscribing.confirm(secret(), now=NOW))


def test_the_links_of_one_subscription_open_no_other(subscribe):
    ana, bo = subscribe("ana@example.org"), subscribe("bo@example.org")

    sealed = addresses.seal("manage", ana.pk)
    assert subscribing.find_to_manage(sealed) == ana
    with pytest.raises(LinkUnknownError):
        subscribing.find_to_manage(f"{bo.pk}-{sealed.split('-')[1]}")
    with pytest.raises(LinkUnknownError):
        subscribing.find_to_leave(sealed)


def test_the_button_of_who_left_works_no_more(home):
    ask(home)
    token = secret()
    subscription = subscribing.confirm(token, now=NOW)

    subscribing.end(subscription, now=NOW)

    with pytest.raises(LinkUnknownError):
        subscribing.confirm(token, now=NOW)
