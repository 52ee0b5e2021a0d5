"""`consulta plan`: a table for people, one document for machines, and an exit code."""

import json

import pytest
from click.testing import CliRunner

from consulta.cli import main
from consulta.cli.plan import plan

NARROW = ["--meeting=A=2027-01-14/2027-01-15", "--meeting=B=2027-03-03/2027-03-04"]
WIDE = ["--meeting=A=2021-09-23", "--meeting=B=2022-01-19/2022-01-20", "--today=2021-09-01"]


def run(*options, today="2026-11-21"):
    asked = ["--procedure", "itu-res-1336-2019", *options]
    if not any(option.startswith("--today") for option in options):
        asked.append(f"--today={today}")
    return CliRunner().invoke(plan, asked)


def test_a_plan_that_can_keep_the_rule_is_a_table_and_ends_with_0():
    said = run(*WIDE)
    assert said.exit_code == 0
    assert "1. Decided at A, reports to B" in said.stdout
    assert "The plan can keep the rule. Open for 71 days." in said.stdout
    row = next(line for line in said.stdout.splitlines() if "Responses due  " in line)
    assert row.split("  ")[-2:] == ["Saturday, 18 December 2021", "Kept."]


def test_a_plan_that_cannot_ends_with_1_and_names_the_nearest_dates():
    said = run(*NARROW)
    assert said.exit_code == 1
    assert "Opening of the consultation: choose Friday, 29 January 2027" in said.stdout
    assert (
        "B: 2 days later, on Friday, 5 March 2027 (the meeting runs into a weekend)" in said.stdout
    )
    assert "B: 5 days later, on Monday, 8 March 2027\n" in said.stdout


def verdicts(said):
    """The last cell of each row of the table."""
    rows = [line.split("  ") for line in said.stdout.splitlines() if " 202" in line and "/" in line]
    return {row[0]: row[-1] for row in ([c.strip() for c in r if c.strip()] for r in rows)}


def test_the_clauses_that_break_are_named_and_their_rows_are_not_kept():
    said = run("--meeting=2027-01-15", "--meeting=2027-03-03", today="2026-12-01")
    clause = "(Resolution 1336 (Rev. 2019), resolves 3)"
    assert (
        f"The rules that cannot both be kept: Opening of the consultation {clause} and "
        f"Responses due {clause}."
    ) in said.stdout
    assert verdicts(said) == {
        "Opening of the consultation": "In conflict.",
        "Responses due": "In conflict.",
        "Consolidated report published": "Kept.",
        "Open meeting": "Kept.",
    }


def test_a_close_before_the_opening_leaves_no_day_to_respond():
    said = run("--meeting=2027-01-15", "--meeting=2027-01-30", today="2026-12-01")
    assert "There is no day to respond." in said.stdout
    assert "-18" not in said.stdout
    asked = ("--meeting=2027-01-15", "--meeting=2027-01-30", "--format=json")
    (proposal,) = json.loads(run(*asked, today="2026-12-01").stdout)["proposals"]
    assert (proposal["days_open"], proposal["conflicting"]) == (0, ["opening", "responses_due"])


def test_the_nearest_date_that_is_set_makes_it_feasible():
    assert run(*NARROW, "--set=opening=2027-01-29").exit_code == 0
    assert run(*NARROW, "--set=B=2027-03-05").exit_code == 0
    assert run(*NARROW, "--set=open_meeting=2027-03-02").exit_code == 0


def test_a_what_if_shows_before_and_after_and_decides_the_exit_code():
    said = run(*NARROW, "--what-if=B=2027-03-10")
    assert said.exit_code == 0
    row = next(line for line in said.stdout.splitlines() if "7 days later" in line)
    assert row.split() == [
        *("Responses", "due", "2027-01-30", "2027-02-06", "Kept.", "7", "days", "later")
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("B=2026-11-20", "would begin on Friday, 20 November 2026, which is not after today"),
        ("B=2027-01-10", "would not come after the one that decides it"),
    ],
)
def test_a_consultation_that_a_what_if_takes_away_says_why_and_how_to_mend_it(change, why):
    said = run(*NARROW, f"--what-if={change}").stdout
    (sentence,) = (line for line in said.splitlines() if "It is no longer there" in line)
    assert why in sentence
    assert "Choose " in sentence


def test_a_nearest_date_on_a_weekend_says_so_and_a_working_day_stands_beside_it():
    said = run("--meeting=2027-01-15", "--meeting=2027-01-30", today="2026-12-01").stdout
    moves = [line.strip() for line in said.splitlines() if line.strip().startswith("meeting-1:")]
    assert moves == [
        "meeting-1: 34 days earlier, on Saturday, 12 December 2026 (on a weekend)",
        "meeting-1: 35 days earlier, on Friday, 11 December 2026",
    ]


def test_a_what_if_that_changes_no_date_says_so():
    assert "Nothing changes." in run(*WIDE, "--what-if=days_open=30").stdout


def test_two_consultations_decided_at_once_show_both_readings():
    said = run(*WIDE, "--meeting=C=2022-09-21", "--ahead=2").stdout
    assert "Decided at A, reports to C" in said
    assert "where B restates the topic, on Friday, 4 February 2022 at the latest." in said


def test_json_is_one_document():
    told = json.loads(run(*NARROW, "--format=json", "--council=C=2027-02-01").stdout)
    assert told["feasible"] is False
    assert [proposal["key"] for proposal in told["proposals"]] == ["A>B", "C>B"]
    first = told["proposals"][0]
    assert [(n["name"], n["to"], n["days"]) for n in first["nearest"]] == [
        ("opening", "2027-01-29", 0),
        ("deciding_meeting.end", "2027-01-14", -1),
        ("open_meeting.start", "2027-03-02", 1),
        ("group_meeting.start", "2027-03-05", 2),
        ("group_meeting.start", "2027-03-08", 5),  # the other meeting runs into a Saturday
    ]
    assert first["timetable"]["feasible"] is False


def test_an_open_call_is_planned_from_its_opening_and_the_days_that_are_wished():
    said = CliRunner().invoke(
        plan,
        ["--procedure=open-call", "--anchor=opening.date=2027-03-01", "--days-open=60",
         "--today=2027-01-01", "--format=json"],
    )  # fmt: skip
    assert said.exit_code == 0
    (proposal,) = json.loads(said.stdout)["proposals"]
    assert proposal["days"] == {"opening": "2027-03-01", "responses_due": "2027-04-30"}


@pytest.mark.parametrize("options", [[], ["--meeting=2027-01-15"], [*NARROW, "--set=x=y"]])
def test_wrong_input_ends_with_2_and_one_sentence(options):
    said = run(*options)
    assert said.exit_code == 2
    assert len(said.stderr.strip().splitlines()) == 1


def test_the_year_needs_no_number():
    said = CliRunner().invoke(main, ["plan", "--procedure=itu-res-1336-2019", *WIDE, "--year"])
    assert said.exit_code == 0


@pytest.mark.parametrize("language", ["ar", "zh", "ru"])
def test_it_speaks_every_language(language):
    assert run(*NARROW, f"--language={language}").exit_code == 1
