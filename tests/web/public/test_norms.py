"""The norms of a group, and the edition by which a consultation is judged, on the page and as data."""

from datetime import date

import pytest
from django.test import Client

from consulta.groups import norms
from consulta.groups.models import Group
from consulta.meetings.models import Meeting
from tests.rounds import decided, draft, group, next_meeting, plan, running  # noqa: F401

PAGE = "/en/consultations/internet-on-islands/"


def words(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def with_norms(group: Group) -> Group:  # noqa: F811
    norms.enter(group.body)
    return group


def test_the_norms_of_a_group_show_editions_and_stale_citations(with_norms):
    page = words("/en/groups/sample-group/norms/")
    assert "It still cites" in page
    assert "Resolution 1344 (Rev. 2015)" in page
    assert "recognizing c); annex, 6; annex, 7" in page
    assert "Stale citations" in words("/en/groups/sample-group/")


def test_the_page_says_by_which_edition_it_is_judged(running):  # noqa: F811
    assert "in force on the day of the decision" in words(PAGE)
    told = Client().get("/api/v1/consultations/internet-on-islands").json()
    assert (told["norm"]["edition"], told["norm"]["standing"]) == ("Rev. 2019", "in_force")
    assert told["procedure_edition"]


def test_an_edition_that_was_not_in_force_is_flagged(running, decided):  # noqa: F811
    day = date(2018, 5, 1)
    Meeting.objects.filter(pk=decided.meeting.pk).update(starts_on=day, ends_on=day)
    assert "Judged by another edition than the one in force" in words(PAGE)
