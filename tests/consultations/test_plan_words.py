"""All that a plan says can be said, of every procedure, in every language; input is read or refused."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from consulta.consultations import plan_document, plan_typed, plan_wording
from consulta.consultations.plan_typed import Asked, PlanRefusedError
from consulta.core import agendas, nearest, planning, procedure
from consulta.core.planning import Wishes

RES = procedure.load("itu-res-1336-2019")
TODAY = date(2026, 11, 21)
NARROW = ("A=2027-01-14/2027-01-15", "B=2027-03-03/2027-03-04")


def read(**typed):
    return plan_typed.read(Asked(**({"rules": RES, "today": TODAY, "meetings": NARROW} | typed)))


def refused(**typed):
    with pytest.raises(PlanRefusedError) as raised:
        read(**typed)
    return raised.value.error, raised.value.sentence


@pytest.mark.parametrize("slug", procedure.slugs())
@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_whatever_is_the_matter_with_a_plan_is_said(slug, language):
    rules, said = procedure.load(slug), set()
    with translation.override(language):
        for gap in (1, 20, 45, 200):
            anchors = {
                anchor.name: TODAY + timedelta(days=30 + gap * place)
                for place, anchor in enumerate(rules.anchors)
            }
            for wishes in (Wishes(), Wishes(days_open=40, virtual=True, questions=False)):
                plan = planning.draw(rules, anchors, today=TODAY, wishes=wishes)
                said |= {*plan_wording.troubles(plan), *plan_wording.remarks(plan)}
                said |= {
                    plan_wording.remedy(agendas.Remedy(move, None), rules)
                    for move in nearest.moves(plan)
                }
    assert all(said)
    assert not any("%(" in sentence for sentence in said)


def test_a_meeting_has_a_name_or_gets_one():
    agenda, other = read(
        meetings=("2027-01-15", "B=2027-09-03/2027-09-04"), councils=("2027-05-01",)
    )
    assert [(m.name, m.start, m.end, m.kind.value) for m in agenda.meetings] == [
        ("meeting-1", date(2027, 1, 15), date(2027, 1, 15), "group"),
        ("B", date(2027, 9, 3), date(2027, 9, 4), "group"),
        ("council-1", date(2027, 5, 1), date(2027, 5, 1), "council"),
    ]
    assert other is None


def test_what_is_set_is_in_the_plan_and_what_if_stands_beside_it():
    agenda, other = read(changed=("opening=2027-01-20",), what_if=("B=2027-03-10", "days_open=12"))
    told = plan_document.agenda(agenda, other)
    assert (told["feasible"], told["what_if"]["feasible"]) == (True, True)
    assert told["proposals"][0]["chosen"] == {"opening": "2027-01-20"}
    (difference,) = told["what_if"]["differences"]
    assert [(d["name"], d["days"]) for d in difference["dates"]] == [
        ("opening", 0),
        ("responses_due", 7),
        ("report_published", 7),
        ("open_meeting", 7),
    ]


def test_the_year_can_be_named_or_be_the_coming_one():
    meetings = ("A=2027-01-15", "B=2027-09-03", "C=2028-03-08")
    keys = {
        year: [p.pair.key for p in agendas.propose(read(meetings=meetings, year=year)[0])]
        for year in ("", "coming", "2028")
    }
    assert keys == {"": ["A>B", "B>C"], "coming": ["A>B"], "2028": ["B>C"]}


@pytest.mark.parametrize(
    ("typed", "error", "words"),
    [
        ({"meetings": ("A=2027-02-30",)}, "not_a_date", "YYYY-MM-DD"),
        ({"meetings": ("A=2027-03-04/2027-03-03",)}, "mistyped", "START/END"),
        ({"meetings": ("A=2027-03-03", "A=2027-09-03")}, "name_twice", "another name"),
        ({"meetings": ("a@b=2027-03-03",)}, "mistyped", "leave out"),
        ({"meetings": ("2027-03-03",)}, "nothing_to_plan", "later meeting"),
        ({"meetings": tuple(f"M{n}=2027-01-{n + 1:02}" for n in range(13))}, "too_many", "12"),
        ({"changed": ("x=2027-03-03",)}, "name_unknown", "responses_due"),
        ({"changed": ("opening",)}, "mistyped", "NAME=VALUE"),
        ({"changed": ("opening=soon",)}, "mistyped", "YYYY-MM-DD"),
        ({"what_if": ("days_open=0",)}, "mistyped", "1000"),
        ({"what_if": ("virtual=perhaps",)}, "mistyped", "yes"),
        ({"anchors": ("x=2027-03-03",)}, "name_unknown", "group_meeting.start"),
        ({"offsets": ("opening=3",)}, "offset_fixed", "—"),
        ({"offsets": ("opening=x",)}, "mistyped", "1"),
        (
            {"meetings": (), "anchors": ("deciding_meeting.end=2027-03-03",)},
            "anchor_missing",
            "group_meeting.start",
        ),
        ({"meetings": ("2999-12-20", "2999-12-31")}, "out_of_calendar", "2999"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_how_to_mend_it(typed, error, words):
    code, sentence = refused(**typed)
    assert code == error
    assert words in sentence


def test_a_milestone_of_several_consultations_needs_its_number():
    several = (*NARROW, "C=2027-09-22")
    assert refused(meetings=several, changed=("opening=2027-01-20",))[0] == "which"
    agenda, _other = read(meetings=several, changed=("opening@1=2027-01-20",))
    assert [p.plan.feasible for p in agendas.propose(agenda)] == [True, True]


def test_nearest_dates_are_looked_for_up_to_a_limit(monkeypatch):
    crowd = tuple(f"M{n}={date(2027, 1, 4) + timedelta(days=14 * n)}" for n in range(9))
    told = plan_document.agenda(read(meetings=crowd)[0])
    looked = [proposal["nearest"] is not None for proposal in told["proposals"]]
    assert looked == [True] * plan_document.MOST + [False] * 4
