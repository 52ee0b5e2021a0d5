"""Members are told of each new document, as each of them chose; nobody of what they may not read."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from consulta.groups import delegating
from consulta.mailroom.models import OutgoingMail
from consulta.meetings import documents as posting
from consulta.meetings.models import Document
from consulta.notices import document_choices, documents
from consulta.notices.models import DocumentTold
from tests.delegations import delegations  # noqa: F401
from tests.outputs import posted

SECRET, LISTED = "zq-title-for-members", "zq-title-for-all"
EVERYBODY = ["admin-a", "admin-b", "delegate-a", "delegate-b", "observer"]


@pytest.fixture(autouse=True)
def _delegations(delegations):  # noqa: F811
    return delegations


def told(now=None):
    """Who was mailed, once the worker has nothing more to tell."""
    while documents.tell_due(now or timezone.now()):
        continue
    rows = OutgoingMail.objects.filter(about__startswith="groups.group:")
    return sorted(address.split("@")[0] for address in rows.values_list("recipient", flat=True))


def test_every_member_is_told_once_of_each_document(next_meeting, monkeypatch):
    monkeypatch.setattr(documents, "BATCH", 2)
    posted(next_meeting)
    assert told() == EVERYBODY
    assert told() == EVERYBODY
    assert DocumentTold.objects.get().told_at is not None


def test_nothing_of_the_desks_is_told_nor_what_was_withdrawn(next_meeting):
    posted(next_meeting, "desk")
    posting.withdraw(posted(next_meeting), reason="A slip.", by=None)
    old = posted(next_meeting)
    Document.objects.filter(pk=old.pk).update(posted_at=timezone.now() - timedelta(days=30))
    assert told() == []


def test_a_mail_gives_number_and_link_and_the_title_only_where_it_may(next_meeting, officer):
    document = posted(next_meeting, "members", SECRET)
    posted(next_meeting, "listed", LISTED)
    told()
    said = [f"{m.subject}\n{m.masked_text}" for m in OutgoingMail.objects.all()]
    assert not any(SECRET in text for text in said)
    assert (
        sum(LISTED in text for text in said)
        == sum(document.base_number in text for text in said)
        == 5
    )
    document_choices.lay_down(next_meeting.group, names=True, by=officer)
    posted(next_meeting, "members", "zq-another")
    told()
    assert OutgoingMail.objects.filter(masked_text__contains="zq-another").count() == 5


def test_each_member_chooses_how_often(next_meeting, delegations):  # noqa: F811
    zone = ZoneInfo("Europe/Zurich")
    noon = timezone.now().astimezone(zone).replace(hour=12, minute=0, second=0)
    group, d = next_meeting.group, delegations
    document_choices.choose(d.delegate_of_a.user, group, "daily", now=noon - timedelta(days=1))
    document_choices.choose(d.delegate_of_b.user, group, "none")
    two = [posted(next_meeting), posted(next_meeting)]
    Document.objects.update(posted_at=noon - timedelta(hours=1))
    at = noon.astimezone(ZoneInfo("UTC"))
    assert told(at).count("delegate-a") == 1
    assert told(at).count("delegate-b") == 0
    assert told(at).count("observer") == 2
    (digest,) = OutgoingMail.objects.filter(recipient="delegate-a@example.org")
    assert all(document.base_number in digest.masked_text for document in two)
    assert told(at + timedelta(hours=3)).count("delegate-a") == 1


def test_the_link_in_the_mail_ends_such_mails_and_an_ended_place_too(next_meeting, delegations):  # noqa: F811
    group, user = next_meeting.group, delegations.observing.user
    document_choices.end(document_choices.end_token(user, group), now=timezone.now())
    delegating.end(delegations.delegate_of_b, by=delegations.administrator_of_b.user)
    OutgoingMail.objects.all().delete()
    posted(next_meeting)
    assert told() == ["admin-a", "admin-b", "delegate-a"]
    with pytest.raises(document_choices.LinkUnknownError):
        document_choices.end("1-1:nonsense", now=timezone.now())
    with pytest.raises(document_choices.NotAMemberError):
        document_choices.choose(delegations.delegate_of_b.user, group, "each")
