from datetime import time

import pytest

from consulta.core import procedure, procedure_file
from consulta.core.calendar import Roll, Unit, Weekday
from consulta.core.procedure_file import ProcedureFileError
from consulta.core.rules import Act, Bound, Modality

SIX = {"ar", "en", "es", "fr", "ru", "zh"}

SMALL = """
edition = 1
body = "A body"
languages = ["en"]
original_language = "en"
zone = "Europe/Zurich"
hour = "23:59:59"
instant_source = "A choice."
grounds = "standard"
[title]
en = "A rule"
[terms]
text_public = true
name_withheld_by = []
country_withheld_by = []
[[anchors]]
name = "start"
kind = "chosen"
[[milestones]]
name = "due"
kind = "deadline"
anchor = "start"
days = 30
bound = "at_latest"
modality = "should"
clause = "1"
source = "It is due after 30 days."
"""


def read(text):
    return procedure_file.read(text, slug="small", grounds=lambda _name: [])


def test_resolution_1336_is_whole():
    rules = procedure.load("itu-res-1336-2019")
    found = {
        rule.name: (rule.anchor, rule.offset.first, rule.offset.last, rule.modality, rule.roll)
        for rule in rules.rules
    }
    should, shall = Modality.SHOULD, Modality.SHALL
    assert found == {
        "opening": ("deciding_meeting.end", 0, 15, should, Roll.EXACT),
        "responses_due": ("open_meeting.start", None, -30, should, Roll.EXACT),
        "report_published": ("open_meeting.start", None, -15, shall, Roll.BACK),
        "open_meeting": ("group_meeting.start", -3, -1, should, Roll.EXACT),
    }
    assert rules.rule("open_meeting").preference is Weekday.MONDAY
    assert (rules.zone, rules.hour) == ("Europe/Zurich", time(23, 59, 59))
    assert len(rules.stakeholder_groups) == 7


@pytest.mark.parametrize("slug", procedure.slugs())
def test_every_rule_of_every_procedure_names_its_source(slug):
    rules = procedure.load(slug)
    assert all(rule.source and rule.clause for rule in rules.rules)
    if rules.original_language != "en":
        assert all(rule.original for rule in rules.rules)


@pytest.mark.parametrize("slug", procedure.slugs())
def test_every_ground_and_group_is_named_in_six_languages(slug):
    rules = procedure.load(slug)
    assert set(rules.title) == SIX
    assert all(set(ground.text) == SIX for ground in rules.grounds)
    assert all(set(group.name) == SIX for group in rules.stakeholder_groups)


@pytest.mark.parametrize("slug", procedure.slugs())
def test_every_act_of_moderation_has_published_grounds(slug):
    rules = procedure.load(slug)
    found = {act: {ground.slug for ground in rules.grounds_for(act)} for act in Act}
    assert {"empty", "late", "unsafe_file"} <= found[Act.HOLD]
    assert {
        "off_topic",
        "unlawful",
        "spam",
        "personal_data",
        "not_addressed",
        "empty",
    } <= found[Act.DECLINE]
    assert found[Act.REDACT]
    assert found[Act.REMOVE]


def test_the_text_is_public_and_only_an_individual_withholds_the_name():
    terms = procedure.load("itu-res-1336-2019").terms
    assert terms.text_public
    assert terms.name_withheld_by == terms.country_withheld_by == ("individual",)


def test_a_procedure_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(procedure.UnknownProcedureError) as caught:
        procedure.load("../secrets")
    assert "open-call" in caught.value.allowed


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("edition = 1", "", "edition"),
        ("edition = 1", 'edition = "one"', "edition"),
        ("edition = 1", "edition = true", "edition"),
        ('"Europe/Zurich"', '"Europe/Geneva"', "zone"),
        ('"23:59:59"', '"midnight"', "hour"),
        ('en = "A rule"', "", "title.en"),
        ('"at_latest"', '"at_last"', "milestones[0].bound"),
        ('"should"', '"ought"', "milestones[0].modality"),
        ("days = 30", "", "milestones[0].days"),
        ("days = 30", "days = 30\nweeks = 4", "milestones[0].days"),
        ("days = 30", "days = [1, 2]", "milestones[0].days"),
        ('"at_latest"', '"window"', "milestones[0].days"),
        ('anchor = "start"', 'anchor = "end"', "milestones[0].anchor"),
        ('anchor = "start"', 'anchor = "due"', "milestones"),
        ('clause = "1"', 'clause = "1"\nfollow = "x"', "milestones[0].follow"),
        ('clause = "1"', 'clause = "1"\nfollows = "x"', "milestones[0].follows"),
        ("It is due after 30 days.", " ", "milestones[0].source"),
        ("name_withheld_by = []", "name_withheld_by = [1]", "terms.name_withheld_by"),
        ("[title]", "[title", "the file"),
    ],
)
def test_a_broken_file_is_refused_with_the_place_to_mend(old, new, where):
    assert read(SMALL).rules[0].offset.last == 30
    with pytest.raises(ProcedureFileError) as caught:
        read(SMALL.replace(old, new))
    assert caught.value.where == where


def test_a_milestone_may_count_from_another_in_weeks_and_months_and_be_a_minimum():
    more = SMALL + SMALL[SMALL.index("[[milestones]]") :].replace('"due"', '"reply"').replace(
        '"start"', '"due"'
    ).replace("days = 30", "months = 1").replace('"at_latest"', '"minimum"')
    reply = read(more).rule("reply")
    assert (reply.bound, reply.offset.first, reply.offset.last) == (Bound.MINIMUM, 1, None)
    assert reply.offset.unit is Unit.MONTHS


def test_the_institution_chooses_the_policy_for_weekends():
    rules = procedure.load("itu-res-1336-2019")
    chosen = procedure.choose(rules, rolls={"responses_due": Roll.FORWARD})
    assert chosen.rule("responses_due").roll is Roll.FORWARD
    assert rules.rule("responses_due").roll is Roll.EXACT


def test_an_offset_that_the_rule_fixes_cannot_be_chosen():
    with pytest.raises(procedure.NoChoiceError):
        procedure.choose(procedure.load("itu-res-1336-2019"), offsets={"responses_due": 20})


def test_a_choice_for_a_milestone_that_is_not_there_is_refused():
    with pytest.raises(procedure.UnknownMilestoneError):
        procedure.choose(procedure.load("open-call"), offsets={"ballot": 20})


@pytest.mark.parametrize(
    ("language", "begins", "shown"),
    [("zh", "回复的截止日期", "zh"), ("fr", "Le délai", "fr"), ("de", "The deadline", "en")],
    ids=["the original", "a courtesy translation", "a language without one"],
)
def test_a_reader_sees_the_sentence_in_a_language_of_theirs(language, begins, shown):
    loaded = procedure.load("itu-res-1336-2019")

    said = loaded.rule("responses_due").sentence(
        language, original_language=loaded.original_language
    )

    assert said.text.startswith(begins)
    assert said.language == shown


@pytest.mark.parametrize("slug", ["itu-res-1336-2019", "open-call", "host-event"])
def test_every_sentence_of_our_own_procedures_stands_in_all_six_languages(slug):
    loaded = procedure.load(slug)
    for rule in loaded.rules:
        for language in ("ar", "en", "es", "fr", "ru", "zh"):
            said = rule.sentence(language, original_language=loaded.original_language)
            assert said.language == language, (rule.name, language)
