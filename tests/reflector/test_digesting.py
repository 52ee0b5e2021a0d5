"""Once a day, one mail with the posts since the last one; a day without posts sends none."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from consulta.reflector import digesting, distribution, posting
from consulta.reflector.models import Digest, Mailing
from tests.reflector.conftest import NOW

pytestmark = pytest.mark.django_db
NEXT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)  # half past seven in Zurich


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_URL = f"file://{tmp_path}/post"
    return tmp_path / "post"


def test_the_posts_of_a_day_go_in_one_mail(folder, subscribe, write, shown, space):
    subscribe("daily@example.org", mode="digest")
    subscribe("daily@example.org", mode="digest", place=space)
    posting.show(write("A second word."), now=NOW, by="rules")
    Mailing.objects.all().delete()

    assert digesting.make_due(NEXT) == 2
    assert distribution.distribute_due(NEXT) == 2

    mails = [message_from_bytes(p.read_bytes(), policy=policy.default) for p in folder.iterdir()]
    assert {mail["Subject"] for mail in mails} == {
        "[SG] Posts of 2026-11-21", "[SG 11] Posts of 2026-11-21"
    }  # fmt: skip
    assert all(
        "A word on this." in m.get_content() and "A second word." in m.get_content() for m in mails
    )
    assert all(mail["Auto-Submitted"] == "auto-generated" for mail in mails)


def test_a_digest_is_made_once_and_not_before_its_hour(subscribe, shown):
    subscribe("daily@example.org", mode="digest")

    assert digesting.make_due(NEXT - timedelta(hours=1)) == 0
    assert digesting.make_due(NEXT) == 1
    assert digesting.make_due(NEXT + timedelta(hours=2)) == 0
    assert digesting.make_due(NEXT + timedelta(days=1)) == 0  # nothing new
    assert Digest.objects.count() == 1


def test_a_day_on_which_no_worker_ran_is_made_up_for(subscribe, write, shown):
    subscribe("daily@example.org", mode="digest")
    digesting.make_due(NEXT)
    write("Later.", arrived_at=NEXT + timedelta(hours=1))

    assert digesting.make_due(NEXT + timedelta(days=3)) == 1
    assert Digest.objects.first().since == digesting.last_hour(NEXT)


def test_nobody_who_wants_a_digest_means_none_is_made(subscribe, shown):
    subscribe("each@example.org")

    assert digesting.make_due(NEXT) == 0
