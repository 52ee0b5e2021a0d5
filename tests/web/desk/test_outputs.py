"""Outputs at the desk: lists filled by hand and from a table, looked at before they are sent, sent once."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consulta.mailroom.models import OutgoingMail
from consulta.notices import disseminating
from consulta.notices.models import Addressee, AddresseeList, Dissemination
from tests.outputs import a_list, decided, entered
from tests.rounds import decided as consulted  # noqa: F401

SECRET = "zq-for-members"


def test_a_table_is_entered_whole_or_not_at_all_and_says_what_is_wrong(desk, people, group):
    kept = a_list(group, people["officer"])
    address = reverse("desk:addressee_list", args=[kept.pk])
    told = {"act": "table", "language": "en", "basis": "institutional"}
    table = "E-mail;Nom;langue\na@example.org;Ä;en\nnonsense;;\na@example.org;;xx\n"
    refused = desk.post(address, told | {"file": SimpleUploadedFile("a.csv", table.encode())})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Row 3" in page
    assert "“nonsense”" in page
    assert "Row 4" in page
    assert Addressee.objects.count() == 0
    table = "email,name,language\na@example.org,Ä,en\nb@example.org,,\n"
    sent = desk.post(address, told | {"file": SimpleUploadedFile("a.csv", table.encode())})
    assert sent.status_code == 302
    found = Addressee.objects.order_by("email").values_list("email", "name", "language")
    assert list(found) == [("a@example.org", "Ä", "en"), ("b@example.org", "", "en")]


def test_nothing_is_sent_before_one_has_looked_and_then_once(desk, people, group, next_meeting):
    kept = a_list(group, people["officer"])
    entered(kept, "a@example.org", people["officer"])
    output = decided(next_meeting)
    address = f"{reverse('desk:output_send')}?group={group.slug}"
    told = {"output": f"decision-{output.pk}", "lists": [str(kept.pk)], "note_en": "Look."}
    looked = desk.post(address, told | {"do": "look"}).content.decode()
    assert "a@example.org" in looked
    assert Dissemination.objects.count() == 0
    made = desk.post(address, told | {"do": "send"})
    sent = Dissemination.objects.get()
    assert made["Location"] == reverse("desk:output_sent", args=[sent.pk])
    disseminating.send_due(timezone.now())
    disseminating.send_due(timezone.now())
    assert OutgoingMail.objects.get(about__startswith="notices.").recipient == "a@example.org"
    again = desk.post(reverse("desk:output_again", args=[sent.pk]), follow=True).content.decode()
    assert "Everyone on the lists has it" in again


def test_the_record_shows_lists_and_counts_to_everyone_and_members_matter_to_nobody_else(
    desk, client, people, group, next_meeting
):
    stakeholders = a_list(group, people["officer"])
    entered(stakeholders, "secret-address@example.org", people["officer"])
    own = a_list(group, people["officer"], "members", has_delegates=True)
    public, closed = decided(next_meeting), decided(next_meeting, "members", SECRET)
    address = f"{reverse('desk:output_send')}?group={group.slug}"
    lists = {"lists": [str(stakeholders.pk), str(own.pk)], "do": "send"}
    assert desk.post(address, lists | {"output": f"decision-{public.pk}"}).status_code == 302
    refused = desk.post(address, lists | {"output": f"decision-{closed.pk}"})
    assert refused.status_code == 422
    lists = {"lists": [str(own.pk)], "do": "send"}
    assert desk.post(address, lists | {"output": f"decision-{closed.pk}"}).status_code == 302
    disseminating.send_due(timezone.now())
    page = client.get(reverse("public:outputs", args=[group.slug])).content.decode()
    assert "List of stakeholders" in page
    assert "1 copy" in page
    assert "secret-address" not in page
    assert SECRET not in page
    assert page.count("documents-title") == 1


def test_the_desk_makes_a_list_and_closes_it(desk, group):
    told = {"sort": "stakeholders", "name_en": "Friends"}
    desk.post(f"{reverse('desk:addressee_list_new')}?group={group.slug}", told)
    kept = AddresseeList.objects.get()
    desk.post(reverse("desk:addressee_list_close", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.closed_at is not None
    told = {"act": "enter", "email": "a@example.org", "language": "en", "basis": "institutional"}
    assert desk.post(reverse("desk:addressee_list", args=[kept.pk]), told).status_code == 422
