"""What an officer has frozen is fixed at the press; a worker draws it up, whoever is killed meanwhile."""

import pytest

from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.ledger.models import Entry
from consulta.mailroom import spool
from consulta.reports import assembly, contents, pressing, writing
from consulta.reports.errors import (
    BeingFrozenError,
    ErrataMissingError,
    NothingWrittenError,
    StillOpenError,
)
from consulta.reports.models import Edition, Freezing
from consulta.reports.writing import Typed
from consulta.responses import moderation, publication
from consulta.responses.models import Response
from consulta.responses.moderation import Because

pytestmark = pytest.mark.django_db
KIND = Edition.Kind


@pytest.fixture
def press(consultation, officer):
    """Have a document frozen in English, by the officer."""

    def _press(kind=KIND.COMPILATION, **more):
        return pressing.press(consultation, kind, language="en", by=officer, **more)

    return _press


@pytest.fixture
def arrive(submission):
    """A response that is accepted and not published yet."""

    def _arrive(text):
        sender = Sender("known@example.org", authenticated=True)
        given = journey.submission_arrives(submission(text, sender=sender))
        return Response.objects.get(number=given.number)

    return _arrive


def made():
    """The edition that a worker makes of what was pressed."""
    assembly.freeze_waiting()
    return Edition.objects.latest("pk")


def said(edition):
    return str([str(block) for block in contents.blocks(edition)])


def test_the_press_is_on_record_and_draws_nothing_up(press, publish, closed, officer, monkeypatch):
    response = publish()
    closed()
    monkeypatch.setattr(assembly, "draw_up", None)

    freezing = press()

    assert (freezing.pressed_by, freezing.versions) == (
        officer, [[response.pk, response.published_version_id]],
    )  # fmt: skip
    assert freezing.ended_at is None
    assert not Edition.objects.exists()


def test_the_edition_bears_the_instant_and_the_person_of_the_press(press, publish, closed):
    publish()
    closed()
    freezing = press()

    assert assembly.freeze_waiting() == 1

    freezing.refresh_from_db()
    edition = freezing.edition
    assert (edition.frozen_at, edition.frozen_by) == (freezing.pressed_at, freezing.pressed_by)
    assert freezing.drawn == 1
    assert Entry.objects.filter(act="edition_frozen").count() == 1
    assert assembly.freeze_waiting() == 0


def test_what_is_published_after_the_press_stands_in_the_next_edition(
    press, publish, arrive, closed, officer
):
    publish("There at the press.")
    later = arrive("Published after the press.")
    closed()
    press()
    publication.publish(later, by=officer)

    edition = made()

    assert "There at the press." in said(edition)
    assert "Published after the press." not in said(edition)
    (balance,) = [b for b in edition.content["blocks"] if b.get("anchor") == "balance"]
    table = edition.content["blocks"][edition.content["blocks"].index(balance) + 1]
    assert [line[0] for line in table["figures"]] == [1, 1, 0, 0, 0, 2]


def test_what_is_taken_down_after_the_press_is_listed_without_its_words(
    press, publish, closed, officer
):
    response = publish("Words that are to go.")
    closed()
    press()
    moderation.remove(response, Because("unlawful", "By order."), by=officer)

    edition = made()

    assert "Words that are to go." not in said(edition)
    assert response.number in said(edition)
    assert "Removed" in said(edition)


def test_what_is_taken_down_while_it_is_drawn_up_is_taken_out_again(
    press, publish, closed, officer, monkeypatch
):
    response = publish("Words that are to go.")
    closed()
    press()
    lay, done = contents.lay, []

    def meanwhile(drawn):
        if not done:
            done.append(moderation.remove(response, Because("unlawful", "By order."), by=officer))
        return lay(drawn)

    monkeypatch.setattr(contents, "lay", meanwhile)

    assert "Words that are to go." not in said(made())


def test_the_version_of_the_press_is_printed_though_a_new_one_is_shown_by_now(
    press, publish, closed
):
    response = publish("The first version.")
    closed()
    press()
    version = response.published_version
    later = type(version).objects.get(pk=version.pk)
    later.pk, later.ordinal, later._state.adding = None, 2, True
    later.public_salt = later.private_salt = b"\0" * 32
    later.save()
    answer = version.answers.get()
    answer.pk, answer.version, answer.text = None, later, "The second version."
    answer._state.adding = True
    answer.save()
    Response.objects.filter(pk=response.pk).update(published_version=later)

    edition = made()

    assert "The first version." in said(edition)
    assert "The second version." not in said(edition)


