"""The sample record: complete in six languages, true to its sources, and visibly a sample."""

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from babel import Locale

from consulta import flow
from consulta.core import procedure, redaction, screening, timetable
from consulta.core.calendar import Weekday, weekday

FOLDER = Path(flow.__file__).parent / "sample"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.toml")}
LANGUAGES = {"ar", "en", "es", "fr", "ru", "zh"}
STATUSES = {"original", "official", "courtesy"}
SCRIPT = {"ar": r"[\u0600-\u06ff]", "ru": r"[\u0400-\u04ff]", "zh": r"[\u4e00-\u9fff]"}
MARK = {
    "ar": "عيّنة: ",
    "en": "Sample ",
    "es": "Muestra: ",
    "fr": "Exemple\u202f: ",
    "ru": "Образец: ",
    "zh": "示例",
}
SAMPLE = FILES["sample-consultation"]
RESPONSES = FILES["sample-responses"]["responses"]
BY_KEY = {response["key"]: response for response in RESPONSES}
RULES = procedure.load("itu-res-1336-2019")


def is_text(value: object) -> bool:
    """Whether *value* is words by language."""
    if not isinstance(value, dict) or not value or not value.keys() <= LANGUAGES:
        return False
    return all(isinstance(entry, dict) for entry in value.values())


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every table and list below *value*, with the path to it."""
    yield path, value
    pairs = value.items() if isinstance(value, dict) else ()
    pairs = enumerate(value) if isinstance(value, list) else pairs
    for key, inner in pairs:
        yield from walk(inner, f"{path}/{key}")


TEXTS = [(path, value) for path, value in walk(FILES) if is_text(value)]
WORDS = [
    (f"{path}/{language}", language, text["text"])
    for path, value in TEXTS
    for language, text in value.items()
] + [
    (f"{response['key']}/{answer.get('question')}", response["language"], answer["text"])
    for response in RESPONSES
    for answer in response["answers"]
]


# Every file


def test_the_folder_holds_what_the_loader_reads():
    assert set(FILES) == {
        "record",
        "records",
        "sample-outputs",
        "sample-posts",
        "issues",
        "offices",
        "instruments",
        "stakeholder-groups",
        "sample-consultation",
        "sample-responses",
        "sample-campaign",
        "sample-practices",
        "consolidated-report",
    }


def test_every_text_is_there_in_six_languages_with_its_status():
    one_language = re.compile(r"/sample-practices/practices/\d+/text")
    for path, text in TEXTS:
        assert one_language.fullmatch(path) or set(text) == LANGUAGES, path
        assert all(entry["status"] in STATUSES and entry["text"].strip() for entry in text.values())


def test_translations_of_answers_are_courtesy_texts_in_english():
    answers = [answer for response in RESPONSES for answer in response["answers"]]
    translations = [t for answer in answers for t in answer.get("translations", [])]
    assert len(translations) >= 2
    assert {(t["language"], t["status"]) for t in translations} == {("en", "courtesy")}


@pytest.mark.parametrize("language", sorted(SCRIPT))
def test_words_are_written_in_the_script_of_their_language(language):
    for path, found, text in WORDS:
        if found == language:
            assert re.search(SCRIPT[language], text), path


def test_french_marks_have_their_narrow_space():
    for path, language, text in WORDS:
        if language == "fr" and "<script>" not in text:
            assert not re.search(r"[^\u202f\d:/](?:[;:?!»])|«[^\u202f]|'", text), path


def test_arabic_and_chinese_use_their_own_punctuation():
    for path, language, text in WORDS:
        if language == "ar":
            assert not re.search(r"[\u0600-\u06ff] ?[,;?]", text), path
        if language == "zh":
            assert not re.search(r"[\u4e00-\u9fff] ?[,;:?!.]", text), path


def test_spanish_questions_open_as_they_close():
    for path, language, text in WORDS:
        if language == "es":
            assert text.count("¿") == text.count("?"), path


def test_no_verdict_is_stored():
    assert not [path for path, _ in walk(FILES) if "verdict" in path or path.endswith("_calc")]


# The sample


def test_the_sample_consultation_is_visibly_a_sample_in_every_language():
    for language, text in SAMPLE["consultation"]["topic"].items():
        assert text["text"].startswith(MARK[language].strip().rstrip(":"))
    assert len(SAMPLE["questions"]) == 5


@pytest.mark.parametrize("day", [date(2026, 11, 21) + timedelta(days=n) for n in range(7)])
def test_the_sample_is_open_and_feasible_on_whatever_day_it_starts(day):
    deciding, coming = SAMPLE["meetings"]
    starts = day + timedelta(days=coming["start_offset_days"])
    while weekday(starts) is not Weekday[coming["roll_to_weekday"].upper()]:
        starts += timedelta(days=1)
    opened = day + timedelta(days=SAMPLE["consultation"]["opening_offset_days"])
    ends = day + timedelta(days=deciding["end_offset_days"])
    table = timetable.draw_up(
        RULES,
        {"deciding_meeting.end": ends, "group_meeting.start": starts},
        today=day,
        actual={"opening": opened},
    )
    assert table.feasible
    assert table.milestone("opening").verdict.status == "kept"
    assert table.milestone("open_meeting").verdict.preference_met is not False
    assert table.milestone("responses_due").proposed > day + timedelta(days=45)


def test_forty_responses_stand_in_the_states_that_the_record_wants():
    assert Counter(response["state"] for response in RESPONSES) == {
        "published": 28,
        "received": 4,
        "held": 3,
        "accepted": 3,
        "declined": 1,
        "withdrawn": 1,
    }
    assert len(BY_KEY) == len(RESPONSES) == 40


def test_all_languages_groups_and_channels_have_a_voice():
    languages = Counter(response["language"] for response in RESPONSES)
    assert languages.keys() == LANGUAGES
    assert min(languages.values()) >= 6
    groups = {g["slug"] for g in FILES["stakeholder-groups"]["groups"]}
    assert {response["stakeholder_group"] for response in RESPONSES} == groups
    channels = {"web", "email", "api", "desk", "reflector"}
    assert {response["channel"] for response in RESPONSES} == channels
    countries = {response["country"] for response in RESPONSES}
    assert len(countries) > 35
    assert countries <= Locale("en").territories.keys()


def test_every_respondent_is_plainly_a_sample():
    for response in RESPONSES:
        name = response.get("organisation") or response["name"]
        assert name.startswith(MARK[response["language"]]), response["key"]
        assert ("organisation" in response) == (response["kind"] == "organisation")
    assert sum(response.get("withhold_name", False) for response in RESPONSES) == 2


def test_only_governments_and_intergovernmental_organisations_claim_authority():
    claim = {r["key"] for r in RESPONSES if "claim_confirmed" in r}
    groups = {"governments", "intergovernmental-organisations"}
    assert claim == {r["key"] for r in RESPONSES if r["stakeholder_group"] in groups}


def test_no_real_address_number_or_organisation_stands_in_the_sample():
    for path in FOLDER.glob("*.toml"):
        text = path.read_text("utf-8")
        domains = re.findall(r"[\w.+-]+@([\w.-]+\w)", text)
        assert not [d for d in domains if not re.fullmatch(r"(.+\.)?example\.(org|com|net)", d)]
        assert set(re.findall(r"\+\d[\d ]{8,}\d", text)) <= {"+41 22 555 01 00", "+41 22 555 01 01"}
        if path.name.startswith(("sample", "consolidated")):
            named = r"\b(ITU|UIT|МСЭ|ICANN|UNESCO|IETF|ISOC|OECD|World Bank)\b|国际电联"
            assert not re.search(named, text), path.name


def test_answers_are_substantial_and_every_question_is_answered_often():
    answered: Counter[int] = Counter()
    for response in RESPONSES:
        for answer in response["answers"]:
            size = len(answer["text"]) / 2 if response["language"] == "zh" else None
            assert 60 <= (size or len(answer["text"].split())) <= 200, response["key"]
            answered[answer.get("question", 0)] += 1
    assert all(answered[position] >= 12 for position in range(1, 6))


def test_arrivals_lie_between_the_opening_and_the_first_day():
    hours = [response["received_offset_hours"] for response in RESPONSES]
    assert len(set(hours)) == 40
    assert 0 < min(hours) < max(hours) < -24 * SAMPLE["consultation"]["opening_offset_days"]
    for response in RESPONSES:
        for act in ("withdrawal", "decline"):
            assert (
                response.get(act, {}).get("offset_hours", 999) > response["received_offset_hours"]
            )


def test_a_response_is_held_only_for_what_the_rules_hold():
    for response in RESPONSES:
        files = response.get("attachments", [])
        reasons = screening.reasons_to_hold(
            screening.Screened(
                has_text=any(answer["text"].strip() for answer in response["answers"]),
                files=len(files),
                unsafe_files=sum(file.get("unsafe", False) for file in files),
                late=False,
            )
        )
        held = response.get("hold", {})
        assert reasons == ((held["ground"],) if held else ()), response["key"]
        assert bool(held) == (response["state"] == "held")


def test_declined_and_withdrawn_responses_say_why():
    grounds = {ground.slug for ground in RULES.grounds}
    for response in RESPONSES:
        assert ("decline" in response) == (response["state"] == "declined")
        assert ("withdrawal" in response) == (response["state"] == "withdrawn")
        assert response.get("decline", {}).get("ground", "off_topic") in grounds


def test_an_unconfirmed_sender_is_published_only_after_seven_days():
    unconfirmed = [r for r in RESPONSES if not r["confirmed"]]
    assert {r["state"] for r in unconfirmed} == {"received", "published"}
    for response in unconfirmed:
        waited = -24 * SAMPLE["consultation"]["opening_offset_days"]
        waited -= response["received_offset_hours"]
        assert (waited > 7 * 24) == (response["state"] == "published")


def test_two_responses_of_a_campaign_are_both_published():
    first, second = BY_KEY["r04"], BY_KEY["r05"]
    texts = ["\n".join(a["text"] for a in r["answers"]) for r in (first, second)]
    assert texts[0] != texts[1]
    assert difflib.SequenceMatcher(None, *texts).ratio() > 0.9
    assert first["address"] != second["address"]
    assert first["state"] == second["state"] == "published"


def test_personal_passages_are_those_that_redaction_finds():
    for response in RESPONSES:
        text = "\n".join(answer["text"] for answer in response["answers"])
        found = [text[p.start : p.end] for p in redaction.find(text)]
        marked = response.get("personal_passages", [])
        assert bool(found) == bool(marked), response["key"]
        assert all(any(passage in piece for piece in found) for passage in marked)


def test_one_answer_carries_markup_that_must_stay_text():
    assert [r["key"] for r in RESPONSES if any("<script>" in a["text"] for a in r["answers"])] == [
        "r14"
    ]


def test_the_sample_report_cites_published_responses_to_its_question_and_leaves_some_uncited():
    paragraphs = FILES["consolidated-report"]["paragraphs"]
    assert {paragraph["question"] for paragraph in paragraphs} == set(range(1, 6))
    cited = set()
    for paragraph in paragraphs:
        for sentence in paragraph["sentences"]:
            assert sentence["cites"], sentence["text"]
            for key in sentence["cites"]:
                questions = {answer.get("question") for answer in BY_KEY[key]["answers"]}
                assert BY_KEY[key]["state"] == "published", key
                assert paragraph["question"] in questions, (paragraph["question"], key)
                cited.add(key)
    published = {r["key"] for r in RESPONSES if r["state"] == "published"}
    assert published - cited == {"r13", "r39"}


def test_practices_stand_on_an_issue_of_the_list_and_come_from_a_sample_organisation():
    issues = {issue["slug"] for issue in FILES["issues"]["issues"]}
    for practice in FILES["sample-practices"]["practices"]:
        assert practice["issue"] in issues
        assert practice["organisation"]["en"]["text"].startswith("Sample ")
        assert practice["text"].keys() == {practice["language"]}
