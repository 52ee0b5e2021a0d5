"""Who reads a file that not everyone may have is noted for a time, and shown at the desk alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.accounts import access_log
from consulta.accounts.models import FileRead, User
from consulta.flow import tasks
from consulta.groups.models import Appointment, Role
from consulta.ledger import keys
from consulta.ledger.models import Entry


def take(client, document, name="report.pdf"):
    answer = client.get(f"/en/members/documents/{document.pk}/{name}")
    answer.close()
    return answer.status_code


def test_a_read_is_noted_with_its_bytes_and_outside_the_ledger(member, posted):
    document, entries = posted("members"), Entry.objects.count()
    assert take(member, document) == 200
    (read,) = access_log.of(document)
    assert (read.user.email, read.sha256) == ("member@example.org", document.files[0]["sha256"])
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(("audience", "times"), [("public", 0), ("listed", 1), ("members", 1)])
def test_only_what_not_everyone_may_have_is_noted(member, posted, audience, times):
    document = posted(audience)
    take(member, document)
    assert len(access_log.of(document)) == times


def test_a_file_that_is_not_there_is_not_noted(member, posted):
    document = posted("members")
    assert take(member, document, "other.pdf") == 404
    assert access_log.of(document) == []


def test_the_whole_meeting_notes_each_file(member, posted):
    documents = [posted("members"), posted("listed"), posted("public")]
    member.get("/en/members/meetings/swg-3/documents.zip").close()
    assert [len(access_log.of(one)) for one in documents] == [1, 1, 0]


def test_the_public_address_notes_a_member(member, posted):
    document = posted("listed")
    answer = member.get(f"/en/documents/{document.pk}/report.pdf")
    answer.close()
    assert (answer.status_code, len(access_log.of(document))) == (200, 1)


def test_the_sweep_forgets_what_is_older_than_the_retention_period(member, posted, settings):
    document = posted("members")
    take(member, document)
    take(member, document)
    old = FileRead.objects.earliest("pk")
    old.read_at = timezone.now() - timedelta(days=settings.ACCESS_LOG_DAYS, minutes=1)
    old.save()
    keys.create()
    tasks.sweep()
    assert [read.pk for read in access_log.of(document)] == [old.pk + 1]


def test_an_officer_sees_who_read_and_a_reader_of_the_desk_does_not(
    member, posted, group, settings
):
    settings.DEMO = True  # no second factor at the desk
    document = posted("members")
    take(member, document)
    page = f"/en/desk/meetings/swg-3/documents/{document.pk}/reads/"
    assert member.get(page).status_code == 403
    Appointment.objects.create(
        user=User.objects.get(email="member@example.org"), group=group, role=Role.OFFICER
    )
    shown = member.get(page).content.decode()
    assert "Member" in shown
    assert "report.pdf" in shown
