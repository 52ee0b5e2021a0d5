import json

import pytest
from click.testing import CliRunner

from consulta.cli.procedures import procedures
from consulta.cli.timetable import timetable
from consulta.core import procedure

RES = ("--procedure", "itu-res-1336-2019")
TENTH = (
    *RES,
    *("--anchor", "deciding_meeting.end=2021-09-23"),
    *("--anchor", "group_meeting.start=2022-01-19"),
)


def run(*arguments, command=timetable):
    return CliRunner().invoke(command, arguments)


def document(*arguments):
    return json.loads(run(*arguments, "--format", "json").stdout)


def milestones(*arguments):
    return {m["name"]: m for m in document(*arguments)["milestones"]}


def test_the_document_has_the_promised_shape():
    data = document(*TENTH, "--today", "2021-09-24")
    assert {"procedure", "anchors", "feasible", "conflicts", "milestones"} <= set(data)
    assert (data["procedure"], data["feasible"], data["conflicts"]) == (RES[1], True, [])
    assert data["anchors"] == {
        "deciding_meeting.end": "2021-09-23",
        "group_meeting.start": "2022-01-19",
    }
    due = data["milestones"][1]
    wanted = {
        "name": "responses_due",
        "earliest": None,
        "latest": "2021-12-18",
        "proposed": "2021-12-18",
        "at": "2021-12-18T23:59:59+01:00",
        "weekday": "Saturday",
        "rolled_from": None,
        "bound": "at_latest",
        "modality": "should",
        "actual": None,
    }
    assert wanted.items() <= due.items()
    assert "30 days before" in due["source"]
    assert due["verdict"]["status"] == "not_due"


def test_the_title_is_in_the_language_asked_for_and_dates_in_json_are_the_same_in_all():
    assert run(*TENTH, "--language", "zh").stdout.startswith("国际电联理事会第1336号决议")
    arabic = milestones(*TENTH, "--today", "2021-09-24", "--language", "ar")["opening"]
    assert (arabic["latest"], arabic["weekday"]) == ("2021-10-08", "Friday")


def test_a_kept_plan_exits_with_0():
    assert run(*TENTH, "--today", "2021-09-24").exit_code == 0


def test_a_missed_rule_exits_with_1_and_is_said():
    result = run(*TENTH, "--actual", "responses_due=2021-12-19", "--today", "2021-09-24")
    assert result.exit_code == 1
    assert "Missed by 1 day." in result.stdout


def test_what_is_missed_already_is_never_said_to_be_kept():
    meeting = ("--anchor", "open_meeting.start=2022-01-11")
    on_record = ("--actual", "opening=2021-10-01", "--actual", "report_published=2021-12-20")
    due = ("--actual", "responses_due=2021-12-13")
    said = run(*TENTH, *meeting, *on_record, *due, "--today", "2022-02-01")
    assert said.exit_code == 1
    assert said.stdout.splitlines()[-2:] == [
        "Already missed: Responses due. Missed by 1 day.",
        "Already missed: Open meeting. Missed by 5 days: it was too early.",
    ]
    assert "can keep" not in said.stdout


def test_a_miss_of_the_past_and_dates_still_to_come_are_said_apart():
    said = run(*TENTH, "--actual", "opening=2021-10-09", "--today", "2021-10-10").stdout
    assert said.splitlines()[-2:] == [
        "Already missed: Opening of the consultation. Missed by 1 day.",
        "The dates still to come are inside the rule.",
    ]


def test_a_deadline_set_too_late_for_a_day_to_come_makes_the_plan_break_the_rule():
    late = (*TENTH, "--actual", "responses_due=2021-12-20", "--today", "2021-10-01")
    assert run(*late).stdout.splitlines()[-1] == "The plan cannot keep the rule."
    data = document(*late)
    assert (data["feasible"], data["conflicts"]) == (
        False,
        [
            "Responses due: Monday, 20 December 2021 is after the last day that the rule allows, "
            "Saturday, 18 December 2021."
        ],
    )


def test_an_infeasible_plan_exits_with_1():
    dates = ("--anchor", "deciding_meeting.end=2027-01-15")
    more = ("--anchor", "group_meeting.start=2027-03-03", "--today", "2027-01-16")
    result = run(*RES, *dates, *more)
    assert result.exit_code == 1
    assert "open for 0 days" in result.stdout


def test_the_tenth_consultation_is_judged_as_on_record():
    found = milestones(
        *TENTH, "--anchor", "open_meeting.start=2022-01-11", "--actual", "responses_due=2021-12-13"
    )
    due, meeting = found["responses_due"]["verdict"], found["open_meeting"]["verdict"]
    assert (due["status"], due["days"]) == ("missed", 1)
    assert (meeting["status"], meeting["days"]) == ("missed", 5)


