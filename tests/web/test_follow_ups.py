"""Decisions and follow-ups as each reader has them: a stranger, a delegate, the API; nothing leaks."""

import csv
import io

import pytest
from django.urls import reverse

from consulta.meetings import asking
from consulta.meetings.models import Document, StatusChange
from tests import settled
from tests.rounds import decided, group, next_meeting, people  # noqa: F401

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET = "The office is asked in private."


@pytest.fixture(autouse=True)
def _demo(settings):
    settings.DEMO = True


@pytest.fixture
def shown(decided):  # noqa: F811
    return settled.at(decided.meeting, "public")


@pytest.fixture
def hidden(decided):  # noqa: F811
    made = settled.at(decided.meeting, "members")
    made.decision.texts = settled.words(SECRET)
    made.decision.save()
    return made


def text(answer):
    return answer.content.decode()


def test_everyone_reads_what_is_public_and_nothing_else(client, shown, hidden, decided):  # noqa: F811
    pages = [
        text(client.get(reverse("public:follow_ups"))),
        text(client.get(reverse("public:follow_ups_csv"))),
        text(client.get(reverse("public:meeting", args=[decided.meeting.slug]))),
        text(client.get(reverse("public:group", args=["sample-group"]))),
        text(client.get("/api/v1/follow-ups")),
        text(client.get("/api/v1/meetings")),
    ]
    assert all(SECRET not in page for page in pages)
    assert all("The office is asked." in page for page in pages)
    assert client.get(reverse("public:follow_up", args=[shown.pk])).status_code == 200
    for name, pk in (("follow_up", hidden.pk), ("decision", hidden.decision_id)):
        missing = text(client.get(reverse(f"public:{name}", args=[999_999])))
        answer = client.get(reverse(f"public:{name}", args=[pk]))
        told = text(answer).replace(f"/{pk}/", "/999999/")
        assert (answer.status_code, told) == (404, missing)


def test_a_member_reads_both_but_not_what_is_the_desks(client, shown, hidden, decided, people):  # noqa: F811
    desk = settled.at(decided.meeting, "desk")
    client.force_login(people["reader"], backend=BACKEND)
    listed = text(client.get(reverse("members:decisions")))
    assert SECRET in listed
    assert f'decision-{desk.decision_id}"' not in listed
    assert SECRET in text(client.get(reverse("members:follow_ups")))
    assert client.get(reverse("members:follow_up", args=[hidden.pk])).status_code == 200
    for name, pk in (("follow_up", desk.pk), ("decision", desk.decision_id)):
        assert client.get(reverse(f"members:{name}", args=[pk])).status_code == 404


def test_who_is_of_no_group_does_not_come_in(client, hidden, people):  # noqa: F811
    client.force_login(people["nobody"], backend=BACKEND)
    for name, args in (("decisions", []), ("follow_ups", []), ("follow_up", [hidden.pk])):
        assert client.get(reverse(f"members:{name}", args=args)).status_code == 403


def test_a_document_for_members_that_shows_it_is_not_named_to_everyone(
    client,
    shown,
    officer,
    decided,  # noqa: F811
):
    paper = Document.objects.create(
        meeting=decided.meeting, sequence=1, number="SECRET-1/1-E", base_number="SECRET-1/1",
        source="Secretariat", titles={"en": "T"}, audience="members", reserved_at="2026-01-01T00:00Z",
    )  # fmt: skip
    asking.note(
        StatusChange(follow_up=shown, status="done", said_by="Director", document=paper), by=officer
    )
    page = text(client.get(reverse("public:follow_up", args=[shown.pk])))
    assert "Director" in page
    assert "SECRET-1/1" not in page


def test_the_csv_holds_codes_and_no_formula(client, shown):
    shown.texts = settled.words("=HYPERLINK(1)")
    shown.save()
    (row,) = csv.DictReader(io.StringIO(text(client.get(reverse("public:follow_ups_csv")))))
    assert (row["force"], row["status"], row["overdue"]) == ("request", "open", "false")
    assert row["text"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("number", [1, 60])
def test_the_api_pages_through_follow_ups(client, decided, number):  # noqa: F811
    for _each in range(number):
        settled.at(decided.meeting, "public")
    first = client.get("/api/v1/follow-ups").json()
    assert len(first["items"]) == min(number, 50)
    assert (first["next"] is None) == (number == 1)
    assert first["items"][0]["offices"] == ["office"]
    if first["next"]:
        rest = client.get("/api/v1/follow-ups", {"after": first["next"]}).json()
        assert (len(rest["items"]), rest["next"]) == (10, None)
    assert client.get("/api/v1/follow-ups", {"after": "x"}).status_code == 400
    assert client.get("/api/v1/follow-ups", {"force": "invite"}).json()["items"] == []


def test_filters_that_name_nothing_find_nothing_and_break_nothing(client, shown):
    for name in ("office", "meeting", "status", "force"):
        assert client.get(reverse("public:follow_ups"), {name: "x'"}).status_code == 200
    assert client.get(reverse("public:follow_ups"), {"group": "x"}).status_code == 404