def test_all_responses_for_the_group_are_those_of_the_press(press, publish, arrive, closed):
    publish("Published at the press.")
    closed()
    press(KIND.RECEIVED)
    arrive("Came after the press.")

    edition = made()

    assert "Published at the press." in said(edition)
    assert "Came after the press." not in said(edition)


@pytest.mark.parametrize("what", ["a sentence", "a response"])
def test_a_report_that_changed_before_it_was_drawn_up_is_not_frozen_as_something_else(
    press, publish, arrive, closed, paragraph, officer, what
):
    number, later = publish().number, arrive("Another.")
    writing.save(paragraph, [Typed(None, "One agrees.", (number,))], revision=1, by=officer)
    closed()
    freezing = press(KIND.CONSOLIDATED)
    if what == "a sentence":
        paragraph.refresh_from_db()
        pk = paragraph.sentences.get().pk
        said_now = [Typed(pk, "One disagrees.", (number,))]
        writing.save(paragraph, said_now, revision=paragraph.revision, by=officer)
    else:
        publication.publish(later, by=officer)

    assert assembly.freeze_waiting() == 0

    freezing.refresh_from_db()
    broken = {"a sentence": "EditedMeanwhileError", "a response": "ChangedMeanwhileError"}
    assert (freezing.refusal, freezing.edition) == (broken[what], None)
    assert freezing.ended_at is not None
    assert not Edition.objects.exists()
    assert press(KIND.CONSOLIDATED).pk != freezing.pk


def test_the_same_document_is_frozen_once_at_a_time(press, publish, closed, consultation, officer):
    publish()
    closed()
    first = press()

    with pytest.raises(BeingFrozenError) as refused:
        press()
    with pytest.raises(BeingFrozenError):
        assembly.freeze(consultation, KIND.COMPILATION, language="en", by=officer)

    assert refused.value.freezing == first
    pressing.press(consultation, KIND.COMPILATION, language="fr", by=officer)
    assert Freezing.objects.count() == 2
    made()
    with pytest.raises(ErrataMissingError):
        press()
    assert press(errata="Another day.").pk


def test_what_cannot_be_frozen_is_refused_at_the_press(press, publish, closed):
    publish()
    with pytest.raises(StillOpenError):
        press()
    closed()
    with pytest.raises(NothingWrittenError):
        press(KIND.CONSOLIDATED)
    assert not Freezing.objects.exists()


def test_what_goes_wrong_is_tried_again_and_after_five_tries_told(
    press, publish, closed, monkeypatch
):
    publish()
    closed()
    freezing = press()

    def fail(*_given, **_more):
        raise RuntimeError("out of order")

    with monkeypatch.context() as broken:
        broken.setattr(contents, "lay", fail)
        tries = [assembly.freeze_waiting() for _ in range(pressing.TRIES - 1)]
        freezing.refresh_from_db()
        assert (freezing.ended_at, freezing.error) == (None, "RuntimeError: out of order")
        assembly.freeze_waiting()

    freezing.refresh_from_db()
    assert set(tries) == {0}
    assert freezing.ended_at is not None
    assert not Edition.objects.exists()
    assert pressing.of(freezing.consultation) == [freezing]
    press()
    made()
    assert pressing.of(freezing.consultation) == []


def test_a_full_disk_is_no_try(press, publish, closed, monkeypatch):
    publish()
    closed()
    freezing = press()

    def full(*_given, **_more):
        raise spool.SpoolFullError("The disk is full.")

    with monkeypatch.context() as broken:
        broken.setattr(contents, "lay", full)
        for _ in range(pressing.TRIES + 1):
            assembly.freeze_waiting()

    freezing.refresh_from_db()
    assert (freezing.tries, freezing.ended_at) == (0, None)
    assert made().content_sha256


def test_two_workers_that_draw_one_up_make_one_edition(press, publish, closed, monkeypatch):
    publish()
    closed()
    freezing = press()
    lay, done = contents.lay, []

    def meanwhile(drawn):
        if not done:
            done.append(1)
            done.append(assembly.draw(Freezing.objects.get(pk=freezing.pk)))
        return lay(drawn)

    monkeypatch.setattr(contents, "lay", meanwhile)

    assert made() == done[1]
    assert Edition.objects.count() == 1


def test_while_another_process_draws_up_this_one_waits(press, publish, closed):
    publish()
    closed()
    press()
    with assembly.making.alone("freezing") as mine:
        assert mine
        assert assembly.freeze_waiting() == 0
    assert assembly.freeze_waiting() == 1
