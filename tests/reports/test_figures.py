"""Figures and cross-tabs count respondents in the database: by group, region, country, language, option."""

import uuid
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consulta.consultations import queries as consultations
from consulta.core.submission import RespondentClaim, RespondentKind, Sender, SubmittedAnswer
from consulta.flow import journey
from consulta.reports import crosstabs, figures
from consulta.reports.crosstabs import UnknownDimensionError
from consulta.responses import publication
from consulta.responses.models import Response
from tests.offers import offer


@pytest.fixture
def publish(consultation, submission, officer):
    """Publish a response of *group* in *country* that chose *choices* at question 1."""

    def _publish(group="civil-society", country="CH", choices=(), text="So.", language="en"):
        sender = Sender("known@example.org", authenticated=True)
        claim = RespondentClaim(
            kind=RespondentKind.ORGANISATION,
            organisation="Sample Organisation",
            stakeholder_group=group,
            country=country,
        )
        answers = (SubmittedAnswer(1, text, tuple(choices)),)
        made = submission(sender=sender, respondent=claim, answers=answers, language=language)
        response = Response.objects.get(number=journey.submission_arrives(made).number)
        if response.state == "held":
            Response.objects.filter(pk=response.pk).update(state="accepted")
            response.versions.update(screening="accepted")
            response.refresh_from_db()
        publication.publish(response, by=officer)
        return response

    return _publish


@pytest.fixture
def three(consultation, publish):
    offer(consultation, 1, several=True)
    publish("civil-society", "CH", ("support", "oppose"))
    publish("civil-society", "EG", (), language="ar")
    publish("private-sector", "", ("support",), text="")
    return consultations.at_desk(consultation.slug)


def test_respondents_are_counted_by_what_is_known_of_them_and_nothing_is_left_out(three):
    found = figures.of(three)[1]

    assert found == figures.Figures(
        1,
        total=3,
        by_group=Counter({"civil-society": 2, "private-sector": 1}),
        by_region=Counter({"europe": 1, "arab-states": 1, "": 1}),
        by_country=Counter({"CH": 1, "EG": 1, "": 1}),
        by_language=Counter({"en": 2, "ar": 1}),
        by_option={
            "support": Counter({"civil-society": 1, "private-sector": 1}),
            "oppose": Counter({"civil-society": 1}),
            "": Counter({"civil-society": 1}),
        },
    )


def test_one_question_alone_has_the_same_figures(three):
    assert figures.of_question(three, 1) == figures.of(three)[1]
    assert figures.totals(three) == {1: 3}


def test_who_withdrew_is_in_no_figure(three, consultation):
    Response.objects.filter(public_country="CH").update(
        state="withdrawn", withdrawn_at=consultation.opens_at
    )

    assert figures.of(three)[1].total == 2


def test_a_cross_tab_counts_two_dimensions(three):
    table = crosstabs.of(three, "group", "region")

    assert table.rows == ["civil-society", "private-sector"]
    assert table.columns == [
        "africa",
        "americas",
        "arab-states",
        "asia-and-the-pacific",
        "cis",
        "europe",
        "",
    ]
    assert [table.line(row) for row in table.rows] == [[0, 0, 1, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 1]]
    assert (table.respondents, table.adds_up) == (3, True)


def test_a_cross_tab_with_an_option_adds_nothing_up_and_names_who_did_not_answer(three, publish):
    silent = publish("private-sector", "US")
    silent.published_version.answers.update(question=2, choices=None)

    table = crosstabs.of(three, "option-1", "group")

    assert table.rows == ["support", "with-changes", "oppose", "no-position", "", "-"]
    assert table.columns == ["civil-society", "private-sector"]
    assert [table.line(row) for row in table.rows] == [
        [1, 1],
        [0, 0],
        [1, 0],
        [0, 0],
        [1, 0],
        [0, 1],
    ]
    assert (table.respondents, table.adds_up) == (4, False)


def test_two_questions_can_be_crossed(three):
    offer(three, 2)
    row = Response.objects.get(public_country="CH")
    row.published_version.answers.create(question=2, text="", choices=["oppose"])

    table = crosstabs.of(consultations.at_desk(three.slug), "option-1", "option-2")

    assert table.cells["support", "oppose"] == 1
    assert table.cells["support", "-"] == 1


@pytest.mark.parametrize(
    ("by", "across"), [("group", "group"), ("group", "name"), ("option-2", "group")]
)
def test_what_cannot_be_crossed_is_refused(three, by, across):
    with pytest.raises(UnknownDimensionError):
        crosstabs.of(three, by, across)


def test_region_and_country_of_one_response_are_one_question_to_the_database(three):
    table = crosstabs.of(three, "region", "country")

    assert table.cells["europe", "CH"] == 1
    assert table.cells["", ""] == 1


@pytest.mark.parametrize("count", [1, 3, 300])
def test_as_many_queries_for_one_response_as_for_three_hundred(consultation, publish, count):
    offer(consultation, 1)
    copy_published(publish(choices=("support",)), count - 1)
    whole = consultations.at_desk(consultation.slug)

    with CaptureQueriesContext(connection) as queries:
        table = crosstabs.of(whole, "option-1", "country")
        counted = figures.of(whole)[1]

    assert (table.respondents, counted.total) == (count, count)
    assert len(queries) == 3


def copy_published(response: Response, times: int) -> None:
    """As many published responses more, each with the same words under a number of its own."""
    version = response.published_version
    answer = version.answers.get()
    for place in range(times):
        who = response.respondent
        who.pk = None
        who.save()
        serial = response.serial + 1 + place
        row = Response.objects.get(pk=response.pk)
        row.pk, row.uid, row.respondent = None, uuid.uuid4(), who
        row.serial, row.number, row.idempotency_key = serial, f"copy-{serial}", f"copy-{serial}"
        row.state, row.published_version = "accepted", None
        row.save(force_insert=True)
        version.pk, version.response = None, row
        version.save(force_insert=True)
        answer.pk, answer.version = None, version
        answer.save(force_insert=True)
        Response.objects.filter(pk=row.pk).update(state="published", published_version=version)
