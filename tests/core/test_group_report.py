"""Group reports are drafted from facts alone: what is missing is said, and nothing is dropped."""

from dataclasses import replace
from datetime import date

import pytest

from consulta.core import group_report_drafts
from consulta.core.group_report import (
    DecisionFact,
    Facts,
    FollowUpFact,
    Kind,
    MeetingFact,
    NoPeriodError,
    NormFact,
    marks,
    section_marks,
)
from consulta.reports.group_reports import phrases

MEETING = MeetingFact(
    row="meetings.Meeting-1",
    slug="sample-3",
    number=3,
    titles={"en": "Third meeting of SG"},
    starts_on=date(2024, 3, 4),
    ends_on=date(2024, 3, 5),
)
DECISION = DecisionFact(
    row="meetings.Decision-1", texts={"en": {"text": "It is settled", "status": "original"}}
)


def facts(kind=Kind.FOUR_YEAR, *meetings: MeetingFact, **more) -> Facts:
    told = {
        "body": {"en": "Sample Body"},
        "group": {"en": "Sample Group"},
        "short": "SG",
        "row": "groups.Group-1",
        "first_on": date(2023, 1, 1),
        "last_on": date(2026, 12, 31),
        "mandate": {},
        "chairs": {},
        "meetings": meetings,
    }
    return Facts(kind=kind, **(told | more))


def texts(found: Facts, language="en") -> list[str]:
    outline = group_report_drafts.draft(found, phrases.of(language))
    return [one.text for section in outline.sections for one in section.paragraphs]


def test_a_period_without_meetings_says_so():
    said = texts(facts())
    wanted = "No meeting of the group is on record from 1 January 2023 to 31 December 2026."
    assert wanted in said


def test_a_meeting_without_decisions_says_so():
    said = texts(facts(Kind.FOUR_YEAR, MEETING))
    assert (
        "The third meeting of SG was held on 4–5 March 2024. No outcome of it is on record." in said
    )


def test_a_cancelled_meeting_is_told_with_its_reason_and_not_counted():
    said = texts(facts(Kind.FOUR_YEAR, replace(MEETING, cancelled="No quorum")))
    assert any("was cancelled. Reason given: No quorum." in line for line in said)
    assert any("meetings of the group: 0" in line for line in said)


def test_what_replaced_a_decision_stands_right_after_it():
    reversed_one = replace(DECISION, replaced_by={"en": "It is off."})
    said = texts(facts(Kind.FOUR_YEAR, replace(MEETING, decisions=(reversed_one,))))
    place = said.index("It is settled.")
    assert said[place + 1] == "This was replaced by what was settled later: It is off."


def test_words_in_another_language_are_kept_and_named():
    foreign = replace(DECISION, texts={"zh": {"text": "已达成一致。", "status": "original"}})
    outline = group_report_drafts.draft(
        facts(Kind.FOUR_YEAR, replace(MEETING, decisions=(foreign,))), phrases.of("fr")
    )
    found = [p for s in outline.sections for p in s.paragraphs if p.key.startswith("decision")]
    assert [(p.text, p.language, p.status) for p in found] == [("已达成一致。", "zh", "original")]


def test_the_original_is_shown_before_a_courtesy_text_in_a_third_language():
    words = {
        "en": {"text": "Settled.", "status": "courtesy"},
        "zh": {"text": "已达成一致。", "status": "original"},
    }
    outline = group_report_drafts.draft(
        facts(Kind.FOUR_YEAR, replace(MEETING, decisions=(replace(DECISION, texts=words),))),
        phrases.of("ru"),
    )
    assert "已达成一致。" in [p.text for s in outline.sections for p in s.paragraphs]


def test_an_outcome_report_says_what_was_asked_of_whom():
    asked = FollowUpFact(
        "meetings.FollowUp-1", "request", {"en": "the office"}, {"en": "Report"}, date(2024, 9, 1)
    )
    meeting = replace(MEETING, decisions=(replace(DECISION, follow_ups=(asked,)),))
    said = texts(facts(Kind.OUTCOME, meeting))
    assert "Request to the office: Report. Due: 1 September 2024." in said
    assert "The date of the next meeting is not set yet." in said


def test_an_abrogated_norm_is_told_by_what_took_its_place():
    new = NormFact("i-2", "ITU Council", "Resolution 1336", "Rev. 2019", {})
    old = NormFact("i-1", "ITU Council", "Resolution 1344", "Rev. 2015", {}, new, abrogated=True)
    said = texts(facts(ended=(old,)), "zh")
    old_one, new_one = (
        "理事会第1344号决议（2015年，修订版）",
        "理事会第1336号决议（2019年，修订版）",
    )
    assert f"在此期间，{old_one}被废止，由{new_one}取代。" in said


def test_a_report_needs_its_period_and_its_meeting():
    with pytest.raises(NoPeriodError):
        facts(first_on=date(2027, 1, 1))
    with pytest.raises(NoPeriodError):
        facts(Kind.OUTCOME)


@pytest.mark.parametrize(
    ("language", "day", "days"),
    [
        ("en", "1 March 2024", "28 February – 1 March 2024"),
        ("fr", "1er mars 2024", "28 février – 1 mars 2024"),
        ("zh", "2024年3月1日", "2024年2月28日-3月1日"),
        ("ru", "1 марта 2024 года", "28 февраля – 1 марта 2024 года"),
        ("es", "1 de marzo de 2024", "28 de febrero – 1 de marzo de 2024"),
        ("ar", "1 مارس 2024", "28 فبراير - 1 مارس 2024"),
    ],
)
def test_days_are_written_as_the_language_writes_them(language, day, days):
    say = phrases.of(language)
    assert say.day(date(2024, 3, 1)) == day
    assert say.days(date(2024, 2, 28), date(2024, 3, 1)) == days


def test_paragraphs_are_numbered_and_lettered():
    letters = "abcdefghijklmnopqrstuvwxyz"
    depths = [0, 1, 1, 0]
    assert marks(depths, section=1, dotted=True, letters=letters) == ["1.1", "a)", "b)", "1.2"]
    assert marks([0, *[1] * 27], section=2, dotted=False, letters=letters)[-1] == "aa)"
    assert section_marks(Kind.FOUR_YEAR, 3) == ["I", "II", "III"]


def test_every_language_has_every_phrase():
    def names(table, before=""):
        for name, value in table.items():
            if isinstance(value, dict):
                yield from names(value, f"{before}{name}.")
            else:
                yield before + name

    optional = {"dates.first_day", "dates.alone"}
    wanted = set(names(phrases.of("en").told)) - optional
    for language in phrases.known():
        assert set(names(phrases.of(language).told)) - optional == wanted
