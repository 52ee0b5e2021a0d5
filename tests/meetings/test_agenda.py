"""An agenda is drafted freely, published by a choice, and changed on the record."""

import pytest
from django.contrib.auth.models import AnonymousUser

from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.meetings import agenda, agenda_queries, documents
from consulta.meetings.models import AgendaChange, AgendaItem, Document

STRANGER = AnonymousUser()


def titled(text):
    return {"en": {"text": text, "status": "original"}}


@pytest.fixture
def meeting(next_meeting):
    return next_meeting


@pytest.fixture
def add(meeting, officer):
    def _add(number, title="A matter", **more):
        item = AgendaItem(meeting=meeting, number=number, titles=titled(title))
        item.purpose = "discussion"
        return agenda.add(item, by=officer, **more)

    return _add


def numbers(meeting):
    return [item.number for item in agenda.items(meeting)]


def test_items_stand_in_the_order_in_which_they_are_put(meeting, add, officer):
    one, two, three = add("1"), add("2"), add("2.1")
    agenda.put_in_order(meeting, [three.pk, one.pk, two.pk], by=officer)
    assert numbers(meeting) == ["2.1", "1", "2"]
    assert AgendaChange.objects.count() == 0


@pytest.mark.parametrize(("typed", "kept"), [("3.1", "3.1"), ("٣.١", "3.1"), (" 4. ", "4")])
def test_numbers_are_taken_in_the_digits_of_any_script(add, typed, kept):
    assert add(typed).number == kept


@pytest.mark.parametrize("typed", ["", "three point one", "3..1", "<b>"])
def test_what_is_no_number_is_refused(add, typed):
    with pytest.raises(agenda.ItemNumberError):
        add(typed)


def test_a_number_stands_once(add):
    add("3.a")
    with pytest.raises(agenda.ItemNumberTakenError):
        add("3.A")


def test_an_item_has_a_title(add):
    with pytest.raises(agenda.TitleMissingError):
        add("1", title=" ")


def test_after_the_publication_a_change_says_why_and_what_stood_there_stays(meeting, add, officer):
    item = add("1", "Old title")
    agenda.publish(meeting, to="members", by=officer)
    with pytest.raises(agenda.ReasonForChangeError):
        agenda.change(item, {"titles": titled("New title")}, documents=(), by=officer)
    changed = agenda.change(
        item, {"titles": titled("New title")}, documents=(), reason="As agreed.", by=officer
    )
    kept = AgendaChange.objects.get()
    assert (kept.act, kept.before["titles"], kept.reason, kept.changed_by) == (
        "changed",
        titled("Old title"),
        "As agreed.",
        officer,
    )
    agenda.remove(changed, reason="Deferred.", by=officer)
    assert numbers(meeting) == []
    assert AgendaItem.objects.get().removed_at is not None
    acts = Entry.objects.filter(act__startswith="agenda").values_list("act", flat=True)
    assert sorted(acts) == ["agenda_changed", "agenda_changed", "agenda_published"]


def test_of_two_who_change_one_item_the_second_is_told(meeting, add, officer):
    item = add("1")
    other = agenda_queries.item(meeting, item.pk)
    agenda.change(item, {"presenter": "The Chair"}, documents=(), by=officer)
    with pytest.raises(agenda.ChangedMeanwhileError):
        agenda.change(other, {"presenter": "The Secretary"}, documents=(), by=officer)


def test_an_agenda_without_items_is_not_published(meeting, officer):
    with pytest.raises(agenda.NothingToPublishError):
        agenda.publish(meeting, to="public", by=officer)


def test_who_sees_it_is_a_choice(meeting, add, officer, people):
    add("1")
    assert not agenda_queries.may_see(meeting, officer)
    published = agenda.publish(meeting, to="members", by=officer)
    assert agenda_queries.may_see(published, people["reader"])
    assert not agenda_queries.may_see(published, STRANGER)
    published = agenda.publish(meeting, to="public", by=officer)
    assert agenda_queries.may_see(published, STRANGER)


def test_a_document_is_named_by_its_number_or_its_place(meeting, officer):
    document = Document(meeting=meeting, titles={"en": "A"}, source="Secretariat")
    documents.post(document, language="en", by=officer)
    for typed in (document.number, document.base_number.lower(), "1", "١"):
        assert agenda_queries.documents_named(meeting, typed) == ([document], [])
    assert agenda_queries.documents_named(meeting, "1, 99;X") == ([document], ["99", "X"])


def test_an_item_shows_only_documents_that_the_reader_may_see(meeting, add, officer):
    document = Document(meeting=meeting, titles={"en": "A"}, source="Secretariat")
    document = documents.post(document, language="en", by=officer)
    add("1", documents=[document])
    shown = [
        agenda_queries.shown(meeting, some, member=True)[0].documents for some in ([document], [])
    ]
    assert shown == [[document], []]


def test_who_may_not_arrange_meetings_changes_no_agenda(meeting, people, add):
    item = add("1")
    for act in (
        lambda: agenda.remove(item, by=people["editor"]),
        lambda: agenda.publish(meeting, to="public", by=people["reader"]),
        lambda: agenda.put_in_order(meeting, [], by=people["moderator"]),
    ):
        with pytest.raises(NotAllowedError):
            act()
