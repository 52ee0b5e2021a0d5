"""A second officer approves what stands; whoever changes it has a text that nobody approved."""

import pytest

from consulta.accounts.models import User
from consulta.flow import reporting
from consulta.ledger.models import Entry
from consulta.reports import assembly, following, locking, places, release, reviewing, writing
from consulta.reports.errors import (
    NotUnderReviewError,
    OwnTextError,
    RemarkMissingError,
    ReportError,
    UnreviewedError,
)
from consulta.reports.models import Edition
from consulta.reports.places import Place
from consulta.reports.reviewing import Pinned
from consulta.reports.writing import Typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(paragraph, publish, officer):
    """A place with one sentence that the officer wrote."""
    typed = Typed(None, "One agrees.", (publish().number,))
    writing.save(paragraph, [typed], revision=1, by=officer)
    return places.of(paragraph)


def approve(place, by):
    """Approve what stands, as one who has just read it."""
    return reviewing.approve(place, by=by, seen=reviewing.text(place))


def test_neither_who_wrote_it_nor_who_put_it_up_approves(place, officer, second_officer):
    reviewing.ask(place, by=second_officer)

    for by in (officer, second_officer):
        with pytest.raises(OwnTextError):
            approve(place, by)
    assert reviewing.of(place).state == "asked"


def test_a_second_officer_approves_what_was_put_up_and_nothing_else(place, officer, second_officer):
    with pytest.raises(NotUnderReviewError):
        approve(place, second_officer)
    reviewing.ask(place, by=officer)
    approve(place, second_officer)

    assert reviewing.of(place).state == "approved"
    acts = Entry.objects.filter(act__startswith="report_review").values_list("act", flat=True)
    assert sorted(acts) == ["report_review_approved", "report_review_asked"]


def test_what_was_read_is_what_is_approved(place, paragraph, officer, second_officer):
    read = reviewing.ask(place, by=officer).text_sha256
    first = paragraph.sentences.get()
    writing.save(paragraph, [Typed(first.pk, "None agrees.")], revision=2, by=officer)
    reviewing.ask(place, by=officer)

    with pytest.raises(NotUnderReviewError):
        reviewing.approve(place, by=second_officer, seen=read)
    assert reviewing.of(place).state == "asked"


def test_an_approval_says_which_text_was_read(place, officer, second_officer):
    reviewing.ask(place, by=officer)

    with pytest.raises(NotUnderReviewError):
        reviewing.approve(place, by=second_officer, seen="")


@pytest.mark.parametrize("change", ["citation", "order", "removal", "paragraphs"])
def test_who_changed_more_than_words_is_no_second_officer_until_it_is_approved(
    place, paragraph, officer, second_officer, change
):
    third = User.objects.create_user("third@example.org", name="Third", is_administrator=True)
    first = paragraph.sentences.get()
    rows = [Typed(first.pk, first.text, _numbers(first)), Typed(None, "More.")]
    writing.save(paragraph, rows, revision=2, by=officer)
    other = writing.add_paragraph(place.consultation, place.question, language="en", by=officer)
    writing.save(other, [Typed(None, "Other.")], revision=1, by=officer)
    locking.release(place, by=officer)

    _change(change, paragraph, other, by=second_officer)
    reviewing.ask(place, by=officer)
    with pytest.raises(OwnTextError):
        approve(place, second_officer)
    approve(place, third)

    locking.release(place, by=second_officer)
    writing.save(other, [Typed(None, "Another.")], revision=2, by=officer)
    reviewing.ask(place, by=officer)
    approve(place, second_officer)  # the third one read what the second did
    assert reviewing.of(place).state == "approved"


def test_who_saves_a_text_as_it_stood_has_no_hand_in_it(place, paragraph, officer, second_officer):
    first = paragraph.sentences.get()
    locking.release(place, by=officer)
    same = Typed(first.pk, first.text, _numbers(first))
    writing.save(paragraph, [same], revision=2, by=second_officer)
    reviewing.ask(place, by=officer)

    approve(place, second_officer)
    assert reviewing.of(place).state == "approved"


