"""An address says what a letter asks for; a seal is ours or nothing."""

import pytest

from consulta.reflector import addresses
from consulta.reflector.addresses import Asked, Verb


@pytest.mark.parametrize(
    ("local", "asked"),
    [
        ("group-list", Asked("group-list", None, Verb.POST)),
        ("Group-List", Asked("group-list", None, Verb.POST)),
        ("group-list-11", Asked("group-list", 11, Verb.POST)),
        ("group-list-11+discuss", Asked("group-list", 11, Verb.DISCUSS)),
        ("group-list-11+re-407", Asked("group-list", 11, Verb.REPLY, "407")),
        ("group-list+subscribe", Asked("group-list", None, Verb.SUBSCRIBE)),
        ("group-list+confirm-aB_c-9", Asked("group-list", None, Verb.CONFIRM, "aB_c-9")),
        ("group-list+nonsense", None),
        ("group-list+subscribe-now", None),
        ("group-list+confirm", None),
        ("consultation-11", None),
        ("answer+abcdefghijklmnop", None),
        ("consultations", None),
    ],
)
def test_an_address_is_taken_apart(local, asked):
    assert addresses.read(f"{local}@localhost") == asked


def test_an_address_elsewhere_is_none_of_ours():
    assert addresses.read("group-list@example.org") is None


def test_a_seal_is_known_again_in_any_letter_case_and_for_its_purpose_alone():
    sealed = addresses.seal("bounce", 17)

    assert addresses.unseal("bounce", sealed.upper()) == 17
    assert addresses.unseal("leave", sealed) is None
    assert addresses.unseal("bounce", "18" + sealed[2:]) is None
    assert addresses.unseal("bounce", "17") is None


@pytest.mark.django_db
def test_every_address_of_a_space_fits_before_the_at_sign(space, subscribe):
    subscription = subscribe("ana@example.org")

    made = [
        addresses.of(space),
        addresses.of(space.list, Verb.CONFIRM, "x" * 22),
        addresses.bounces(subscription),
        addresses.leave(subscription),
    ]

    assert addresses.of(space) == "sample-group-list-11@localhost"
    assert all(len(address.partition("@")[0]) <= 64 for address in made)
    assert all(addresses.read(address) for address in made)
