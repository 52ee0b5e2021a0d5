"""The API's clock says what the command says."""

import json

import pytest
from click.testing import CliRunner

from consulta.cli.timetable import timetable
from consulta.web.api.description import PREFIX

pytestmark = pytest.mark.django_db

ANCHORS = ["deciding_meeting.end=2019-09-20", "group_meeting.start=2020-02-04"]
ASKED = {"procedure": "itu-res-1336-2019", "anchor": ANCHORS, "today": "2020-03-01"}


def test_it_gives_out_the_same_document_as_the_command(client):
    actual = ["opening=2019-10-04", "responses_due=unknown"]
    options = [f"--anchor={pair}" for pair in ANCHORS] + [f"--actual={pair}" for pair in actual]
    said = CliRunner().invoke(
        timetable,
        ["--procedure", ASKED["procedure"], "--today", ASKED["today"], "--format=json", *options],
    )

    answer = client.get(f"{PREFIX}timetable", ASKED | {"actual": actual})

    assert answer.json() == json.loads(said.stdout)


def test_it_speaks_the_language_that_is_asked_for(client):
    answer = client.get(f"{PREFIX}timetable", ASKED | {"lang": "ar"})

    assert answer.status_code == 200
    assert client.get(f"{PREFIX}procedures", {"lang": "ar"}).status_code == 200


def test_the_procedures_have_their_sentences(client):
    listed = client.get(f"{PREFIX}procedures").json()["procedures"]

    one = client.get(f"{PREFIX}procedures/itu-res-1336-2019").json()
    assert one in listed
    assert all(rule["source"] for rule in one["milestones"])
    assert client.get(f"{PREFIX}procedures/none").status_code == 404


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"procedure": "none"}, "procedure_unknown", "itu-res-1336-2019"),
        ({"procedure": ""}, "procedure_unknown", "itu-res-1336-2019"),
        ({"anchor": ANCHORS[:1]}, "anchor_missing", "group_meeting.start"),
        ({"anchor": ["x=2020-01-01"]}, "name_unknown", "group_meeting.start"),
        ({"anchor": [ANCHORS[0], "group_meeting.start=2020-02-30"]}, "not_a_date", "YYYY-MM-DD"),
        ({"anchor": ["nonsense"]}, "mistyped", "anchor=NAME=VALUE"),
        ({"actual": ["x=2020-01-01"]}, "name_unknown", "responses_due"),
        ({"roll": ["responses_due=up"]}, "mistyped", "back"),
        ({"offset": ["opening=3"]}, "offset_fixed", "offset"),
        ({"offset": ["opening=x"]}, "mistyped", "1 to 1000"),
        ({"announced": ["group_meeting.start=2020-01-01"]}, "mistyped", "@DAY"),
        ({"today": "tomorrow"}, "not_a_date", "between the years"),
        ({"choose": ["document=poem"]}, "choice_unknown", "choose"),
        ({"bogus": "1"}, "parameter_unknown", "actual, anchor"),
        ({"procedure": "/etc/passwd.toml"}, "procedure_unknown", "itu-res-1336-2019"),
    ],
)
def test_what_cannot_be_read_is_refused_with_how_to_mend_it(client, changes, error, words):
    answer = client.get(f"{PREFIX}timetable", ASKED | changes)

    assert answer.status_code == 400
    assert answer.json()["error"] == error
    assert words in answer.json()["message"]


LAST_CALL = {
    "procedure": "ietf-last-call",
    "anchor": ["opening.date=2027-03-01"],
    "today": "2027-03-01",
}


def test_a_choice_decides_which_rule_is_drawn_up(client):
    answer = client.get(f"{PREFIX}timetable", LAST_CALL | {"choose": ["document=individual"]})
    [due] = [m for m in answer.json()["milestones"] if m["name"] == "responses_due"]
    assert (answer.json()["choices"], due["earliest"]) == ({"document": "individual"}, "2027-03-29")


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"choose": ["document=poem"]}, "choice_unknown", "document=individual"),
        ({"choose": ["weather=fine"]}, "choice_unknown", "document"),
        ({"choose": ["document"]}, "mistyped", "choose=NAME=VALUE"),
        ({"anchor": ["opening.date=2999-12-31"]}, "not_a_date", "1865 to 2999"),
    ],
)
def test_a_choice_or_a_date_that_cannot_be_is_refused(client, changes, error, words):
    answer = client.get(f"{PREFIX}timetable", LAST_CALL | changes)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert words in answer.json()["message"]


def test_phases_and_terms_are_given_out(client):
    asked = {
        "procedure": "icann-public-comment-2012",
        "anchor": ["opening.date=2027-03-01"],
        "today": "2027-03-01",
    }
    phases = client.get(f"{PREFIX}timetable", asked).json()["phases"]
    assert [(phase["name"], phase["content"]) for phase in phases] == [
        ("comment", "responses"),
        ("reply", "replies"),
    ]
    one = client.get(f"{PREFIX}procedures/icann-public-comment").json()
    assert one["contest"]["days"] == 30
    assert one["choices"][0]["chosen"] == one["choices"][0]["default"]


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"verdict": "zzz"}, "value_unknown", "kept_with_tolerance"),
        ({"group": "nope"}, "value_unknown", "group"),
        ({"procedure": "nope"}, "value_unknown", "itu-res-1336"),
        ({"year": "0"}, "year_mistyped", "1865 to 2999"),
        ({"bogus": "1"}, "parameter_unknown", "group, lang, procedure, verdict, year"),
    ],
)
def test_a_filter_that_matches_nothing_is_refused_with_what_there_is(client, asked, error, words):
    answer = client.get(f"{PREFIX}clock", asked)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert words in answer.json()["message"]


def test_every_verdict_and_rule_that_there_is_can_be_asked_for(client):
    for asked in ({"verdict": "overdue"}, {"procedure": "berec"}, {"year": "2027", "lang": "fr"}):
        assert client.get(f"{PREFIX}clock", asked).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("timetable?procedure=broken", 400),
        ("plan?procedure=broken", 400),
        ("procedures/broken", 404),
    ],
)
def test_a_procedure_with_a_slip_is_refused_with_its_line(client, own_slip, path, status):
    answer = client.get(f"{PREFIX}{path}")
    assert (answer.status_code, answer.json()["error"]) == (status, "procedure_slip")
    assert "broken.toml:3: edition: must be a number from 1" in answer.json()["message"]
    assert client.get(f"{PREFIX}procedures").status_code == 200
