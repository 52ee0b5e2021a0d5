"""A question is edited by one person at a time, and whoever loses it loses no word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups.models import Appointment, Role
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.reports import keeping, locking, places, writing
from consulta.reports.errors import LockedError
from consulta.reports.models import Lock
from consulta.reports.places import Place
from consulta.reports.writing import Typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(officer):
    """Somebody who may edit reports and nothing more."""
    person = User.objects.create_user("editor@example.org", name="Editor")
    Appointment.objects.create(user=person, group=None, role=Role.EDITOR, appointed_by=officer)
    return person


@pytest.fixture
def place(paragraph):
    return places.of(paragraph)


def grown_old(place):
    Lock.objects.filter(place.is_here).update(renewed_at=timezone.now() - locking.LASTS)


def test_nobody_saves_in_a_question_that_another_edits(paragraph, officer, editor):
    with pytest.raises(LockedError) as refused:
        writing.save(paragraph, [Typed(None, "Theirs.")], revision=1, by=editor)

    assert refused.value.lock.holder == officer
    assert not paragraph.sentences.exists()


def test_another_question_and_another_language_are_free(place, editor, consultation):
    locking.take(Place(consultation, None, "en"), by=editor)
    locking.take(Place(consultation, place.question, "ar"), by=editor)

    assert {
        lock.holder for lock in locking.standing(consultation, "ar", timezone.now()).values()
    } == {editor}


def test_a_save_renews_and_what_is_let_go_can_be_taken(paragraph, place, officer, editor):
    old = timezone.now() - timedelta(minutes=9)
    Lock.objects.update(renewed_at=old)
    writing.save(paragraph, [Typed(None, "Mine.")], revision=1, by=officer)
    assert Lock.objects.get().renewed_at > old

    locking.release(place, by=editor)  # not theirs
    assert locking.of(place, timezone.now()).holder == officer
    locking.release(place, by=officer)
    assert locking.take(place, by=editor).holder == editor
    assert not Entry.objects.filter(act="report_lock_taken_over").exists()


def test_one_that_ran_out_is_taken_by_anybody_and_it_is_on_record(place, officer, editor):
    grown_old(place)

    assert locking.of(place, timezone.now()) is None
    assert locking.take(place, by=editor).holder == editor
    assert Entry.objects.filter(act="report_lock_taken_over").count() == 1


def test_only_an_officer_displaces_somebody_before_that(place, officer, editor, second_officer):
    with pytest.raises(LockedError):
        locking.take(place, by=editor)
    with pytest.raises(NotAllowedError):
        locking.take_over(place, by=editor)

    assert locking.take_over(place, by=second_officer).holder == second_officer
    assert Entry.objects.filter(act="report_lock_taken_over").count() == 1


def test_what_was_typed_is_kept_beside_and_goes_with_the_save(paragraph, officer):
    typed = [{"pk": None, "text": "Long work.", "numbers": "", "passages": [], "agrees": False}]
    keeping.keep(paragraph, typed, revision=1, by=officer)
    keeping.keep(paragraph, typed, revision=1, by=officer)
    assert keeping.kept(paragraph, by=officer).rows == typed

    writing.save(paragraph, [Typed(None, "Long work.")], revision=1, by=officer)
    assert keeping.kept(paragraph, by=officer) is None


def test_what_was_typed_into_a_removed_paragraph_is_still_kept(paragraph, consultation, officer):
    keeping.keep(paragraph, [{"text": "Long work."}], revision=1, by=officer)
    writing.remove(paragraph, by=officer)

    (kept,) = keeping.all_of(consultation, by=officer)
    assert (kept.paragraph, kept.rows) == (None, [{"text": "Long work."}])