def test_a_copy_that_waits_for_its_translation_is_its_writers_own(place, officer, second_officer):
    following.start(place.consultation, "ar", source="en", by=second_officer)
    copy = Place(place.consultation, place.question, "ar")
    reviewing.ask(copy, by=second_officer)

    with pytest.raises(OwnTextError):
        approve(copy, officer)


@pytest.mark.parametrize("change", ["words", "citation", "order"])
def test_a_change_after_the_approval_unapproves(place, paragraph, officer, second_officer, change):
    first = paragraph.sentences.get()
    writing.save(
        paragraph,
        [Typed(first.pk, first.text, _numbers(first)), Typed(None, "More.")],
        revision=2,
        by=officer,
    )
    reviewing.ask(place, by=officer)
    approve(place, second_officer)
    last = paragraph.sentences.last()
    kept = [Typed(first.pk, first.text, _numbers(first)), Typed(last.pk, last.text)]
    changed = {
        "words": [kept[0], Typed(last.pk, "Less.")],
        "citation": [Typed(first.pk, first.text), kept[1]],
        "order": kept[::-1],
    }
    writing.save(paragraph, kept, revision=3, by=officer)
    assert reviewing.of(place).state == "approved"  # saved as it was

    writing.save(paragraph, changed[change], revision=4, by=officer)
    assert reviewing.of(place).state == "changed"


def test_it_is_returned_with_remarks_that_keep_the_words_they_are_about(
    place, paragraph, officer, second_officer
):
    sentence = paragraph.sentences.get()
    reviewing.ask(place, by=officer)
    with pytest.raises(RemarkMissingError):
        reviewing.send_back(place, " ", [Pinned(" ", sentence=sentence.pk)], by=second_officer)
    pinned = [
        Pinned("Which one?", sentence=sentence.pk),
        Pinned("Too short.", paragraph=paragraph.pk),
    ]
    reviewing.send_back(place, "", pinned, by=second_officer)
    writing.save(paragraph, [], revision=2, by=officer)

    remarks = reviewing.remarks(place)
    assert [(r.text, r.about, r.sentence) for r in remarks] == [
        ("Which one?", "One agrees.", None),
        ("Too short.", "", None),
    ]
    reviewing.settle(remarks[0], by=officer)
    assert [r.text for r in reviewing.remarks(place)] == ["Too short."]


def test_a_report_that_nobody_reviewed_is_released_only_with_a_recorded_reason(
    place, closed, officer, second_officer
):
    report = _frozen(closed(), officer)
    with pytest.raises(UnreviewedError) as refused:
        reporting.release_edition(report, by=officer)
    assert refused.value.places == [1]
    with pytest.raises(ReportError):
        release.waive_review(report, " ", by=officer)

    release.waive_review(report, "This body has one officer.", by=officer)
    reporting.release_edition(report, by=officer)
    assert report.released_at is not None


def test_the_frozen_text_counts_not_what_the_draft_says_later(
    place, paragraph, closed, officer, second_officer
):
    report = _frozen(closed(), officer)
    reviewing.ask(place, by=officer)
    approve(place, second_officer)
    assert release.unreviewed(report) == []

    locking.release(place, by=officer)
    writing.save(paragraph, [Typed(None, "All disagree.")], revision=2, by=second_officer)
    later = _frozen(place.consultation, officer, errata="All is new.")
    assert (release.unreviewed(report), release.unreviewed(later)) == ([], [1])


def _frozen(consultation, by, **more):
    kind = Edition.Kind.CONSOLIDATED
    edition = assembly.freeze(consultation, kind, language="en", by=by, **more)
    Edition.objects.filter(pk=edition.pk).update(rendered_at=edition.frozen_at)
    edition.refresh_from_db()
    return edition


def _change(what, paragraph, other, *, by):
    first, last = paragraph.sentences.all()
    kept = [Typed(first.pk, first.text, _numbers(first)), Typed(last.pk, last.text)]
    if what == "paragraphs":
        writing.move(other, places=-1, by=by)
        return
    changed = {
        "citation": [Typed(first.pk, first.text), kept[1]],
        "order": kept[::-1],
        "removal": kept[:1],
    }
    writing.save(paragraph, changed[what], revision=3, by=by)


def _numbers(sentence):
    return tuple(c.version.response.number for c in sentence.citations.all())
