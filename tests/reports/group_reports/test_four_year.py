"""The report on four years, drafted from the record of 2019-2022, against the report to PP-22 itself."""

import re

import pytest

from consulta.flow import real_record, sample_texts
from consulta.groups.models import Group
from consulta.reports.group_reports import asking, drafting

#: The meeting, its days as each language writes them, and a word of every outcome in English, in order.
MEETINGS = {
    12: (
        ("2019年2月1日", "1 February 2019"),
        ("earlier topics", "Secretary-General’s report", "no consensus"),
    ),
    13: (
        ("2019年9月19-20日", "19–20 September 2019"),
        ("October 2019 – January 2020", "February – August 2020"),
    ),
    14: (
        ("2020年2月5-6日", "5–6 February 2020"),
        ("February to September 2020", "2020 session of the Council"),
    ),
    15: (
        ("2021年1月27-28日", "27–28 January 2021"),
        (
            "mitigating the impact of COVID-19",
            "2021 session of the Council",
            "repository",
            "Directors of the Bureaux",
            "Vienna Programme of Action",
        ),
    ),
    16: (
        ("2021年9月23日", "23 September 2021"),
        ("Environmental impacts", "2022 session of the Council", "Directors of the Bureaux"),
    ),
    17: (
        ("2022年1月19-20日", "19–20 January 2022"),
        ("Environmental impacts", "no consensus", "Resolution 133"),
    ),
}
ORDINALS = ("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth")


@pytest.fixture
def group(db) -> Group:
    body = real_record.load_body()
    real_record.load_rounds(body)
    return Group.objects.select_related("body").get(slug="cwg-internet")


def drafted(group, language):
    asked = asking.on_years(group, "four-year", (2019, 2022))
    return drafting.draft(asked, language)


def meetings_of(section) -> list[tuple[str, list[str]]]:
    """The numbered paragraphs of a section, each with what is lettered under it."""
    found: list[tuple[str, list[str]]] = []
    for one in section.paragraphs:
        if one.depth:
            found[-1][1].append(one.text)
        else:
            found.append((one.text, []))
    return found


def told_by_the_reference() -> dict[str, list[str]]:
    """The days of each meeting of section II, as the report has them, with its outcomes a to e."""
    text = sample_texts.document("documents/cwg-internet-report-pp22.zh.txt")
    section = text[text.index("\nII\t") : text.index("\nIII\t")]
    found: dict[str, list[str]] = {}
    for line in section.splitlines():
        if held := re.match(r"\d\t(.+?)召开的CWG-Internet(第.+?次会议)", line):
            days, name = held.groups()
            found[f"{days} {name}"] = []
        elif line[:2] in ("a)", "b)", "c)", "d)", "e)"):
            found[list(found)[-1]].append(line[3:].strip())
    return found


def test_the_chinese_draft_has_every_meeting_day_and_outcome_of_the_report(group):
    told = meetings_of(drafted(group, "zh").sections[1])
    reference = told_by_the_reference()
    assert [len(outcomes) for outcomes in reference.values()] == [3, 2, 2, 5, 3, 3]
    assert [outcomes for _lead, outcomes in told] == list(reference.values())
    for (lead, _outcomes), when in zip(told, reference, strict=True):
        days, name = when.split(" ")
        assert days in lead
        assert name in lead


def test_the_english_draft_has_every_meeting_day_and_outcome_of_the_report(group):
    told = meetings_of(drafted(group, "en").sections[1])
    for (lead, outcomes), ordinal, (days, words) in zip(
        told, ORDINALS, MEETINGS.values(), strict=True
    ):
        assert ordinal in lead
        assert days[1] in lead
        assert len(outcomes) == len(words)
        for outcome, word in zip(outcomes, words, strict=True):
            assert word in outcome


def test_the_days_of_the_chinese_draft_are_those_of_the_english_one(group):
    leads = [lead for lead, _outcomes in meetings_of(drafted(group, "zh").sections[1])]
    assert all(
        days[0] in lead for lead, (days, _words) in zip(leads, MEETINGS.values(), strict=True)
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sections_and_paragraphs_are_those_of_the_report(group, language):
    outline = drafted(group, language)
    assert [section.key for section in outline.sections] == [
        "introduction",
        "activities",
        "recommendations",
    ]
    first = meetings_of(outline.sections[0])
    assert len(first[1][1]) == 3  # the mandate's a) to c)
    introduction = " ".join([lead for lead, _listed in first] + [w for _l, ws in first for w in ws])
    assert "Majed Al-Mazyed" in introduction
    for number in ("102", "140", "1305", "1336", "1344"):
        assert number in introduction
    assert "2019" in outline.summary
    assert "2022" in outline.summary


def test_the_head_cites_each_instrument_in_the_edition_that_was_valid(group):
    chinese, english = drafted(group, "zh"), drafted(group, "en")
    assert "理事会第1305号决议（2019年，修订版）" in chinese.references
    assert "全权代表大会第11号决定（2018年，迪拜，修订版）" in chinese.references
    assert "Plenipotentiary Conference Resolution 102 (Rev. Dubai, 2018)" in english.references
    assert not any("1344" in one or "(2009)" in one for one in english.references)
    for number in ("102", "140", "1305", "1336"):
        assert number in english.summary


def test_the_recommendations_are_left_to_the_chair(group):
    closing = drafted(group, "en").sections[2].paragraphs
    chairs = [one for one in closing if one.is_chairs and not one.text]
    assert len(chairs) == 1
    assert chairs[0].prompt


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh"])
def test_every_language_says_it_all_in_its_own_words(group, language):
    outline = drafted(group, language)
    for section in outline.sections:
        for one in section.paragraphs:
            assert one.language == "", one.key
            assert "{" not in one.text


def test_what_every_row_says_is_traced_to_it(group):
    activities = drafted(group, "en").sections[1]
    assert all(one.rows for one in activities.paragraphs)
