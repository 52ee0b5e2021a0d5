"""`consulta procedures` and files of one's own: listed, shown, checked, used."""

import json

import pytest
from click.testing import CliRunner

from consulta.cli.procedures import procedures
from consulta.cli.timetable import timetable
from consulta.core import procedure, shelf

SLIP = "at_last"


@pytest.fixture
def mine(tmp_path):
    """A procedure of one's own: the open call under another name."""
    path = tmp_path / "mine.toml"
    path.write_text((procedure.HERE / "open-call.toml").read_text("utf-8"), encoding="utf-8")
    return path


@pytest.fixture
def broken(mine):
    """The same with a slip."""
    mine.write_text(mine.read_text("utf-8").replace("at_latest", SLIP), encoding="utf-8")
    return mine


def run(*arguments, command=procedures):
    return CliRunner().invoke(command, list(map(str, arguments)))


def line_of(path, words):
    lines = path.read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_a_file_that_is_a_procedure_passes_the_check(mine):
    done = run("--check", mine)
    assert (done.exit_code, done.stdout.strip()) == (0, f"{mine} is a procedure: Open call.")


def test_a_slip_is_named_with_its_line_and_the_check_fails(broken):
    done = run("--check", broken)
    assert (done.exit_code, done.stdout) == (1, "")
    number = line_of(broken, SLIP)
    assert done.stderr.startswith(f"mine.toml:{number}: milestones[2].bound: 'at_last' is not one")


def test_the_check_speaks_json(broken):
    done = run("--check", broken, "--format", "json")
    found = json.loads(done.stdout)
    assert found["problem"].startswith("'at_last' is not one of at_latest")
    assert {key: found[key] for key in ("ok", "line", "where")} == {
        "ok": False,
        "line": line_of(broken, SLIP),
        "where": "milestones[2].bound",
    }


@pytest.mark.parametrize("option", [("--check",), ()])
def test_a_file_that_is_not_there_is_refused(tmp_path, option):
    done = run(*option, tmp_path / "none.toml")
    assert (done.exit_code, "name a file that exists" in done.stderr) == (2, True)


def test_the_timetable_takes_the_file_itself(mine):
    done = run(
        *("--procedure", mine, "--today", "2027-01-01", "--format", "json"),
        *("--anchor", "opening.date=2027-02-01", "--anchor", "responses_due.date=2027-03-01"),
        command=timetable,
    )
    assert (done.exit_code, json.loads(done.stdout)["procedure"]) == (0, "mine")


def test_the_timetable_refuses_a_file_with_a_slip(broken):
    done = run("--procedure", broken, command=timetable)
    assert (done.exit_code, "milestones[2].bound" in done.stderr) == (2, True)


def test_a_folder_of_ones_own_is_listed_and_a_slip_in_it_hinders_nothing(mine, monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(mine.parent))
    (mine.parent / "spoilt.toml").write_text("edition = ", encoding="utf-8")
    done = run()
    assert done.exit_code == 2
    assert {"mine", "open-call"} <= {line.split()[0] for line in done.stdout.splitlines()}
    assert done.stderr.startswith("spoilt.toml:1: the file: ")


LAST_CALL = (
    *("--procedure", "ietf-last-call", "--anchor", "opening.date=2027-03-01"),
    *("--today", "2027-03-01", "--format", "json"),
)


@pytest.mark.parametrize(
    ("options", "earliest"),
    [
        ((), "2027-03-15"),
        (("--choose", "document=working_group"), "2027-03-15"),
        (("--choose", "document=individual"), "2027-03-29"),
    ],
)
def test_a_choice_decides_which_rule_is_drawn_up(options, earliest):
    data = json.loads(run(*LAST_CALL, *options, command=timetable).stdout)
    assert [m["earliest"] for m in data["milestones"] if m["name"] == "responses_due"] == [earliest]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("--choose", "document=poem"), "document=working_group, document=individual"),
        (("--choose", "weather=fine"), "it has: document"),
        (("--choose", "document"), "--choose NAME=VALUE"),
        (("--anchor", "opening.date=2999-12-31"), "names opening.date twice"),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_what_can(typed, words):
    done = run(*LAST_CALL, *typed, command=timetable)
    assert (done.exit_code, words in done.stderr) == (2, True), done.stderr


def test_dates_that_lead_out_of_the_calendar_are_refused_with_a_sentence():
    done = run(
        *("--procedure", "ietf-last-call", "--anchor", "opening.date=2999-12-31"),
        command=timetable,
    )
    assert (done.exit_code, "1865 to 2999" in done.stderr) == (2, True)


def test_a_date_that_moved_twice_is_announced_twice():
    done = run(
        *("--procedure", "itu-res-1336-2019", "--today", "2022-01-20", "--format", "json"),
        *("--anchor", "deciding_meeting.end=2021-09-23", "--anchor", "group_meeting.start=2022-04-20"),
        *("--announced", "group_meeting.start=2022-01-19@2021-09-23"),
        *("--announced", "group_meeting.start=2022-03-16@2022-01-11"),
        *("--announced", "group_meeting.start=2022-04-20@2022-01-15"),
        *("--actual", "report_published=2022-01-20"),
        command=timetable,
    )  # fmt: skip
    [report] = [m for m in json.loads(done.stdout)["milestones"] if m["name"] == "report_published"]
    assert report["verdict"]["status"] == "kept"
    then = report["verdict"]["as_known_then"]
    assert (then["status"], then["days"]) == ("missed", 18)


def test_one_procedure_is_shown_with_its_choices_and_what_is_not_verified():
    shown = run("icann-public-comment").stdout
    assert "--choose kind=ordinary  (ordinary, gnso_issue_report)" in shown
    assert "Only with: kind=gnso_issue_report" in shown
    data = json.loads(run("eu-better-regulation", "--format", "json").stdout)
    assert {rule["verified"] for rule in data["milestones"]} == {True, False}
    assert [rule["name"] for rule in data["milestones"] if rule["applies"]].count(
        "responses_due"
    ) == 1
