"""The rules of every body as tables: given these dates, these are the days. For reading, not only running.

`choose` is what was chosen; every row says the day that is proposed and the days that are allowed,
both included, empty where there is no limit on that side.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from consulta.core import procedure
from consulta.core.procedure_file import read
from consulta.core.regime import Access, Extending, Late, Publish
from consulta.core.timetable import draw_up
from consulta.core.verdicts import Status

BEFORE = date(2000, 1, 1)
ROOT = Path(__file__).parents[3]
SIX = {"ar", "en", "es", "fr", "ru", "zh"}


def drawn_up(slug, anchors, choose, *, today=BEFORE, offsets=(), actual=()):
    rules = procedure.choose(procedure.load(slug), offsets=dict(offsets))
    rules = replace(rules, chosen={**rules.chosen, **choose})
    days = {name: date.fromisoformat(day) for name, day in anchors.items()}
    done = {name: date.fromisoformat(day) for name, day in dict(actual).items()}
    return draw_up(rules, days, today=today, actual=done)


def table(slug, anchors, choose, **more):
    drawn = drawn_up(slug, anchors, choose, **more)
    return {
        m.name: tuple(str(day or "") for day in (m.proposed, m.earliest, m.latest))
        for m in drawn.milestones
    }


OPENS = "opening.date"
OUT = "publication.date"

#: slug, dates given, what is chosen -> milestone: proposed, not before, not after
TABLE = [
    # ICANN: at least 40 days; both ends of each of these come from ICANN or its GNSO Council.
    (
        "icann-public-comment",
        {OPENS: "2015-08-31"},
        {},
        {
            "opening": ("2015-08-31", "2015-08-31", "2015-08-31"),
            "responses_due": ("2015-10-10", "2015-10-10", ""),
        },
    ),
    (
        "icann-public-comment",
        {OPENS: "2021-02-10"},
        {},
        {
            "opening": ("2021-02-10", "2021-02-10", "2021-02-10"),
            "responses_due": ("2021-03-22", "2021-03-22", ""),
        },
    ),
    # The Final Issue Report of the GNSO: 30 days after the close, 10 October -> 9 November 2015.
    (
        "icann-public-comment",
        {OPENS: "2015-08-31"},
        {"kind": "gnso_issue_report"},
        {
            "opening": ("2015-08-31", "2015-08-31", "2015-08-31"),
            "responses_due": ("2015-10-10", "2015-10-10", ""),
            "report_published": ("2015-11-09", "", "2015-11-09"),
        },
    ),
    # ICANN in 2012: 21 days of comments, then 21 of replies; none where nobody commented.
    (
        "icann-public-comment-2012",
        {OPENS: "2012-09-27"},
        {},
        {
            "opening": ("2012-09-27", "2012-09-27", "2012-09-27"),
            "responses_due": ("2012-10-18", "2012-10-18", ""),
            "replies_due": ("2012-11-08", "2012-11-08", ""),
        },
    ),
    (
        "icann-public-comment-2012",
        {OPENS: "2012-09-27"},
        {"comments": "none"},
        {
            "opening": ("2012-09-27", "2012-09-27", "2012-09-27"),
            "responses_due": ("2012-10-18", "2012-10-18", ""),
        },
    ),
    # United States: 30 days, 60 for a significant rule.
    (
        "us-apa",
        {OUT: "2026-03-02"},
        {},
        {
            "opening": ("2026-03-02", "2026-03-02", "2026-03-02"),
            "responses_due": ("2026-04-01", "2026-04-01", ""),
        },
    ),
    (
        "us-apa",
        {OUT: "2026-03-02"},
        {"rule": "significant"},
        {
            "opening": ("2026-03-02", "2026-03-02", "2026-03-02"),
            "responses_due": ("2026-05-01", "2026-05-01", ""),
        },
    ),
    # European Commission: at least 12, 4, 8 and 4 weeks; the factual summary (not verified) within 8.
    (
        "eu-better-regulation",
        {OPENS: "2026-01-05"},
        {},
        {
            "opening": ("2026-01-05", "2026-01-05", "2026-01-05"),
            "responses_due": ("2026-03-30", "2026-03-30", ""),
            "report_published": ("2026-05-25", "", "2026-05-25"),
        },
    ),
    (
        "eu-better-regulation",
        {OPENS: "2026-01-05"},
        {"kind": "call_for_evidence"},
        {
            "opening": ("2026-01-05", "2026-01-05", "2026-01-05"),
            "responses_due": ("2026-02-02", "2026-02-02", ""),
        },
    ),
    (
        "eu-better-regulation",
        {OPENS: "2026-01-05"},
        {"kind": "adopted_proposal"},
        {
            "opening": ("2026-01-05", "2026-01-05", "2026-01-05"),
            "responses_due": ("2026-03-02", "2026-03-02", ""),
        },
    ),
    (
        "eu-better-regulation",
        {OPENS: "2026-01-05"},
        {"kind": "draft_delegated_act"},
        {
            "opening": ("2026-01-05", "2026-01-05", "2026-01-05"),
            "responses_due": ("2026-02-02", "2026-02-02", ""),
        },
    ),
    # United Kingdom: no length is fixed; the response within 12 weeks of the close.
    (
        "uk-cabinet-office",
        {OPENS: "2026-01-05", "responses_due.date": "2026-02-16"},
        {},
        {
            "opening": ("2026-01-05", "2026-01-05", "2026-01-05"),
            "responses_due": ("2026-02-16", "2026-02-16", "2026-02-16"),
            "report_published": ("2026-05-11", "", "2026-05-11"),
        },
    ),
    # IETF: two weeks, four where no working group stands behind the document.
    (
        "ietf-last-call",
        {OPENS: "2026-02-02"},
        {},
        {
            "opening": ("2026-02-02", "2026-02-02", "2026-02-02"),
            "responses_due": ("2026-02-16", "2026-02-16", ""),
        },
    ),
    (
        "ietf-last-call",
        {OPENS: "2026-02-02"},
        {"document": "individual"},
        {
            "opening": ("2026-02-02", "2026-02-02", "2026-02-02"),
            "responses_due": ("2026-03-02", "2026-03-02", ""),
        },
    ),
    # W3C: 28 days, 9 May -> 6 June 2013, both ends from W3C.
    (
        "w3c-review",
        {OUT: "2013-05-09"},
        {"review": "advisory_committee"},
        {
            "opening": ("2013-05-09", "2013-05-09", "2013-05-09"),
            "responses_due": ("2013-06-06", "2013-06-06", ""),
        },
    ),
    (
        "w3c-review",
        {OUT: "2013-05-09"},
        {"review": "candidate_recommendation"},
        {
            "opening": ("2013-05-09", "2013-05-09", "2013-05-09"),
            "responses_due": ("2013-06-06", "2013-06-06", ""),
        },
    ),
    # UNFCCC: the date of the decision, or four weeks before an event to come.
    (
        "unfccc-submission",
        {OPENS: "2026-01-05", "decided.date": "2026-03-31"},
        {},
        {
            "opening": ("2026-01-05", "2026-01-05", "2026-01-05"),
            "responses_due": ("2026-03-31", "2026-03-31", "2026-03-31"),
        },
    ),
    (
        "unfccc-submission",
        {OPENS: "2026-01-05", "event.start": "2026-06-08"},
        {"due": "before_event"},
        {
            "opening": ("2026-01-05", "2026-01-05", "2026-01-05"),
            "responses_due": ("2026-05-11", "", "2026-05-11"),
        },
    ),
    (
        "unfccc-submission",
        {OPENS: "2026-01-05"},
        {"due": "before_event"},
        {"opening": ("2026-01-05", "2026-01-05", "2026-01-05"), "responses_due": ("", "", "")},
    ),
    # BEREC: normally 30 days.
    (
        "berec",
        {OPENS: "2026-03-02"},
        {},
        {
            "opening": ("2026-03-02", "2026-03-02", "2026-03-02"),
            "responses_due": ("2026-04-01", "2026-04-01", "2026-04-01"),
        },
    ),
    # ITU-D: 45 days and published 7 before; else 12 days, and 3 working days after arrival.
    (
        "itu-d-documents",
        {"meeting.start": "2026-05-18"},
        {},
        {"responses_due": ("2026-04-03", "", "2026-04-03"), "published": ("2026-05-11", "", "2026-05-11")},
    ),
    # Arrived on Thursday 30 April: Friday is one, Monday and Tuesday two and three.
    (
        "itu-d-documents",
        {"meeting.start": "2026-05-18", "arrival.date": "2026-04-30"},
        {"contribution": "not_translated"},
        {"responses_due": ("2026-05-06", "", "2026-05-06"), "published": ("2026-05-05", "", "2026-05-05")},
    ),
    # Arrived on Maundy Thursday 2026: Good Friday and Easter Monday are no working days in Geneva.
    (
        "itu-d-documents",
        {"meeting.start": "2026-05-18", "arrival.date": "2026-04-02"},
        {"contribution": "not_translated"},
        {"responses_due": ("2026-05-06", "", "2026-05-06"), "published": ("2026-04-09", "", "2026-04-09")},
    ),
    # Another event: the host's rules; only the first day of the event limits the meeting.
    (
        "host-event",
        {
            "host_event.start": "2026-07-06",
            OPENS: "2026-06-22",
            "responses_due.date": "2026-07-01",
            "open_meeting.start": "2026-07-08",
        },
        {},
        {
            "opening": ("2026-06-22", "2026-06-22", "2026-06-22"),
            "responses_due": ("2026-07-01", "2026-07-01", "2026-07-01"),
            "open_meeting": ("2026-07-08", "2026-07-06", ""),
        },
    ),
    # WHO: a dated draft, 14 days.
    (
        "who-draft",
        {OUT: "2026-03-02"},
        {},
        {
            "opening": ("2026-03-02", "2026-03-02", "2026-03-02"),
            "responses_due": ("2026-03-16", "2026-03-16", "2026-03-16"),
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "anchors", "choose", "days"), TABLE)
def test_the_days_are_those_of_the_rule(slug, anchors, choose, days):
    assert table(slug, anchors, choose) == days


def test_every_procedure_but_our_own_has_its_table():
    assert {row[0] for row in TABLE} | {"itu-res-1336-2019", "open-call"} <= set(procedure.slugs())


#: slug, day of the close -> the instant at which responses are due, in UTC
INSTANTS = [
    ("icann-public-comment", {OPENS: "2021-02-10"}, "2021-03-22T23:59:59"),
    ("us-apa", {OUT: "2026-03-02"}, "2026-04-02T03:59:59"),  # the end of 1 April in Washington
    ("eu-better-regulation", {OPENS: "2026-01-05"}, "2026-03-30T21:59:59"),  # its last second
    ("berec", {OPENS: "2026-01-05"}, "2026-02-04T16:00:00"),  # 17:00 in winter
    ("berec", {OPENS: "2026-05-04"}, "2026-06-03T15:00:00"),  # 17:00 in summer
    ("unfccc-submission", {"decided.date": "2026-07-01"}, "2026-07-01T21:59:59"),
    ("who-draft", {OUT: "2026-03-02"}, "2026-03-16T22:59:59"),
]


@pytest.mark.parametrize(("slug", "anchors", "at"), INSTANTS)
def test_the_deadline_is_an_hour_in_a_named_zone(slug, anchors, at):
    due = drawn_up(slug, anchors, {}).milestone("responses_due")
    assert due.at.astimezone(UTC) == datetime.fromisoformat(at).replace(tzinfo=UTC)


#: slug, dates given, what is chosen, the day set for responses -> verdict, days, preference met
VERDICTS = [
    ("icann-public-comment", {OPENS: "2015-09-03"}, {}, "2015-11-02", ("kept", None, None)),
    ("icann-public-comment", {OPENS: "2015-09-03"}, {}, "2015-10-12", ("missed", 1, None)),
    ("us-apa", {OUT: "2026-03-02"}, {"rule": "significant"}, "2026-04-01", ("missed", 30, None)),
    ("eu-better-regulation", {OPENS: "2026-01-05"}, {}, "2026-04-13", ("kept", None, None)),
    ("eu-better-regulation", {OPENS: "2026-01-05"}, {}, "2026-03-23", ("missed", 7, None)),
    ("ietf-last-call", {OPENS: "2026-02-02"}, {}, "2026-02-20", ("kept", None, None)),
    ("berec", {OPENS: "2026-03-02"}, {}, "2026-04-10", ("kept", None, False)),
    ("berec", {OPENS: "2026-03-02"}, {}, "2026-04-01", ("kept", None, True)),
    ("who-draft", {OUT: "2026-03-02"}, {}, "2026-03-18", ("missed", 2, None)),
]


@pytest.mark.parametrize(("slug", "anchors", "choose", "due", "said"), VERDICTS)
def test_a_period_that_is_too_short_is_missed_and_a_usual_length_is_only_preferred(
    slug, anchors, choose, due, said
):
    drawn = drawn_up(slug, anchors, choose, actual={"responses_due": due})
    verdict = drawn.milestone("responses_due").verdict
    assert (verdict.status.value, verdict.days, verdict.preference_met) == said


def test_an_event_that_moves_moves_the_deadline_that_hangs_on_it():
    first = table("unfccc-submission", {"event.start": "2026-06-08"}, {"due": "before_event"})
    moved = table("unfccc-submission", {"event.start": "2026-09-07"}, {"due": "before_event"})
    assert first["responses_due"][0] == "2026-05-11"
    assert moved["responses_due"][0] == "2026-08-10"


def test_an_open_meeting_at_another_event_is_never_overdue_by_the_resolutions_days():
    anchors = {
        "host_event.start": "2026-07-06",
        OPENS: "2026-07-01",
        "responses_due.date": "2026-07-03",
    }
    drawn = drawn_up("host-event", anchors, {}, today=date(2026, 12, 1))
    assert not [m.name for m in drawn.milestones if m.verdict.status is Status.OVERDUE]
    assert drawn.kept
    assert drawn.feasible


CLEARED, AT_ONCE = Publish.AFTER_CLEARING, Publish.AT_ONCE
MARKED, REFUSED = Late.ACCEPT_AND_MARK, Late.REFUSE
DECISION, NOTICE, NO = (
    Extending.RECORDED_DECISION,
    Extending.PUBLISHED_NOTICE,
    Extending.NOT_PROVIDED,
)

#: slug -> when shown, late ones, confidential twin, how extended, contest (days, answer days)
TERMS = {
    "berec": (CLEARED, REFUSED, True, NO, None),
    "eu-better-regulation": (CLEARED, MARKED, False, NO, None),
    "host-event": (CLEARED, MARKED, False, NO, None),
    "icann-public-comment": (CLEARED, MARKED, False, DECISION, (30, 30)),
    "icann-public-comment-2012": (CLEARED, MARKED, False, NO, None),
    "ietf-last-call": (CLEARED, MARKED, False, DECISION, None),
    "itu-d-documents": (AT_ONCE, MARKED, False, NO, None),
    "uk-cabinet-office": (CLEARED, MARKED, False, NO, None),
    "unfccc-submission": (CLEARED, MARKED, False, NO, None),
    "us-apa": (CLEARED, MARKED, False, NOTICE, None),
    "w3c-review": (CLEARED, MARKED, False, NO, None),
    "who-draft": (CLEARED, MARKED, False, NO, None),
}


@pytest.mark.parametrize("slug", TERMS)
def test_what_becomes_of_a_response_and_of_a_deadline(slug):
    rules = procedure.load(slug)
    contest = rules.contest and (rules.contest.days, rules.contest.answer_days)
    said = rules.responses
    assert TERMS[slug] == (
        said.publish, said.late, said.confidential_twin, rules.extension.allowed, contest
    )  # fmt: skip


def test_who_may_respond_by_tier():
    found = {
        slug: [(tier.name, tier.access) for tier in procedure.load(slug).tiers]
        for slug in ("unfccc-submission", "ietf-last-call", "us-apa")
    }
    assert found == {
        "unfccc-submission": [
            ("parties", Access.LISTED),
            ("observers", Access.LISTED),
            ("others", Access.AFTER_CLEARING),
        ],
        "ietf-last-call": [("anyone", Access.OPEN)],
        "us-apa": [],
    }


def test_the_reply_phase_of_2012_is_void_without_comments():
    rules = procedure.load("icann-public-comment-2012")
    without = replace(rules, chosen={"comments": "none"})
    assert [phase.name for phase in rules.applying_phases] == ["comment", "reply"]
    assert [phase.name for phase in without.applying_phases] == ["comment"]


def test_only_what_nobody_checked_is_marked_so():
    parts = {
        (slug, part.name)
        for slug in procedure.slugs()
        for rules in [procedure.load(slug)]
        for part in (*rules.rules, *rules.phases, *rules.tiers)
        if not part.verified
    }
    assert parts == {("eu-better-regulation", "report_published"), ("itu-d-documents", "members")}
    terms = {
        (slug, name)
        for slug in procedure.slugs()
        for name in ("responses", "extension", "contest")
        if (said := getattr(procedure.load(slug), name)) and not said.verified
    }
    assert terms == {
        ("icann-public-comment", "responses"),
        ("icann-public-comment", "extension"),
        ("icann-public-comment", "contest"),
        ("icann-public-comment-2012", "responses"),
    }


@pytest.mark.parametrize("slug", procedure.slugs())
def test_every_name_that_a_reader_meets_stands_in_six_languages(slug):
    rules = procedure.load(slug)
    options = [option for choice in rules.choices for option in choice.options]
    own = [part.label for part in (*rules.rules, *rules.anchors) if part.label]
    named = [part.label for part in (*rules.phases, *rules.tiers, *rules.choices, *options)]
    assert all(set(texts) == SIX for texts in (rules.title, *own, *named))


@pytest.mark.parametrize("slug", procedure.slugs())
def test_a_choice_that_decides_nothing_is_not_asked(slug):
    rules = procedure.load(slug)
    deciding = {name for part in (*rules.rules, *rules.phases) for name in part.when}
    assert {choice.name for choice in rules.choices} == deciding


def test_the_worked_example_of_the_documentation_is_a_procedure_that_works():
    page = (ROOT / "docs" / "procedures.md").read_text(encoding="utf-8")
    text = page.split("```toml\n")[1].split("```")[0]
    rules = read(text, slug="sample-transport", grounds=lambda _name: [])
    rules = replace(rules, chosen={"draft": "closure"})
    drawn = draw_up(rules, {"publication.date": date(2027, 3, 1)}, today=BEFORE)
    assert [str(m.proposed) for m in drawn.milestones] == ["2027-03-01", "2027-04-26", "2027-05-26"]
    assert (rules.responses.publish, rules.responses.late) == (Publish.AT_CLOSE, Late.REFUSE)


def test_the_documentation_lists_every_procedure():
    page = (ROOT / "docs" / "procedures.md").read_text(encoding="utf-8")
    assert [slug for slug in procedure.slugs() if f"| `{slug}` |" not in page] == []


def test_a_file_of_another_body_is_read_from_its_text():
    text = (procedure.HERE / "who-draft.toml").read_text(encoding="utf-8")
    longer = text.replace("days = 14", "days = 21")
    found = read(longer, slug="who-draft", grounds=lambda _name: [])
    assert found.rule("responses_due").offset.last == 21
