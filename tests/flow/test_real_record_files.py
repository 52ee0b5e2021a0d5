"""The real record of 2019-2022: true to its sources, with no verdict of its own."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from consulta import flow
from consulta.core import procedure, timetable

FOLDER = Path(flow.__file__).parent / "sample"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
RECORD = FILES["record"]
RULES = procedure.load("itu-res-1336-2019")
MEETINGS = {meeting["number"]: meeting for meeting in RECORD["meetings"]}
OUTCOMES = {o["key"]: o for m in RECORD["meetings"] for o in m["outcomes"]}
CONSULTATIONS = {row["number"]: row for row in RECORD["consultations"]}
LATER = date(2022, 10, 1)


def test_the_record_holds_every_outcome_of_the_six_meetings():
    kinds = {number: [o["kind"] for o in m["outcomes"]] for number, m in MEETINGS.items()}
    assert kinds == {
        12: ["invitation", "request", "no_consensus"],
        13: ["decided", "decided"],
        14: ["decided", "record"],
        15: ["decided", "record", "request", "invitation", "request"],
        16: ["decided", "record", "invitation"],
        17: ["invitation", "no_consensus", "request"],
    }


def test_chinese_outcomes_and_topics_are_the_words_of_the_documents():
    source = " ".join(path.read_text("utf-8") for path in (FOLDER / "documents").glob("*.txt"))
    quoted = [outcome["text"]["zh"] for outcome in OUTCOMES.values()]
    quoted += [row["topic"]["zh"] for row in RECORD["consultations"]]
    quoted += [duty["text"]["zh"] for duty in RECORD["standing_follow_ups"]]
    assert all(entry["status"] in {"original", "official"} for entry in quoted)
    assert [entry["text"] for entry in quoted if entry["text"] not in source] == []


def test_the_documents_are_there_without_debris_of_extraction():
    for record in FILES["records"]["records"]:
        text = (FOLDER / record["file"]).read_text("utf-8")
        assert len(text) > 1500
        assert not re.search(r"bookmark|\.docx|\.jpeg|Elwarnm", text)


def test_each_consultation_was_opened_by_the_decision_that_it_names():
    opened = {o["opens"]: key for key, o in OUTCOMES.items() if "opens" in o}
    assert opened == {number: row["decided_by"] for number, row in CONSULTATIONS.items()}
    assert all(OUTCOMES[key]["kind"] == "decided" for key in opened.values())


def test_the_anchors_of_a_consultation_are_the_dates_of_its_meetings():
    for row in CONSULTATIONS.values():
        anchors = {name: value["on"] for name, value in row["anchors"].items()}
        assert anchors["deciding_meeting.end"] == MEETINGS[row["deciding_meeting"]]["end"]
        assert anchors["group_meeting.start"] == MEETINGS[row["group_meeting"]]["start"]


def test_each_milestone_is_known_with_its_source_or_explained():
    names = {rule.name for rule in RULES.rules}
    for row in CONSULTATIONS.values():
        assert row["actual"].keys() | row["unknown"].keys() == names
        assert not row["actual"].keys() & row["unknown"].keys()
        assert all(known["source"] in RECORD["sources"] for known in row["actual"].values())
        assert set(row["unknown"].values()) <= RECORD["unknown"].keys()


def test_requests_and_invitations_name_their_force_and_their_addressee():
    force = {"request": "request", "invitation": "invite"}
    for outcome in OUTCOMES.values():
        asked = outcome.get("follow_up", {})
        assert asked.get("force") == force.get(outcome["kind"])
        assert not asked or asked["addressee"] in RECORD["addressees"]


def judged(number: int) -> dict[str, tuple[str, int | None]]:
    """The verdicts that the rule gives on one consultation of the record."""
    row = CONSULTATIONS[number]
    anchors = {name: value["on"] for name, value in row["anchors"].items()}
    actual = {name: known["on"] for name, known in row["actual"].items()}
    table = timetable.draw_up(
        RULES, anchors, today=LATER, actual=actual | dict.fromkeys(row["unknown"])
    )
    return {m.name: (m.verdict.status.value, m.verdict.days) for m in table.milestones}


@pytest.mark.parametrize(
    ("number", "responses_due", "open_meeting"),
    [
        (7, ("unknown", None), ("kept", None)),
        (9, ("missed", 13), ("kept", None)),
        (10, ("missed", 1), ("missed", 5)),
    ],
)
def test_the_rule_gives_the_known_verdicts_on_the_record(number, responses_due, open_meeting):
    found = judged(number)
    assert found["responses_due"] == responses_due
    assert found["open_meeting"] == open_meeting
    assert found["opening"] == found["report_published"] == ("unknown", None)


def test_the_eighth_moved_its_end_twice_and_has_a_later_reading():
    row = CONSULTATIONS[8]
    assert [step["end"] for step in row["history"]] == ["2020-08", "2020-09", "2020-12-15"]
    assert row["later_reading"]["on"] == MEETINGS[14]["end"]
    assert row["later_reading"]["on"] + timedelta(days=15) == date(2020, 2, 21)
    assert judged(8)["open_meeting"] == ("unknown", None)


def test_instruments_name_what_abrogated_or_superseded_them():
    rows = {row["slug"]: row for row in FILES["instruments"]["instruments"]}
    followed = {"abrogated": "abrogated_by", "superseded": "superseded_by"}
    for row in rows.values():
        assert row["status"] == "in-force" or row[followed[row["status"]]] in rows
    assert rows["council-res-1344-rev-2015"]["abrogated_by"] == "council-res-1336-rev-2019"


def test_the_list_of_issues_has_twelve_and_the_groups_are_those_of_the_rule():
    issues = FILES["issues"]["issues"]
    assert [issue["number"] for issue in issues] == list(range(1, 13))
    groups = {g["slug"]: g["name"] for g in FILES["stakeholder-groups"]["groups"]}
    assert list(groups) == [group.slug for group in RULES.stakeholder_groups]
