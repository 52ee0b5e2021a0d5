"""The pages of the procedures: each rule with its sentence, its file, and a timetable to try."""

import re
import tomllib

import pytest

from consulta.core import procedure

pytestmark = pytest.mark.django_db
SLUGS = procedure.slugs()


def words(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.replace("</", " </")))


@pytest.fixture
def page(client):
    def get(path, language="en"):
        return client.get(f"/{language}/procedures/{path}").content.decode()

    return get


def test_every_procedure_is_listed_by_its_title_with_its_body(page):
    said = words(page(""))
    for slug in SLUGS:
        rules = procedure.load(slug)
        assert rules.title["en"].replace("'", "&#x27;") in said
        assert rules.body in said


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("language", ["ar", "en", "zh"])
def test_every_sentence_of_every_procedure_stands_on_its_page(page, slug, language):
    html = page(f"{slug}/", language)
    rules = procedure.load(slug)
    for rule in rules.rules:
        said = rule.sentence(language, original_language=rules.original_language)
        assert said.text.replace("'", "&#x27;").replace('"', "&quot;") in html
        assert rule.clause.replace("'", "&#x27;") in html
    assert f'<h1 lang="{language}"' in html


def test_what_nobody_checked_is_marked_and_what_was_checked_is_not(page):
    assert page("eu-better-regulation/").count("Not verified") == 1
    assert page("icann-public-comment/").count("Not verified") == 3
    assert "Not verified" not in page("berec/")


def test_a_rule_says_how_far_how_it_binds_for_what_and_with_what_force(page):
    said = words(page("ietf-last-call/"))
    assert "Only for Not a working group" in said
    assert "4 weeks after" in said
    assert "At least so long; longer is allowed, shorter is not" in said
    assert "it is an obligation" in said
    assert "May respond without being on any list." in said


def test_calendar_days_and_working_days_are_told_apart(page):
    said = words(page("itu-d-documents/"))
    assert "45 calendar days before" in said
    assert "3 working days after" in said
    assert "Switzerland (GE)" in said


def test_terms_say_late_twin_extension_and_the_right_to_contest(page):
    berec, icann = words(page("berec/")), words(page("icann-public-comment/"))
    assert "Refused: it is not taken into account, and stays on the register." in berec
    assert "A confidential response comes with a public version of itself." in berec
    assert "The procedure gives no right to contest the summary." in berec
    assert "contested within 30 days of its publication; the answer is due within 30 days" in icann
    assert "By a decision that is recorded and published." in icann


def test_the_norm_behind_a_file_tells_its_edition_and_its_stale_citations(page):
    said = words(page("itu-res-1336-2019/"))
    assert "Resolution 1336 (Rev. 2019)" in said
    assert "In force" in said
    assert "It was abrogated." in said


def test_the_file_itself_can_be_fetched_and_is_the_one_that_is_read(client):
    response = client.get("/fr/procedures/berec.toml")
    assert response["Content-Disposition"] == 'attachment; filename="berec.toml"'
    assert tomllib.loads(response.content.decode())["hour"] == "17:00:00"


def test_a_procedure_that_does_not_exist_is_not_found(client):
    assert client.get("/en/procedures/no-such-rule/").status_code == 404
    assert client.get("/en/procedures/no-such-rule.toml").status_code == 404


def test_dates_and_choices_give_a_timetable(page):
    asked = "?date-publication.date=2026-03-02&choice-rule=significant"
    said = words(page(f"us-apa/{asked}"))
    assert "The plan can keep the rule." in said
    assert "Friday, 1 May 2026, 23:59" in said
    assert "at least 60 days" in said.split("Compute the dates")[1]
    assert "at least 30 days" not in said.split("Compute the dates")[1]


def test_an_optional_milestone_comes_in_with_its_number(page):
    asked = (
        "?date-opening.date=2026-03-02&date-responses_due.date=2026-03-31&after-report_published=2"
    )
    assert "Tuesday, 14 April 2026" in words(page(f"open-call/{asked}"))


def test_arabic_digits_are_read_and_what_is_no_day_is_said_at_its_field(page):
    arabic = page("who-draft/?date-publication.date=٢٠٢٦-٠٣-٠٢", "ar")
    assert "2026-03-16" in arabic
    wrong = page("who-draft/?date-publication.date=2026-02-30")
    assert "Write an existing day as YYYY-MM-DD" in wrong
    assert "The plan can keep the rule." not in wrong


def test_a_count_that_leaves_the_calendar_is_a_sentence(page):
    asked = "?date-opening.date=2999-12-30"
    assert "This leaves the calendar" in page(f"icann-public-comment/{asked}")


def test_a_conflict_of_the_plan_is_said(page):
    asked = "?date-opening.date=2026-03-31&date-responses_due.date=2026-03-02"
    assert "The plan cannot keep the rule." in page(f"open-call/{asked}")
