"""A form that comes back by mail is told apart by its headings, however a mail program treated them."""

import pytest

from consulta.mailroom.answersheet import Heading, Part, parts

LONG = (
    "What are the opportunities and the challenges of the matter for developing countries, and"
    " which measures would you recommend to governments?"
)
HEADINGS = {
    1: Heading(("Question 1", "السؤال 1", "Вопрос 1", "问题 1"), (LONG, "ما هي الفرص والتحديات؟")),
    2: Heading(
        ("Question 2", "السؤال 2", "Вопрос 2", "问题 2"), ("Anything else?", "还有别的吗？")
    ),
    10: Heading(("Question 10",), ("And last?",)),
}
PAIR = [Part(1, "First."), Part(2, "Second.")]


@pytest.mark.parametrize(
    "text",
    [
        "Question 1\nFirst.\n\nQuestion 2\nSecond.",
        f"Question 1: {LONG}\n\nFirst.\n\nQuestion 2: Anything else?\n\nSecond.",
        f"1. {LONG}\nFirst.\n2) Anything else?\nSecond.",
        "Question 1: First.\nQuestion 2 - Second.",
        "*QUESTION 1*\nFirst.\n\n## Question 2.\nSecond.",
        f"{LONG}\nFirst.\nanything else\nSecond.",
        f"Q1 {LONG}\nFirst.\nQ2. Anything else?\nSecond.",
        "السؤال ١\nFirst.\nالسؤال ٢\nSecond.",
        "Вопрос 1. First.\nвопрос 2: Second.",
        "问题１：First.\n还有别的吗?\nSecond.",
        "问题 １：First.\n问题二\nSecond.",
        "问题一：First.\n问题 二: Second.",
        "Question n° 1 : First.\nQuestion no. 2\nSecond.",
        "Question n.º 1: First.\nQuestion n.º 2\nSecond.",
        "Q1: First.\nQ2\nSecond.",
        "Вопрос № 1\nFirst.\nВопрос №2: Second.",
        "> Question 1\n> What are the opportunities and the challenges of the matter for\n"
        "> developing countries, and which measures would you recommend to\n> governments?\n"
        "First.\n> Question 2\n> Anything else?\nSecond.\n> Question 10\n> And last?\n",
    ],
)
def test_answers_are_found_under_their_headings(text):
    assert parts(text, HEADINGS) == PAIR


def test_what_stands_above_the_first_heading_answers_the_whole():
    assert parts("Dear all,\nwe agree.\n\nQuestion 2\nSecond.\n", HEADINGS) == [
        Part(None, "Dear all,\nwe agree."),
        Part(2, "Second."),
    ]


def test_question_ten_is_not_question_one():
    assert parts("Question 10\nTenth.", HEADINGS) == [Part(10, "Tenth.")]


@pytest.mark.parametrize(
    "text",
    [
        "We agree.",
        "Question 1 is badly put, and question 2 too.",
        "In answer to question 1: we agree.",
        "We agree.\n> earlier words",
        "1. We agree.\n2. We thank you.",
    ],
)
def test_without_headings_everything_answers_the_whole(text):
    assert parts(text, HEADINGS) == [Part(None, text)]
    assert parts("", HEADINGS) == []


def test_a_form_that_is_only_quoted_below_does_not_take_the_words_above():
    text = "We agree with all of it.\n\nOn Friday Office <o@x.org> wrote:\n> Question 1\n> Question 2\n"

    assert parts(text, HEADINGS) == [
        Part(None, "We agree with all of it."),
    ]


def test_quoted_answers_of_an_earlier_letter_are_not_given_again():
    text = "> Question 1\n> Old first.\n\nNew first.\n\n> Question 2\n> Old second.\n"

    assert parts(text, HEADINGS) == [Part(1, "New first.")]


def test_a_form_sent_back_all_quoted_is_taken_as_it_is():
    text = "> Question 1\n> First.\n> Question 2\n> Second.\n"

    assert parts(text, HEADINGS) == [Part(1, "> First."), Part(2, "> Second.")]


def test_the_same_heading_twice_is_one_answer():
    assert parts("Question 1\nA\nQuestion 2\nB\nQuestion 1\nC", HEADINGS) == [
        Part(1, "A\n\nC"),
        Part(2, "B"),
    ]


@pytest.mark.parametrize(
    "cut",
    [
        "---------- Forwarded message ---------",
        "________________________________",
        "From: Ministry <m@example.org>\nSent: Friday\nSubject: Answers",
        "--------\nFrom: Ministry <m@example.org>\nDate: Friday\nSubject: Answers",
    ],
)
def test_answers_in_a_forwarded_or_enclosed_letter_are_taken(cut):
    text = f"Please find our answers below.\n\n{cut}\n\nQuestion 1\nFirst.\n\nQuestion 2\nSecond."

    assert parts(text, HEADINGS, whole=True) == [
        Part(None, f"Please find our answers below.\n\n{cut}"),
        *PAIR,
    ]


def test_a_quotation_that_ends_an_answer_or_the_letter_stays():
    text = "Question 1\nWe recall:\n> All may respond.\n\nQuestion 2\nSecond.\n> Resolves 4."

    assert parts(text, HEADINGS, whole=True) == [
        Part(1, "We recall:\n> All may respond."),
        Part(2, "Second.\n> Resolves 4."),
    ]


def test_of_a_whole_letter_the_quoted_form_alone_is_left_out():
    form = "> Question 1\n> Be brief.\nFirst.\n> Question 2\n> Anything else?\nSecond."
    below = "We agree.\n\nOn Friday Office <o@x.org> wrote:\n> Question 1\n> Question 2\n"

    assert parts(form, HEADINGS, whole=True) == PAIR
    assert parts(below, HEADINGS, whole=True) == [Part(None, "We agree.")]


def test_answers_that_are_all_quoted_below_a_note_are_taken():
    text = "Our answers:\n> Question 1\n> First.\n> Question 2\n> Second.\n"

    assert parts(text, HEADINGS, whole=True) == [
        Part(None, "Our answers:"),
        Part(1, "> First."),
        Part(2, "> Second."),
    ]


def test_the_note_of_a_forwarded_letter_stays_above_its_quoted_form():
    note = "From: Ministry <m@example.org>\nSent: Friday\n\nDear office,\nwe agree."
    text = f"{note}\n> Question 1\nFirst."

    assert parts(text, HEADINGS, whole=True) == [Part(None, note), Part(1, "First.")]
