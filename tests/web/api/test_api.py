"""The API shows what the pages show, with every documented key, to programs from anywhere."""

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import rfc8785
from django.utils import timezone

from consulta.consultations.models import Consultation
from consulta.groups.models import Group
from consulta.meetings.models import Decision, Meeting
from consulta.reflector import addresses, lists
from consulta.responses import moderation
from consulta.responses.models import Answer
from consulta.responses.moderation import Because
from consulta.web.api.description import PREFIX

pytestmark = pytest.mark.django_db

CONSULTATION = {
    "slug", "number", "topic", "state", "opens_at", "closes_at", "timezone", "questions",
    "response_address", "reflector_address", "balance", "timetable",
}  # fmt: skip
RESPONSE = {
    "number", "consultation", "respondent", "stakeholder_group", "country", "language", "channel",
    "received_at", "published_at", "answers", "attachments", "version", "state", "late",
    "confirmed", "redacted", "fingerprint", "cited_in",
}  # fmt: skip


@pytest.fixture
def get(client):
    def _get(path, status=200, **query):
        answer = client.get(f"{PREFIX}{path}", query)
        assert answer.status_code == status, answer.content
        assert answer["Content-Type"].startswith("application/json")
        return answer.json()

    return _get


def test_a_consultation_has_every_documented_key(get, consultation):
    found = get("consultations/sample-topic")

    assert set(found) >= CONSULTATION
    assert (found["number"], found["state"], found["timezone"]) == (11, "open", "Europe/Zurich")
    assert found["topic"] == {"en": "Sample topic", "ar": "موضوع تجريبي"}
    asked = {"number": 1, "text": {"en": "Question 1?"}, "options": [], "several": False}
    assert found["questions"][0] == asked
    assert found["response_address"] == "consultation-11@localhost"
    assert found["reflector_address"] is None  # the worker has not made its space yet
    assert found["closes_at"][-6:] in ("+01:00", "+02:00")
    assert found["timetable"]["procedure"] == "itu-res-1336-2019"


def test_the_balance_is_that_of_the_register(get, show, arrive):
    show()
    arrive(confirmed=False)

    counts = get("consultations/sample-topic")["balance"]

    assert counts == {
        "received": 2, "published": 1, "held": 1, "declined": 0, "withdrawn": 0, "removed": 0,
        "by_channel": {"web": 2},
    }  # fmt: skip
    assert get("consultations/sample-topic/register")["balance"] == counts


def test_a_draft_is_not_shown(get, consultation):
    Consultation.objects.update(announced_at=None)

    assert get("consultations")["items"] == []
    assert get("consultations/sample-topic", 404)["error"] == "consultation_unknown"


def test_a_published_response_has_every_documented_key(get, show):
    response = show("We agree.")

    found = get(f"responses/{response.number}")

    assert set(found) >= RESPONSE
    assert found["answers"] == [{"question": 1, "text": "We agree."}]
    assert found["respondent"] == {
        "country": "CH",
        "kind": "organisation",
        "name": response.public_name,
        "stakeholder_group": "civil-society",
    }
    assert (found["stakeholder_group"], found["country"]) == ("civil-society", "CH")
    assert (found["confirmed"], found["late"], found["redacted"]) == (True, False, False)
    assert found == get("consultations/sample-topic/responses")["items"][0]


def test_an_outsider_recomputes_the_fingerprint_from_the_answer_alone(get, show):
    response = show("Добрый день. مرحبا. 你好")

    found = get(f"responses/{response.number}")

    keys = ("answers", "attachments", "consultation", "language", "respondent")
    content = rfc8785.dumps({key: found[key] for key in keys})
    salt = bytes.fromhex(found["fingerprint"]["salt"])
    assert sha256(salt + content).hexdigest() == found["fingerprint"]["public"]


def test_a_redacted_passage_is_not_given_out(get, show, officer):
    response = show("Write to person@example.org, please.")
    mark = Answer.objects.get().redactions.get()
    moderation.apply_mark(mark, Because("personal_data", "A private address."), by=officer)

    found = get(f"responses/{response.number}")

    assert found["answers"][0]["text"] == "Write to […], please."
    assert found["redacted"] is True
    content = rfc8785.dumps(
        {k: found[k] for k in ("answers", "attachments", "consultation", "language", "respondent")}
    )
    salt = bytes.fromhex(found["fingerprint"]["salt"])
    assert sha256(salt + content).hexdigest() == found["fingerprint"]["public"]


def test_an_unpublished_response_shows_its_line_of_the_register_and_no_word(client, arrive):
    response = arrive("Our secret plan.", confirmed=False)

    answer = client.get(f"{PREFIX}responses/{response.number}")

    found = answer.json()
    assert answer.status_code == 200
    assert set(found) >= RESPONSE
    assert (found["state"], found["line"], found["channel"]) == ("received", "held", "web")
    nothing = ("respondent", "answers", "attachments", "language", "fingerprint", "published_at")
    assert [found[key] for key in nothing] == [None] * 6
    assert "secret" not in answer.content.decode()
    assert "Sample Organisation" not in answer.content.decode()


def test_the_list_of_responses_holds_published_ones_only_and_can_be_filtered(get, show, arrive):
    arrive(confirmed=False)
    first = show("One.")
    second = show("Два.", language="ru")

    listed = get("consultations/sample-topic/responses")
    russian = get("consultations/sample-topic/responses", language="ru")
    none = get("consultations/sample-topic/responses", country="FR")

    assert [item["number"] for item in listed["items"]] == [first.number, second.number]
    assert [item["number"] for item in russian["items"]] == [second.number]
    assert none == {"items": [], "next": None}


