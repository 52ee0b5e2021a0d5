"""Every announced consultation has one space, every group one list, and every address is one place's."""

import pytest

from consulta.groups.models import Group
from consulta.reflector import addresses, lists, queries
from consulta.reflector.models import List, Space
from tests.reflector.conftest import NOW

pytestmark = pytest.mark.django_db


def test_an_announced_consultation_gets_its_space_once(consultation, group):
    consultation.group = group
    consultation.save()

    assert [lists.keep(NOW), lists.keep(NOW)] == [1, 0]
    assert Space.objects.get().list.group == group


def test_a_draft_and_the_public_record_have_none(consultation):
    consultation.announced_at = None
    consultation.save()
    assert lists.keep(NOW) == 0

    consultation.announced_at, consultation.is_record = NOW, True
    consultation.save()
    assert lists.keep(NOW) == 0


def test_nothing_is_written_where_nothing_is_wanting(space, django_assert_num_queries):
    with django_assert_num_queries(1):
        lists.keep(NOW)


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("cwg-internet", "cwg-internet-list"),
        ("study-group-3", "study-group-3-list"),
        ("3gpp", "group-3gpp-list"),
        ("a-very-long-name-of-a-working-group", "a-very-long-name-of-a-wo-list"),
        ("consultation", "consultation-list"),
    ],
)
def test_the_name_of_a_list_is_an_address_of_its_own(body, slug, name):
    made = lists.of_group(Group.objects.create(body=body, slug=slug, short_name=slug), now=NOW)

    assert made.slug == name
    assert addresses.read(addresses.of(made)).list == name


def test_two_groups_that_begin_alike_have_two_lists(body):
    names = {
        lists.of_group(Group.objects.create(body=body, slug=slug, short_name=slug), now=NOW).slug
        for slug in ("a-very-long-name-of-a-working-group", "a-very-long-name-of-a-wo")
    }

    assert len(names) == 2
    assert List.objects.count() == 2


def test_the_names_that_take_letters_are_those_of_lists_and_spaces(space):
    assert set(addresses.taken(*queries.all_places())) == {
        "sample-group-list", "sample-group-list+", "sample-group-list-11", "sample-group-list-11+"
    }  # fmt: skip
