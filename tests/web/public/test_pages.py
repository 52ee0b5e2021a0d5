"""Every public page in every language: it answers, says its language, and shows nothing restricted."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consulta.groups.models import Group, Instrument, Issue
from consulta.meetings.models import Decision, Document, FollowUp, Meeting
from consulta.repository.models import Practice, Record
from consulta.responses import moderation, withdrawal
from consulta.responses.moderation import Because
from consulta.stakeholders.models import Respondent

pytestmark = pytest.mark.django_db
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
SLUG = "consultations/sample-topic/"


@pytest.fixture
def group(body, consultation) -> Group:
    group = Group.objects.create(body=body, slug="sample-group", short_name="SG")
    consultation.group = group
    meeting = Meeting.objects.create(
        group=group,
        kind="group",
        number=3,
        slug="sg-3",
        starts_on=date(2026, 10, 1),
        ends_on=date(2026, 10, 2),
        mode="virtual",
    )
    none = Decision.objects.create(
        meeting=meeting,
        kind="no-consensus",
        texts={"en": {"text": "No agreement was found."}},
        audience="public",
    )
    office = {"en": "An office"}
    FollowUp.objects.create(decision=none, force="invite", addressee=office, audience="public")
    consultation.deciding_meeting = meeting
    consultation.save()
    Instrument.objects.create(
        body=body, slug="old-norm", names={"en": "An old norm"}, status="abrogated"
    )
    Issue.objects.create(body=body, slug="an-issue", names={"en": "An issue"})
    return group


@pytest.fixture
def archive(db) -> None:
    Record.objects.create(
        slug="resolution",
        kind="resolution",
        language="zh",
        titles={"en": {"text": "A resolution", "status": "courtesy"}},
        text="第一条",
        deposited_at=datetime.now(UTC),
    )
    respondent = Respondent.objects.create(
        kind="individual",
        name="Kept Private",
        email="private@example.org",
        language="en",
        withhold_name=True,
        confirmed_at=datetime.now(UTC),
        confirmed_how="button",
    )
    Practice.objects.create(
        slug="a-practice",
        respondent=respondent,
        language="fr",
        title="Une pratique",
        text="Le texte.",
        state="published",
        submitted_at=datetime.now(UTC),
        published_at=datetime.now(UTC),
        idempotency_key="p",
    )


def pages(number: str) -> list[str]:
    return [
        "",
        "consultations/",
        SLUG,
        f"{SLUG}responses/",
        f"{SLUG}responses/?question=1",
        f"{SLUG}register/",
        f"{SLUG}report/",
        f"responses/{number}/",
        "responses/",
        "clock/",
        "groups/",
        "groups/sample-group/",
        "meetings/sg-3/",
        "repository/",
        "repository/resolution/",
        "practices/a-practice/",
        "search/?q=topic",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_in_its_language_without_token_or_cookie(
    language, group, archive, published
):
    number = published().number
    for path in pages(number):
        answer = Client().get(f"/{language}/{path}")
        page = answer.content.decode()
        direction = "rtl" if language == "ar" else "ltr"
        assert answer.status_code == 200, path
        assert f'<html lang="{language}" dir="{direction}">' in page, path
        assert "csrf" not in page, path
        assert not answer.cookies, path
        assert len(page) < 100_000, path


def test_no_page_shows_an_address_a_withheld_name_or_words_that_are_not_published(
    group, archive, received, published, officer
):
    held = received("Secret one, not published.")
    gone = published("Secret two, withdrawn.")
    withdrawal.withdraw(gone)
    declined = received("Secret three, declined.")
    moderation.decline(declined, Because("off_topic", "Private reason."), by=officer)
    shown = published("Public words.")
    seen = ""
    for number in (shown.number, held.number, gone.number, declined.number):
        for path in [*pages(number), "search/?q=Secret", f"{SLUG}register.csv"]:
            answer = Client().get(f"/en/{path}")
            seen += (answer.getvalue() if answer.streaming else answer.content).decode()
    assert "Public words." in seen
    for restricted in ("Secret", "Private reason", "Kept Private", "@example.org"):
        assert restricted not in re.sub(r'(\?q=|value=")Secret"', "", seen)


def test_the_pages_say_what_is_known_of_groups_meetings_and_norms(group, archive):
    page = Client().get("/en/groups/sample-group/").content.decode()
    assert "No consensus" in page
    assert "No agreement was found." in page
    assert "invited to act" in page
    assert "Abrogated" in page
    text = Client().get("/en/repository/resolution/").content.decode()
    assert '<div class="prose" lang="zh" dir="ltr"><p>第一条</p></div>' in text


def test_a_document_for_members_shows_its_title_and_keeps_its_file(group, tmp_path):
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4")
    made = {}
    for sequence, audience in enumerate(("public", "listed", "desk"), start=1):
        made[audience] = Document.objects.create(
            meeting=Meeting.objects.get(slug="sg-3"),
            sequence=sequence,
            number=f"SG3/{sequence}-E",
            base_number=f"SG3/{sequence}",
            titles={"en": f"The {audience} paper"},
            source="Secretariat",
            audience=audience,
            posted_at=datetime.now(UTC),
            files=[{"name": "d.pdf", "path": "d.pdf", "media_type": "application/pdf", "size": 8}],
        )
    page = Client().get("/en/meetings/sg-3/").content.decode()
    assert ["The public paper" in page, "The listed paper" in page, "The desk paper" in page] == [
        True,
        True,
        False,
    ]
    statuses = {}
    for audience, document in made.items():
        answer = Client().get(f"/en/documents/{document.pk}/d.pdf")
        statuses[audience] = answer.status_code
        answer.close()
    assert statuses == {"public": 200, "listed": 404, "desk": 404}


def test_no_cache_keeps_a_file_that_not_every_reader_may_have(group, tmp_path, officer):
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.4")
    reader, kept = Client(), {}
    reader.force_login(officer)
    for sequence, audience in enumerate(("public", "listed"), start=1):
        document = Document.objects.create(
            meeting=Meeting.objects.get(slug="sg-3"),
            sequence=sequence,
            number=f"SG3/{sequence}-E",
            base_number=f"SG3/{sequence}",
            titles={"en": f"The {audience} paper"},
            source="Secretariat",
            audience=audience,
            posted_at=datetime.now(UTC),
            files=[{"name": "d.pdf", "path": "d.pdf", "media_type": "application/pdf", "size": 8}],
        )
        answer = reader.get(f"/en/documents/{document.pk}/d.pdf")
        kept[audience] = answer["Cache-Control"]
        answer.close()
    assert kept == {"public": "no-cache", "listed": "private, no-store"}


@pytest.mark.parametrize("number", [2**63, 10**400])
@pytest.mark.parametrize(
    "path", ["editions/{}/x.pdf", "documents/{}/x.pdf", "files/{}/", "desk/post/{}/"]
)
def test_a_number_that_no_row_can_have_is_no_address(group, officer, path, number):
    reader = Client()
    reader.force_login(officer)
    assert reader.get(f"/en/{path.format(number)}").status_code == 404


def test_a_draft_is_nowhere(consultation):
    consultation.announced_at = None
    consultation.save()
    for path in (SLUG, f"{SLUG}responses/", f"{SLUG}register/", f"{SLUG}report/"):
        assert Client().get(f"/en/{path}").status_code == 404
    assert Client().get("/calendar/sample-topic.ics").status_code == 404
    assert Client().get("/feeds/sample-topic.atom").status_code == 404
    assert "Sample topic" not in Client().get("/en/").content.decode()


def test_an_open_call_that_comes_from_nowhere_has_no_empty_origin(consultation):
    page = Client().get(f"/en/{SLUG}").content.decode()
    assert "Where it comes from" not in page
    assert "Calendar (iCalendar)" in page


def test_a_missing_language_is_said_and_the_original_shown(consultation):
    page = Client().get(f"/fr/{SLUG}").content.decode()
    assert "Il n’y a pas de texte en français ; il est affiché en anglais." in page.replace(
        "\u202f", " "
    )
    assert '<h1 lang="en" dir="ltr">Sample topic</h1>' in page


def test_the_button_to_respond_stands_only_while_it_is_open(consultation):
    address = "/en/consultations/sample-topic/respond/"
    assert f'href="{address}"' in Client().get(f"/en/{SLUG}").content.decode()
    consultation.closes_at = datetime.now(UTC) - timedelta(seconds=1)
    consultation.save()
    assert f'href="{address}"' not in Client().get(f"/en/{SLUG}").content.decode()


@pytest.fixture
def counted(published):
    def count(rows: int) -> dict[str, int]:
        numbers = [published(f"Text {row}").number for row in range(rows)]
        asked = {}
        for path in [SLUG, f"{SLUG}responses/", f"{SLUG}responses/?question=1", f"{SLUG}register/"]:
            with CaptureQueriesContext(connection) as queries:
                assert Client().get(f"/en/{path}").status_code == 200
            asked[path] = len(queries)
        with CaptureQueriesContext(connection) as queries:
            Client().get(f"/en/responses/{numbers[0]}/")
        return asked | {"response": len(queries)}

    return count


def test_pages_ask_as_much_for_three_hundred_responses_as_for_one(counted):
    one, three, many = counted(1), counted(2), counted(297)
    assert one == three == many
    assert max(many.values()) <= 25