def test_a_cursor_leads_through_all_responses_once(get, show, monkeypatch):
    monkeypatch.setattr("consulta.web.api.consultations.PAGE", 2)
    numbers = [show(str(n)).number for n in range(5)]

    found, after = [], ""
    while after is not None:
        page = get("consultations/sample-topic/responses", after=after)
        found += [item["number"] for item in page["items"]]
        after = page["next"]

    assert found == numbers


def test_the_register_has_a_line_for_every_number(get, show, arrive, officer):
    shown, declined = show(), arrive("Buy now")
    moderation.decline(declined, Because("off_topic", "Of another matter."), by=officer)

    lines = get("consultations/sample-topic/register")["items"]

    assert [(line["number"], line["state"], line["ground"]) for line in lines] == [
        (shown.number, "published", None),
        (declined.number, "declined", "off_topic"),
    ]
    assert lines[0]["received_at"].endswith("+00:00")


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_a_page_of_responses_asks_the_same_number_of_queries(
    rows, get, show, django_assert_num_queries
):
    for number in range(rows):
        show(f"Text {number}")

    with django_assert_num_queries(17):
        assert len(get("consultations/sample-topic/responses")["items"]) == min(rows, 50)


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_a_page_of_consultations_asks_the_same_number_of_queries(
    rows, get, consultation, django_assert_num_queries
):
    now = timezone.now()
    Consultation.objects.update(number=1000)
    Consultation.objects.bulk_create(
        Consultation(
            number=100 + number,
            slug=f"another-{number}",
            procedure="itu-res-1336-2019",
            announced_at=now,
            opens_at=now,
            closes_at=now + timedelta(days=1),
        )
        for number in range(rows - 1)
    )

    with django_assert_num_queries(13):
        page = get("consultations")

    assert len(page["items"]) == min(rows, 50)
    assert (page["next"] is None) == (rows <= 50)


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_meetings_come_in_two_queries(rows, get, body, django_assert_num_queries):
    group = Group.objects.create(body=body, slug="g", short_name="G", names={"en": "Group"})
    for number in range(rows):
        meeting = Meeting.objects.create(
            group=group, kind="group", number=number, slug=f"m-{number}", titles={"en": "Meeting"}
        )
        Decision.objects.create(
            meeting=meeting,
            kind="no-consensus",
            texts={"en": {"text": "None.", "status": "x"}},
            audience="public",
        )

    with django_assert_num_queries(2):
        found = get("meetings")["items"]

    assert len(found) == rows
    assert found[0]["decisions"][0]["text"] == {"en": "None."}
    assert (found[0]["group"], found[0]["starts_on"]) == ("g", None)
    assert get("groups")["items"][0]["name"] == {"en": "Group"}


def test_any_page_may_read_it_and_the_door_may_keep_it(client, consultation):
    answer = client.get(f"{PREFIX}consultations")

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["X-Consulta-Finished"] == "register"
    assert client.get(f"{PREFIX}consultations/none")["Access-Control-Allow-Origin"] == "*"
    assert client.head(f"{PREFIX}consultations").status_code == 200


@pytest.mark.parametrize(
    ("path", "query", "status", "error"),
    [
        ("nothing", {}, 404, "not_found"),
        ("consultations/none", {}, 404, "consultation_unknown"),
        ("consultations/sample-topic/responses", {"after": "!"}, 400, "cursor_mistyped"),
        ("consultations/sample-topic/responses", {"after": "x" * 999}, 400, "cursor_mistyped"),
        ("consultations/sample-topic/register", {"after": "-1"}, 400, "cursor_mistyped"),
        ("consultations", {"after": "x"}, 400, "cursor_mistyped"),
        ("consultations", {"lang": "xx"}, 400, "unknown_language"),
        ("responses/11-000099", {}, 404, "number_mistyped"),
        ("responses/11-000014", {}, 404, "number_unknown"),
    ],
)
def test_a_refusal_is_json_with_a_sentence(get, consultation, path, query, status, error):
    told = get(path, status, **query)

    assert told["error"] == error
    assert told["message"].endswith((".", "is."))


def test_arabic_digits_find_a_number(get, show):
    response = show()
    arabic = response.number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    assert get(f"responses/{arabic}")["number"] == response.number


def test_the_description_names_every_address_and_every_shape_whole(get):
    described = get("openapi.json")

    assert described["info"]["title"] == "Consulta"
    assert described["openapi"].startswith("3.")
    shapes = described["components"]["schemas"]
    assert set(shapes["Consultation"]["required"]) >= CONSULTATION
    assert set(shapes["Response"]["required"]) >= RESPONSE
    names = [op["operationId"] for path in described["paths"].values() for op in path.values()]
    assert len(names) == len(set(names)) >= len(described["paths"])
    listed = {address.partition("/api/")[2] for address in get("")["addresses"]}
    assert listed == {path.partition("/api/")[2] for path in described["paths"]}
    assert "http" not in json.dumps(described["paths"])


@pytest.mark.parametrize("path", ["", "consultations", "openapi.json", "responses/0001", "nothing"])
def test_whoever_wants_to_write_is_told_that_the_api_is_for_reading(client, path):
    answer = client.post(f"{PREFIX}{path}")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "error": "not_allowed",
        "message": "This address is for reading: ask with GET or HEAD.",
    }


def test_what_others_received_is_not_counted_as_nothing_received(get, consultation):
    Consultation.objects.update(is_record=True, announced_at=None)

    assert get("consultations/sample-topic")["balance"] is None
    assert get("consultations")["items"][0]["balance"] is None
    assert get("consultations/sample-topic/register")["balance"] is None


def test_the_address_of_the_discussion_list_is_the_real_one(get, consultation):
    space = lists.space(consultation, now=timezone.now())

    told = get("consultations/sample-topic")["reflector_address"]
    assert told == addresses.of(space) == get("consultations")["items"][0]["reflector_address"]
