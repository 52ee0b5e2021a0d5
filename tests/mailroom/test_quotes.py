"""Quoted words are told apart, whoever wrote them in whatever program, and none is lost."""

import pytest

from consulta.mailroom import hypertext, quotes

MARKED = "> Do you agree?\n> Tell us why."
INTRODUCTIONS = [
    "On Fri, 20 Nov 2026 at 10:00, Office <o@example.org> wrote:",
    "Le ven. 20 nov. 2026 à 10:00, Office <o@example.org> a écrit :",
    "El vie, 20 nov 2026 a las 10:00, Office (<o@example.org>) escribió:",
    "пт, 20 нояб. 2026 г. в 10:00, Office <o@example.org>:",
    "20.11.2026, 10:00, Office пишет:",
    "在 2026年11月20日，Office <o@example.org> 写道：",
    "في الجمعة، 20 نوفمبر 2026 كتب Office <o@example.org>:",
    "On Friday the 20th of November in the year 2026, The Office of Consultations\n<o@example.org> wrote:",
]
BELOW = [
    "-----Original Message-----\nFrom: Office\nWe ask.",
    "________________________________\nFrom: Office\nSent: Friday\n\nWe ask.",
    "De : Office\nEnvoyé : vendredi\nObjet : x\n\nNous demandons.",
    "От: Office\nОтправлено: пятница\n\nМы спрашиваем.",
    "发件人: Office\n发送时间: 2026年\n\n我们问。",
    "من: Office\nتاريخ الإرسال: الجمعة\n\nنسأل.",
]


@pytest.mark.parametrize("introduction", INTRODUCTIONS)
def test_a_quotation_is_told_with_the_line_that_introduces_it(introduction):
    text = f"We agree.\n\n{introduction}\n\n{MARKED}\n\nRegards"

    assert quotes.own(text) == "We agree.\n\n\nRegards"
    assert "\n".join(each.text for each in quotes.passages(text)) == text


@pytest.mark.parametrize("below", BELOW)
def test_the_whole_letter_below_is_told_without_marks(below):
    assert quotes.own(f"We agree.\n\n{below}") == "We agree."


def test_answers_between_quoted_lines_stay_the_senders_own():
    text = "> Le projet est-il clair ?\nOui.\n> Faut-il un délai ?\nNon, aucun."

    assert [(each.quoted, each.text) for each in quotes.passages(text)] == [
        (True, "> Le projet est-il clair ?"),
        (False, "Oui."),
        (True, "> Faut-il un délai ?"),
        (False, "Non, aucun."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "From: our point of view nothing is missing.\nWe agree.",
        "As she wrote:\nwe agree.",
        "a -> b\n>= 3 of them\n",
    ],
)
def test_ordinary_words_are_nobody_elses(text):
    assert "\n".join(each.text for each in quotes.passages(text)) == text
    assert quotes.own(text).startswith(text.split("\n")[0])


@pytest.mark.parametrize("introduction", [each for each in INTRODUCTIONS if "10:00" in each])
def test_a_letter_that_follows_its_introduction_without_marks_is_quoted(introduction):
    text = f"We agree.\n\n{introduction}\n\nDo you agree?\nTell us why."

    assert quotes.own(text) == "We agree."


def test_html_quotations_are_marked_like_those_of_plain_letters():
    html = (
        "<p>We agree.</p><div>On Fri, 20 Nov 2026, Office wrote:</div>"
        "<blockquote type=cite><p>Thank you.<br>Number: 7</p><blockquote>Older</blockquote>"
        "</blockquote><p>Regards</p>"
    )
    text = hypertext.plain(html)

    assert text.split("\n\n") == [
        "We agree.",
        "On Fri, 20 Nov 2026, Office wrote:",
        ">\n> Thank you.\n> Number: 7\n>\n>> Older\n>",
        "Regards",
    ]
    assert quotes.own(text).split() == ["We", "agree.", "Regards"]


def test_words_straight_above_an_introduction_stay_the_senders_own():
    text = f"We agree.\n{INTRODUCTIONS[0]}\nDo you agree?"

    assert quotes.own(text) == "We agree."
