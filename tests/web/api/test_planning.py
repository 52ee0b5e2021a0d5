"""The API plans what the command plans."""

import json

import pytest
from click.testing import CliRunner

from consulta.cli.plan import plan
from consulta.web.api.description import PREFIX

pytestmark = pytest.mark.django_db

MEETINGS = ["A=2027-01-14/2027-01-15", "B=2027-03-03/2027-03-04", "C=2027-09-22"]
ASKED = {"procedure": "itu-res-1336-2019", "meeting": MEETINGS, "today": "2026-11-21"}


def test_it_gives_out_the_same_document_as_the_command(client):
    options = [f"--meeting={meeting}" for meeting in MEETINGS]
    more = ["--days-open=20", "--ahead=2", "--roll=responses_due=back", "--what-if=B=2027-03-10"]
    said = CliRunner().invoke(
        plan,
        ["--procedure", ASKED["procedure"], "--today", ASKED["today"], "--format=json", *options,
         *more],
    )  # fmt: skip

    answer = client.get(
        f"{PREFIX}plan",
        ASKED
        | {"days_open": 20, "ahead": 2, "roll": "responses_due=back", "what_if": "B=2027-03-10"},
    )

    assert answer.status_code == 200
    assert answer.json() == json.loads(said.stdout)


def test_it_speaks_the_language_that_is_asked_for(client):
    told = [client.get(f"{PREFIX}plan", ASKED | {"lang": lang}).json() for lang in ("en", "ar")]
    first, other = ([p["days"] for p in one["proposals"]] for one in told)
    assert first == other
    labels = [one["proposals"][0]["timetable"]["milestones"][0]["label"] for one in told]
    assert labels[0] != labels[1]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"procedure": "none"}, "procedure_unknown"),
        ({"meeting": MEETINGS[:1]}, "nothing_to_plan"),
        ({"meeting": ["soon"]}, "not_a_date"),
        ({"set": "opening=2027-01-20"}, "which"),
        ({"set": "x=2027-01-20"}, "name_unknown"),
        ({"bogus": "1"}, "parameter_unknown"),
        ({"year": "99999999999"}, "year_mistyped"),
        ({"days_open": 0}, "mistyped"),
        ({"today": "tomorrow"}, "not_a_date"),
        ({"lang": "xx"}, "unknown_language"),
    ],
)
def test_what_cannot_be_read_is_refused_with_how_to_mend_it(client, changes, error):
    answer = client.get(f"{PREFIX}plan", ASKED | changes)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.json()["message"].endswith(".")
