"""Rows of a table as submissions: read like a person reads them, refused with everything that is wrong."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consulta.core import importing
from consulta.core.importing import Found, Terms, Trouble, Vocabulary
from consulta.core.submission import RespondentKind, Submission

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
WORDS = Vocabulary(
    groups={"civil society": "civil-society", "société civile": "civil-society"},
    countries={"ch": "CH", "switzerland": "CH", "suisse": "CH"},
    languages={"fr": "fr", "french": "fr"},
    headings={"organisation": "organisation", "question 1": "answer:1", "e-mail": "email"},
)
TERMS = Terms(
    consultation="sample",
    language="en",
    zone="Europe/Zurich",
    now=NOW,
    opens_at=datetime(2026, 11, 1, 8, tzinfo=UTC),
    entered_by="uid",
    source="table",
)
COLUMNS = {0: "organisation", 1: "stakeholder_group", 2: "country", 3: "received", 4: "answer:1"}


def read(cells, mapped=COLUMNS, terms=TERMS, row=2):
    return importing.submission(cells, mapped, WORDS, terms, row=row)


def test_a_row_becomes_a_submission_with_the_codes_behind_its_words():
    made = read(["Sample Union", "Société  civile", "SUISSE", "2026-11-10", "We agree.\r\nMostly."])
    assert isinstance(made, Submission)
    assert (made.channel, made.consultation, made.language) == ("import", "sample", "en")
    claim = made.respondent
    assert (claim.kind, claim.organisation) == (RespondentKind.ORGANISATION, "Sample Union")
    assert (claim.stakeholder_group, claim.country) == ("civil-society", "CH")
    assert [(a.question, a.text) for a in made.answers] == [(1, "We agree.\nMostly.")]
    assert made.arrived_at == datetime(2026, 11, 10, 11, tzinfo=UTC)
    assert (made.source_id, made.entered_by) == ("table row 2", "uid")


def test_everything_that_is_wrong_with_a_row_is_said_at_once():
    assert read(["", "Nobody", "Atlantis", "10/11/2026", " "]) == (
        Found(Trouble.NAME_MISSING),
        Found(Trouble.GROUP_UNKNOWN, 1, "Nobody"),
        Found(Trouble.COUNTRY_UNKNOWN, 2, "Atlantis"),
        Found(Trouble.DAY_INVALID, 3, "10/11/2026"),
        Found(Trouble.NO_ANSWER),
    )


def test_an_answer_that_nobody_can_see_is_none():
    assert read(["Sample Union", "", "", "", "\u200b\u3164\u2060"]) == (Found(Trouble.NO_ANSWER),)


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2026-11-10", "2026-11-10T11:00:00+00:00"),  # noon in Zurich
        ("٢٠٢٦-١١-١٠", "2026-11-10T11:00:00+00:00"),
        ("2026-11-10T09:30", "2026-11-10T08:30:00+00:00"),
        ("2026-11-10T09:30:00Z", "2026-11-10T09:30:00+00:00"),
        ("2026-11-01", "2026-11-01T11:00:00+00:00"),
        ("2026-11-01T08:30", "2026-11-01T08:00:00+00:00"),  # the day of the opening: in time
        ("2026-11-20", "2026-11-20T09:00:00+00:00"),  # today: now
        ("", "2026-11-20T09:00:00+00:00"),
    ],
)
def test_the_instant_that_counts(day, counts):
    assert read(["A", "", "", day, "x"]).arrived_at.isoformat() == counts


@pytest.mark.parametrize(
    ("day", "trouble"),
    [
        ("2026-11-21", Trouble.IN_FUTURE),
        ("2026-10-31", Trouble.BEFORE_OPENING),
        ("2026-02-30", Trouble.DAY_INVALID),
        ("0001-01-01T00:00", Trouble.DAY_INVALID),
        ("soon", Trouble.DAY_INVALID),
    ],
)
def test_a_day_that_cannot_be_is_refused(day, trouble):
    assert read(["A", "", "", day, "x"]) == (Found(trouble, 3, day),)


POSTED = {0: "organisation", 1: "received", 2: "postmark", 3: "answer:1"}
BY_POST = replace(TERMS, posted_counts=True, closes_at=datetime(2026, 11, 12, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("terms", "postmark", "counts"),
    [
        (BY_POST, "2026-11-09", "2026-11-09T11:00:00+00:00"),
        (BY_POST, "2026-11-12", "2026-11-12T09:00:00+00:00"),  # the last day: never after the close
        (BY_POST, "2026-11-13", "2026-11-13T11:00:00+00:00"),
        (BY_POST, "", "2026-11-16T11:00:00+00:00"),
        (replace(BY_POST, posted_counts=False), "2026-11-09", "2026-11-16T11:00:00+00:00"),
        (replace(BY_POST, posted_counts=False), "2026-10-09", "2026-11-16T11:00:00+00:00"),
    ],
)
def test_the_postmark_of_a_row_counts_where_the_rule_says_so(terms, postmark, counts):
    made = read(["A", "2026-11-16", postmark, "x"], POSTED, terms)

    kept = f"; arrived 2026-11-16; postmark {postmark}" if postmark else ""
    assert (made.arrived_at.isoformat(), made.source_id) == (counts, f"table row 2{kept}")


@pytest.mark.parametrize(
    ("postmark", "trouble"),
    [
        ("2026-11-17", Trouble.POSTED_LATER),
        ("2026-10-31", Trouble.BEFORE_OPENING),
        ("10/11/2026", Trouble.DAY_INVALID),
        ("2026-12-01", Trouble.IN_FUTURE),
    ],
)
def test_a_postmark_that_cannot_be_is_refused(postmark, trouble):
    cells = ["A", "2026-11-16", postmark, "x"]
    assert Found(trouble, 2, postmark) in read(cells, POSTED, BY_POST)


def test_addresses_count_as_confirmed_only_where_the_officer_vouches_for_them():
    mapped = {0: "organisation", 1: "email", 2: "answer:1"}
    cells = ["A", "a@sample.example", "x"]
    assert read(cells, mapped).sender.authenticated is False
    vouched = read(cells, mapped, replace(TERMS, vouched=True))
    assert (vouched.sender.address, vouched.sender.authenticated) == ("a@sample.example", True)
    assert read(["A", "no address", "x"], mapped) == (
        Found(Trouble.EMAIL_INVALID, 1, "no address"),
    )


def test_the_same_row_has_the_same_key_wherever_it_stands_and_another_row_another():
    one, again = read(["A", "", "", "", "x"]), read(["A ", "", "", "", "x"], row=9)
    other = read(["A", "", "", "", "y"])
    assert one.idempotency_key == again.idempotency_key != other.idempotency_key


def test_a_reference_is_the_row_whatever_it_says():
    mapped = {0: "reference", 1: "organisation", 2: "answer:1"}
    one, again = read(["R-1", "A", "x"], mapped), read(["r-1", "B", "y"], mapped)
    assert one.idempotency_key == again.idempotency_key
    assert one.source_id == "table row 2; reference R-1"


def test_columns_are_guessed_from_their_headings_once_each():
    headings = ["E-mail:", " ORGANISATION ", "Question 1", "question 1", "Colour"]
    assert importing.guess(headings, WORDS) == {0: "email", 1: "organisation", 2: "answer:1"}


def test_yes_and_no_are_understood_in_six_languages_and_nothing_else():
    mapped = {0: "name", 1: "withhold_name", 2: "answer:0"}
    assert read(["A", "Oui", "x"], mapped).respondent.withhold_name is True
    assert read(["A", "", "x"], mapped).respondent.withhold_name is False
    assert read(["A", "perhaps", "x"], mapped) == (Found(Trouble.NOT_YES_OR_NO, 1, "perhaps"),)
    assert read(["A", "no", "x"], mapped).answers[0].question is None


@given(st.lists(st.text(), max_size=7))
def test_no_row_raises(cells):
    made = read(cells)
    assert isinstance(made, Submission) or all(isinstance(found, Found) for found in made)