def test_dates_may_be_typed_in_arabic_indic_digits():
    found = milestones(*TENTH, "--actual", "responses_due=٢٠٢١-١٢-١٨", "--today", "2022-10-01")
    assert found["responses_due"]["actual"] == "2021-12-18"


def test_what_nobody_knows_is_typed_as_unknown():
    found = milestones(*TENTH, "--actual", "opening=unknown", "--today", "2022-10-01")
    assert found["opening"]["verdict"]["status"] == "unknown"


def test_a_meeting_that_moved_is_judged_twice():
    found = milestones(
        *TENTH,
        *("--announced", "group_meeting.start=2022-01-12@2021-09-23"),
        *("--actual", "responses_due=2021-12-18", "--today", "2022-10-01"),
    )
    verdict = found["responses_due"]["verdict"]
    assert (verdict["status"], verdict["as_known_then"]["status"]) == ("kept", "missed")
    assert verdict["as_known_then"]["days"] == 7


def test_the_policy_for_weekends_can_be_chosen():
    found = milestones(*TENTH, "--roll", "responses_due=back", "--today", "2021-09-24")
    due = found["responses_due"]
    assert (due["proposed"], due["rolled_from"]) == ("2021-12-17", "2021-12-18")


def test_an_open_call_is_computed_with_a_report():
    dates = ("--anchor", "opening.date=2027-02-01", "--anchor", "responses_due.date=2027-03-01")
    found = milestones(
        *("--procedure", "open-call", *dates),
        *("--offset", "report_published=8", "--today", "2027-01-01"),
    )
    assert found["report_published"]["latest"] == "2027-04-26"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--procedure"),
        (("--procedure", "itu"), "open-call"),
        (RES, "deciding_meeting.end, group_meeting.start"),
        (TENTH[:4], "group_meeting.start"),
        ((*TENTH, "--anchor", "meeting=2022-01-11"), "open_meeting.start"),
        ((*TENTH, "--anchor", "open_meeting.start=2022-02-30"), "YYYY-MM-DD"),
        ((*TENTH, "--anchor", "open_meeting.start"), "NAME=VALUE"),
        ((*TENTH, "--anchor", "group_meeting.start=2022-01-20"), "twice"),
        ((*TENTH, "--actual", "ballot=2022-01-20"), "report_published"),
        ((*TENTH, "--actual", "opening=soon"), "YYYY-MM-DD"),
        ((*TENTH, "--announced", "group_meeting.start=2022-01-20"), "NAME=DATE@DAY"),
        ((*TENTH, "--roll", "opening=up"), "exact, back, forward"),
        ((*TENTH, "--offset", "opening=5"), "--offset"),
        ((*TENTH, "--offset", "opening=many"), "1 to 1000"),
        ((*TENTH, "--today", "today"), "YYYY-MM-DD"),
    ],
)
def test_wrong_input_is_refused_in_one_sentence_that_says_how_to_mend_it(arguments, says):
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_an_act_on_a_day_to_come_is_noted():
    ahead = (*TENTH, "--today", "2021-09-24", "--actual", "opening=2021-10-01")
    note = (
        "Opening of the consultation: Friday, 1 October 2021 is still to come;"
        " it is judged as if done on that day."
    )
    data = document(*ahead)
    assert note in data["notes"]
    assert [f["milestone"] for f in data["findings"] if f["code"] == "not_yet_done"] == ["opening"]
    assert note in run(*ahead).stdout
    for done in ("opening=2021-09-24", "open_meeting=2022-01-17"):
        said = document(*TENTH, "--today", "2021-09-24", "--actual", done)
        assert "not_yet_done" not in {found["code"] for found in said["findings"]}


def test_the_procedures_are_listed():
    result = run(command=procedures)
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(procedure.slugs())
    assert {"itu-res-1336-2019", "open-call", "icann-public-comment"} <= set(procedure.slugs())


def test_a_procedure_is_shown_with_the_sentence_of_every_rule():
    result = run("itu-res-1336-2019", command=procedures)
    assert "resolves 5" in result.stdout
    assert "最好在一周开始时召开" in result.stdout


def test_a_procedure_is_given_out_as_json():
    data = json.loads(run("open-call", "--format", "json", command=procedures).stdout)
    assert [milestone["name"] for milestone in data["milestones"]] == [
        "opening",
        "responses_due",
        "report_published",
    ]


def test_a_procedure_that_does_not_exist_is_refused():
    result = run("itu", command=procedures)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "open-call" in result.stderr
