"""What most tests start from: an open consultation, an officer, something that arrives."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from build_catalogues import compile_changed
from consulta.accounts.models import User
from consulta.cli import fresh_tables
from consulta.consultations.models import Consultation, ConsultationText, Question, QuestionText
from consulta.core.submission import (
    Channel,
    RespondentClaim,
    RespondentKind,
    Sender,
    Submission,
    SubmittedAnswer,
)
from consulta.groups.models import Body
from consulta.stakeholders.models import StakeholderGroup
from tests import means

GROUPS = ("governments", "private-sector", "civil-society", "intergovernmental-organisations")


def pytest_sessionstart() -> None:
    """Pages speak the words that stand in the catalogues now, compiled or not."""
    compile_changed()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Tables of tests are made at once, as those of a new instance are."""
    connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        fresh_tables.complete()


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path, settings):
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path  # WhiteNoise warns where its folder is missing


@pytest.fixture
def groups(db) -> dict[str, StakeholderGroup]:
    return {
        slug: StakeholderGroup.objects.update_or_create(
            slug=slug,
            defaults={
                "names": {"en": slug.replace("-", " ")},
                "position": position,
                "speaks_for_authority": slug in (GROUPS[0], GROUPS[3]),
            },
        )[0]
        for position, slug in enumerate(GROUPS)
    }


@pytest.fixture
def body(db) -> Body:
    return Body.objects.create(
        slug="sample-body",
        short_name="Sample Body",
        names={"en": "Sample Body"},
        languages=["en", "ar"],
        timezone="Europe/Zurich",
    )


@pytest.fixture
def officer(db) -> User:
    return User.objects.create_user("officer@example.org", name="Officer", is_administrator=True)


@pytest.fixture
def second_officer(db) -> User:
    return User.objects.create_user("second@example.org", name="Second", is_administrator=True)


@pytest.fixture
def consultation(groups, body) -> Consultation:
    """Open since ten days ago, for another 30 days, with two questions in English and Arabic."""
    now = datetime.now(UTC)
    row = Consultation.objects.create(
        number=11,
        slug="sample-topic",
        procedure="itu-res-1336-2019",
        languages=["en", "ar"],
        timezone="Europe/Zurich",
        announced_at=now - timedelta(days=11),
        opens_at=now - timedelta(days=10),
        closes_at=now + timedelta(days=30),
    )
    ConsultationText.objects.create(
        consultation=row, language="en", topic="Sample topic", status="original"
    )
    ConsultationText.objects.create(
        consultation=row, language="ar", topic="موضوع تجريبي", status="official"
    )
    for position in (1, 2):
        question = Question.objects.create(consultation=row, position=position)
        QuestionText.objects.create(
            question=question, language="en", text=f"Question {position}?", status="original"
        )
    return row


@pytest.fixture
def submission(consultation) -> Callable[..., Submission]:
    """Make a submission; every call is another one unless *key* says otherwise."""
    made = iter(range(1_000_000))

    def make(text: str = "We welcome the consultation.", **changes: Any) -> Submission:
        number = next(made)
        values: dict[str, Any] = {
            "channel": Channel.WEB,
            "consultation": consultation.slug,
            "sender": Sender(address=f"respondent{number}@example.org"),
            "respondent": RespondentClaim(
                kind=RespondentKind.ORGANISATION,
                organisation=f"Sample Organisation {number}",
                stakeholder_group="civil-society",
                country="CH",
            ),
            "language": "en",
            "answers": (SubmittedAnswer(1, text),),
            "attachments": (),
            "arrived_at": datetime.now(UTC),
            "idempotency_key": f"test-{number}",
            "terms": "1",
        }
        return Submission(**(values | changes))

    return make


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine lacks; fail it where CI says that it must be there."""
    lacks = means.missing()
    for item in items:
        for marker in set(lacks) - means.REQUIRED:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=lacks[marker]))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where a means is required, its absence fails the test in so many words."""
    for marker, sentence in means.missing().items() if means.REQUIRED else ():
        if marker in means.REQUIRED and item.get_closest_marker(marker):
            pytest.fail(sentence)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what was skipped for want of means."""
    for marker, sentence in means.missing().items():
        terminalreporter.write_line(f"{sentence}: tests marked {marker} did not run", red=True)


def pytest_configure() -> None:
    """Tests draw pages without collected static files."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
