"""Coding at the desk as officers meet it: a frame, answers side by side, files, tables, the report."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consulta.analysis.coding import frames, marking, merging, reading
from consulta.analysis.coding.frames import Wording
from consulta.analysis.coding.marking import Given
from consulta.analysis.models import Code, Coding
from consulta.consultations import queries as consultations
from consulta.core import quotation
from consulta.core.submission import RespondentClaim, RespondentKind, SubmittedAnswer
from consulta.reports import assembly, crosstabs
from consulta.responses.models import Response
from tests.reports.test_figures import copy_published

pytestmark = pytest.mark.django_db
WORDS = "Cables are dear. Our ferry comes twice a week."


@pytest.fixture
def cost(at_desk, officer) -> Code:
    return frames.add(at_desk, Wording("Cost", "What it costs."), by=officer)


@pytest.fixture
def said(published, at_desk):
    """Publish a response; return its answer."""

    def make(text: str = WORDS, **changes: object):
        response = published(text, answers=(SubmittedAnswer(1, text),), **changes)
        response.refresh_from_db()
        return reading.answer(at_desk, response.published_version.answers.get().pk)

    return make


@pytest.fixture
def post(desk, at_desk):
    def send(address: str, /, *args: object, follow: bool = True, **fields: object):
        where = reverse(f"desk:{address}", args=[at_desk.slug, *args])
        return desk.post(where, fields, follow=follow)

    return send


@pytest.fixture
def page(desk, at_desk):
    def get(name: str, *args: object, **query: object) -> str:
        answer = desk.get(reverse(f"desk:{name}", args=[at_desk.slug, *args]), query)
        assert answer.status_code == 200
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return body.decode()

    return get


def test_an_officer_writes_a_frame_by_buttons_alone(page, post, at_desk):
    assert "No code is written yet" in page("coding")
    post("code_new", name="Cost", definition="What it costs.", parent="", question="")
    made = post("code_new", name="cost", definition="", parent="", question="")
    assert "Another code in use has this name" in made.content.decode()
    post("code_new", name="To users", definition="", parent="1", question="1", another="1")
    post("code", 1, name="Price", definition="What it costs.", parent="", question="")
    assert "It said:" in page("code", 1)
    assert "Beneath the one above" in page("coding")
    post("code_act", 2, "merge", into="1")
    assert "1 code was merged" in page("coding")
    post("code_act", 2, "separate")
    assert "Retire it" in page("code", 2)


def test_a_quotation_has_one_limit_in_the_page_and_behind_it(page, post, said, cost, monkeypatch):
    monkeypatch.setattr(quotation, "LONGEST", 16)
    one = said()
    assert 'maxlength="16"' in page("coding_question", 1)
    post("coding_answer", one.pk, codes="1", **{f"words-{one.pk}": WORDS})
    assert '<mark title="Cost">Cables are dear.<span' in page("coding_question", 1)


def test_a_passage_is_coded_shown_and_taken_back_without_a_script(post, page, said, cost):
    one = said()
    fields = {
        "codes": "1",
        f"words-{one.pk}": "Cables are dear.",
        "note": "Look.",
        "query": "page=1",
    }
    answer = post("coding_answer", one.pk, follow=False, **fields)
    assert answer["Location"].endswith(f"/coding/questions/1/?page=1#a-{one.pk}")
    shown = page("coding_question", 1)
    assert '<mark title="Cost">Cables are dear.' in shown
    assert "Look." in shown
    assert (
        "only the very words can be"
        in post(
            "coding_answer", one.pk, codes="1", **{f"words-{one.pk}": "No ferry."}
        ).content.decode()
    )
    assert "Tick at least one code" in post("coding_answer", one.pk).content.decode()
    post("coding_back", Coding.objects.get().pk)
    assert "<mark" not in page("coding_question", 1)
    assert "You found that no code applies" in post("coding_none", one.pk).content.decode()


def test_a_script_gets_the_answer_alone(desk, at_desk, said, cost):
    one = said()
    where = reverse("desk:coding_answer", args=[at_desk.slug, one.pk])
    answer = desk.post(where, {"codes": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert answer.strip().startswith(f'<li id="a-{one.pk}"')
    assert "<html" not in answer


def test_a_long_answer_is_quoted_by_a_passage_and_the_desk_says_so(post, said):
    one = said(WORDS * 20)
    shown = post("paragraph_add", "en", 1, quote=str(one.pk)).content.decode()

    assert "too long to be quoted whole" in shown
    assert "Only a passage" in shown


def test_one_press_takes_words_into_the_report(post, said, cost, at_desk):
    one = said()
    fields = {"quote": str(one.pk), f"words-{one.pk}": "Cables are dear."}
    answer = post("paragraph_add", "en", 1, **fields).content.decode()
    assert "“Cables are dear.”" in answer
    assert one.version.response.number in answer


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 3),
        ({"words": "ferry"}, 1),
        ({"group": "civil-society"}, 3),
        ({"group": "governments"}, 0),
        ({"region": "europe"}, 2),
        ({"region": "-"}, 0),
        ({"language": "fr"}, 1),
        ({"code": "1"}, 1),
        ({"coded": "mine"}, 1),
        ({"coded": "not-mine"}, 2),
        ({"coded": "theirs"}, 0),
        ({"coded": "nobody"}, 2),
        ({"coded": "again"}, 0),
        ({"coded": "nonsense", "code": "x"}, 3),
    ],
)
def test_answers_are_looked_through(query, found, page, said, cost, people):
    first = said()
    said("Nous sommes d'accord.", language="fr")
    said("Kenya speaks.", respondent=claim("KE"))
    marking.code(first, Given([1]), by=people["officer"])
    assert page("coding_question", 1, **query).count("data-answer") == found


def test_who_codes_on_his_own_does_not_see_what_others_coded(page, said, cost, officer):
    marking.code(said(), Given([1], "Cables are dear.", "Secret thought."), by=officer)
    assert "Secret thought." in page("coding_question", 1)
    assert "Secret thought." not in page("coding_question", 1, blind="on")


def test_the_table_the_cross_tab_and_agreement_speak_of_respondents(
    page, said, cost, officer, second_officer, at_desk
):
    one = said()
    said("Something else.")
    for by in (officer, second_officer):
        marking.code(one, Given([1], "Cables are dear."), by=by)
    assert "Respondents by code and stakeholder group" in page("coding_table")
    assert "1,1,Cost,All,1" in page("coding_table_csv").replace("\r", "")
    whole = consultations.at_desk(at_desk.slug)
    table = crosstabs.of(whole, "code", "region")
    assert (table.cells["1", "europe"], table.cells["-", "europe"]) == (1, 1)
    assert crosstabs.of(whole, "code", "code-1").cells["1", "1"] == 1
    assert not table.adds_up
    shown = page("report_crosstab", by="code-1", across="group")
    assert "Code given at question 1" in shown
    assert "No code given" in shown
    assert "1 answer read by both" in page("coding_agreement")


def test_files_hold_everything_and_no_formula(page, post, said, at_desk, officer):
    frames.add(at_desk, Wording("=cost", "What it costs."), by=officer)
    marking.code(said(), Given([1], "Our ferry", "+1"), by=officer)
    assert "'=cost" in page("coding_frame_csv")
    told = json.loads(page("codings_json"))
    assert [code["name"] for code in told["codes"]] == ["=cost"]
    (row,) = told["codings"]
    assert (row["words"], row["start"], row["end"], row["coder"]) == (
        "Our ferry",
        17,
        26,
        "Officer",
    )
    assert "'+1" in page("codings_csv")


def test_the_report_prints_codes_only_when_that_is_chosen(post, said, cost, officer, at_desk):
    marking.code(said(), Given([1], "", "Never printed."), by=officer)

    def paper() -> str:
        whole = consultations.at_desk(at_desk.slug)
        return str(assembly.draw_up(whole, "consolidated", language="en", at=timezone.now()))

    assert "What it costs." not in paper()
    post("coding_printing", printed="on")
    assert "What it costs." in paper()
    assert "1 person coded." in paper()
    post("coding_printing", printed="on", names_coders="on")
    assert "Officer (1)" in paper()
    assert "Never printed." not in paper()


@pytest.mark.parametrize("count", [1, 3, 300])
def test_as_many_queries_for_one_answer_as_for_three_hundred(
    count, desk, at_desk, said, cost, officer
):
    price = frames.add(at_desk, Wording("Price"), by=officer)
    merging.merge(price, cost.ordinal, by=officer)
    one = said()
    copy_published(one.version.response, count - 1)
    for copy in Response.objects.exclude(pk=one.version.response_id):
        Response.objects.filter(pk=copy.pk).update(number=f"11-{90000 + copy.pk}")
    rows = reading.standing_answers(at_desk, 1)
    Coding.objects.bulk_create(
        Coding(code=cost, given=cost, answer=a, coded_by=officer, coded_at=timezone.now())
        for a in rows
    )
    asked = {}
    for name, args in {"coding": (), "coding_question": (1,), "coding_table": (),
                       "coding_agreement": (), "codings_csv": ()}.items():  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            answer = desk.get(reverse(f"desk:{name}", args=[at_desk.slug, *args]))
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        asked[name] = len(queries)
    assert Response.objects.count() == count
    assert asked == {"coding": 29, "coding_question": 34, "coding_table": 26, "coding_agreement": 25,
                     "codings_csv": 15}  # fmt: skip


def claim(country: str):

    return RespondentClaim(
        kind=RespondentKind.ORGANISATION,
        organisation="Sample Organisation K",
        stakeholder_group="civil-society",
        country=country,
    )
