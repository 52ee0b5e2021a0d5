"""A campaign in documents: its text once, everyone listed, every word of everyone still there."""

import json

import pytest
from django.utils import timezone

from consulta.analysis.campaigns import deciding, queries
from consulta.core import differences, paper_redaction
from consulta.core.paper import Heading, NumberedList, Paragraph, ResponseBlock, Table
from consulta.reports import assembly
from consulta.reports.renderers.render import render
from consulta.responses import withdrawal
from consulta.responses.content import public_text
from consulta.responses.models import Response
from tests.analysis.conftest import FERRY, LETTER, OTHER, proposed, search, send  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def folded(proposed, send, officer):  # noqa: F811
    """An accepted campaign with own words before, between and after, and sentences left out."""
    deciding.accept(proposed, by=officer)
    for text in (
        f"{FERRY} {LETTER}",
        LETTER.replace("far from the coast", "near Sample Bay"),
        f"نحن جزيرة صغيرة. {LETTER.rpartition(' We therefore')[0]}",
    ):
        deciding.add(proposed, send(text).number, by=officer)
    deciding.rename(proposed, {"en": "Island letter"}, by=officer)
    return queries.accepted_by_ordinal(proposed.consultation, proposed.ordinal)


def drawn(campaign, kind="compilation"):
    at = timezone.now()
    return assembly.draw_up(campaign.consultation, kind, language="en", at=at)


def chapter(paper):
    place = [getattr(b, "anchor", "") for b in paper.blocks].index("campaigns")
    return paper.blocks[place:]


def said(paper) -> str:
    return " ".join(s.text for b in paper.blocks if isinstance(b, Paragraph) for s in b.spans)


def test_the_compilation_prints_the_letter_once_and_tells_every_member_by_it(folded):
    paper = drawn(folded)
    listed = next(b for b in chapter(paper) if isinstance(b, NumberedList))
    assert tuple("".join(s.text for s in item) for item in listed.items) == differences.sentences(
        LETTER
    )
    blocks = {b.number: b for b in paper.blocks if isinstance(b, ResponseBlock)}
    numbers = {r.serial: r.number for r in Response.objects.all()}
    first = blocks[numbers[1]].answers[0]
    assert first.answer.text == "The shared text of the campaign, whole."
    ferry = blocks[numbers[3]].answers
    assert [a.answer.text for a in ferry[1:]] == [FERRY]
    assert ferry[1].question.text == "Own words, after sentence 4"
    assert blocks[numbers[6]].answers[0].answer.text == (
        "Of the shared text: sentences 1 and 3–4. Left out: sentences 2."
    )
    assert blocks[numbers[4]].answers[0].answer.text == OTHER
    assert blocks[numbers[4]].campaign == ""
    assert "Island letter" in blocks[numbers[3]].notes[-1]


def test_every_word_of_every_member_is_had_back_from_the_document(folded):
    written = json.loads(render(drawn(folded), "json")[0].data)
    blocks = {b["number"]: b for b in written["blocks"] if b["type"] == "response"}
    assert len(blocks) == 7
    for response in Response.objects.filter(state="published"):
        (answer,) = response.published_version.answers.all()
        told = blocks[response.number]["answers"][0]
        whole = told["whole"] if told["whole"] is not None else told["answer"]["text"]
        assert whole.split() == public_text(answer).split()
        assert (told["whole"] is None) == (response.serial == 4)


def test_the_report_lists_everyone_with_their_own_words_and_prints_the_method(folded):
    paper = drawn(folded, "consolidated")
    table = next(b for b in chapter(paper) if isinstance(b, Table))
    assert len(table.rows) == 6
    assert [row[-1].text for row in table.rows] == [
        "None: the shared text alone",
        "None: the shared text alone",
        FERRY,
        FERRY,
        "Islands near Sample Bay have no choice of provider.",
        "نحن جزيرة صغيرة.",
    ]
    text = said(paper)
    assert "6 of 7 published responses are in 1 campaign." in text
    assert "at least 50% of all runs of 3 words" in text
    assert "rensa 0." in text
    assert "6 of these respondents answered in a campaign" in text
    assert "by Officer." in text


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_format_comes_out(folded, language):
    for kind in ("compilation", "consolidated"):
        paper = assembly.draw_up(folded.consultation, kind, language=language, at=timezone.now())
        for made in ("html", "docx", "json", "akn"):
            assert all(file.data for file in render(paper, made))


def test_who_left_or_was_withdrawn_is_printed_alone_or_not_at_all(folded, officer):
    numbers = {r.serial: r.number for r in Response.objects.all()}
    deciding.take_out(folded, numbers[3], reason="It says more.", by=officer)
    withdrawal.withdraw(Response.objects.get(serial=1))
    paper = drawn(queries.accepted_by_ordinal(folded.consultation, folded.ordinal))
    blocks = {b.number: b for b in paper.blocks if isinstance(b, ResponseBlock)}
    assert numbers[1] not in blocks
    assert blocks[numbers[3]].answers[0].answer.text == f"{LETTER} {FERRY}"
    assert blocks[numbers[2]].answers[0].folded


def test_without_an_accepted_campaign_nothing_is_said_of_them(proposed):  # noqa: F811
    paper = drawn(queries.by_ordinal(proposed.consultation, proposed.ordinal))
    assert "campaigns" not in [b.anchor for b in paper.blocks if isinstance(b, Heading)]


def test_what_one_member_alone_says_goes_with_it_when_the_law_takes_it_away(folded, officer):
    third = Response.objects.get(serial=3)
    deciding.choose_text(folded, third.number, by=officer)
    folded.members.exclude(response=third).update(how="near")
    paper = drawn(queries.accepted_by_ordinal(folded.consultation, folded.ordinal))
    listed = next(b for b in chapter(paper) if isinstance(b, NumberedList))
    left = paper_redaction.without(paper, {third.number: "Taken away by law."})
    listed = next(b for b in chapter(left) if isinstance(b, NumberedList))
    assert [item[0].text for item in listed.items] == [*differences.sentences(LETTER), "[…]"]
