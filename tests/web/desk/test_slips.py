"""A procedure's file with a slip: it is named, and everything else goes on, also what ran by it."""

import re

import pytest
from django.urls import reverse

from consulta.consultations import clock, opening
from consulta.consultations.errors import ProcedureUnreadableError
from consulta.consultations.models import MilestoneFact
from consulta.web.api.description import PREFIX
from consulta.web.desk import refusals
from tests.rounds import a_day

SLIP = "broken.toml:3: edition: must be a number from 1"


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_list_names_each_slip_and_has_every_other_procedure(client, db, own_slip):
    said = words(client.get("/en/procedures/"))
    assert SLIP in said
    assert "latin.toml:1: the file: is not UTF-8 text" in said
    assert "mine" in said
    assert "Better" not in said
    assert "EU better regulation" in said


@pytest.mark.parametrize(("path", "status"), [("broken/", 404), ("mine/", 200), ("berec/", 200)])
def test_the_page_of_a_procedure_says_its_slip(client, db, own_slip, path, status):
    answer = client.get(f"/en/procedures/{path}")
    assert (answer.status_code, SLIP in words(answer)) == (status, status == 404)


def test_the_file_with_a_slip_can_be_fetched_as_it_is(client, db, own_slip):
    fetched = client.get("/en/procedures/latin.toml")
    assert (fetched.status_code, fetched.content) == (200, b'body = "Comit\xe9"')


@pytest.mark.parametrize("name", ["desk:plan", "desk:convene"])
def test_the_desk_plans_with_the_others(desk, decided, own_slip, name):
    chosen = {"decision": str(decided.pk), "procedure": "broken"}
    for asked in ({}, chosen, {"procedure": "broken"}):
        answer = desk.get(reverse(name), asked)
        assert answer.status_code == 200
        assert 'value="broken"' not in answer.content.decode()


@pytest.fixture(params=["broken", "gone"])
def under(request, consultation, own_slip):
    """The open consultation, by a file that has a slip now, or is there no more."""
    consultation.procedure, consultation.procedure_edition = request.param, "4"
    consultation.save()
    MilestoneFact.objects.create(consultation=consultation, milestone="ballot", on=a_day(-3))
    return consultation


@pytest.mark.parametrize(
    "path",
    [
        "/en/",
        "/en/consultations/",
        "/en/clock/",
        "/en/consultations/{slug}/",
        "/en/consultations/{slug}/respond/",
        "/en/consultations/{slug}/register/",
        f"{PREFIX}consultations",
        f"{PREFIX}consultations/{{slug}}",
        f"{PREFIX}clock",
    ],
)
def test_what_runs_by_it_still_shows_its_pages(client, under, path):
    assert client.get(path.format(slug=under.slug)).status_code == 200


def test_its_own_page_says_why_only_the_dates_that_were_set_are_shown(client, under):
    said = words(client.get(f"/en/consultations/{under.slug}/"))
    why = SLIP if under.procedure == "broken" else "There is no file of this procedure any more"
    assert why in said


def test_its_edition_and_its_dates_stay_as_they_were(under):
    rules, row = clock.rules(under), clock.view(under, under.opens_at).row("responses_due")
    assert (rules.edition, rules.slug, row.at) == (4, under.procedure, under.closes_at)


def test_the_desk_opens_it(desk, under):
    for name in ("desk:consultation", "desk:edit"):
        assert desk.get(reverse(name, args=[under.slug])).status_code < 404


def test_what_was_stored_of_its_timetable_stays(under):
    under.timetable = {"milestones": [{"name": "ballot"}]}
    clock.judge_again(under, under.opens_at)
    assert (under.timetable, under.procedure_edition) == (
        {"milestones": [{"name": "ballot"}]},
        "4",
    )


def test_a_draft_under_it_is_not_announced_and_the_desk_says_how_to_mend_it(under, officer):
    under.announced_at = None
    under.save()
    with pytest.raises(ProcedureUnreadableError) as caught:
        opening.open_consultation(under, by=officer, now=under.opens_at)
    assert under.procedure in refusals.sentence(caught.value)
