"""A report of a group is drafted, edited by one at a time, drafted again, and loses no word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups.permissions import NotAllowedError
from consulta.meetings.models import Decision
from consulta.reports.errors import EditedMeanwhileError, NothingWrittenError
from consulta.reports.group_reports import asking, beginning, queries, writing
from consulta.reports.group_reports.errors import AlreadyBegunError, SectionLockedError
from consulta.reports.models.group_reports import GroupReportLock, GroupText
from tests.reports.group_reports.conftest import settled

pytestmark = pytest.mark.django_db


def said(report, language="en") -> list[str]:
    return [p.text for s in queries.outline(report, language).sections for p in s.paragraphs]


def text_of(report, words, language="en") -> GroupText:
    rows = GroupText.objects.select_related("paragraph__report__group")
    return rows.get(paragraph__report=report, language=language, text=words)


def reworded(words, new):
    decision = Decision.objects.get(texts__en__text=words)
    decision.texts = {"en": {"text": new, "status": "original"}}
    decision.save()


def test_a_report_is_begun_once(report, sample, officer):
    asked = asking.on_years(sample, "four-year", (2023, 2026))
    with pytest.raises(AlreadyBegunError) as refused:
        beginning.begin(asked, ["en"], by=officer)
    assert refused.value.slug == report.slug


def test_a_stranger_begins_none(sample, meetings):
    stranger = User.objects.create_user("stranger@example.org")
    with pytest.raises(NotAllowedError):
        beginning.begin(asking.on_years(sample, "annual", (2023, 2023)), ["en"], by=stranger)


def test_a_report_for_everyone_says_only_what_everyone_may_see(sample, meetings, officer):
    asked = asking.on_years(sample, "four-year", (2023, 2026), is_public=True)
    public = beginning.begin(asked, ["en"], by=officer)
    assert "The office keeps a list." in said(public)
    assert "Known to members alone." not in said(public)


def test_a_language_without_words_keeps_the_original_and_names_it(report):
    found = GroupText.objects.get(
        paragraph__report=report, language="fr", text="The office keeps a list."
    )
    assert found.said_in == "en"


def test_what_nobody_touched_takes_the_new_words(report, officer):
    reworded("The list is good.", "The list is very good.")
    changes = beginning.redraft(report, by=officer)
    assert "The list is very good." in said(report)
    assert "The list is good." not in said(report)
    assert (changes.taken, changes.waiting) == (2, 0)  # in two languages


def test_what_a_person_wrote_stays_and_both_are_shown(report, officer):
    text = text_of(report, "The list is good.")
    writing.save(text, "The list was praised.", revision=text.revision, by=officer)
    reworded("The list is good.", "The list is very good.")
    assert beginning.redraft(report, by=officer).waiting == 1
    text.refresh_from_db()
    assert (text.text, text.incoming) == ("The list was praised.", "The list is very good.")
    writing.choose(text, takes_record=False, revision=text.revision, by=officer)
    assert beginning.redraft(report, by=officer).waiting == 0
    assert "The list was praised." in said(report)


def test_the_record_can_be_taken_instead(report, officer):
    text = text_of(report, "The list is good.")
    writing.save(text, "The list was praised.", revision=text.revision, by=officer)
    reworded("The list is good.", "The list is very good.")
    beginning.redraft(report, by=officer)
    text.refresh_from_db()
    writing.choose(text, takes_record=True, revision=text.revision, by=officer)
    assert "The list is very good." in said(report)


def test_what_is_new_on_record_comes_in_its_place(report, meetings, officer):
    settled(meetings[0], 3, "A second list is begun.")
    beginning.redraft(report, by=officer)
    told = said(report)
    assert told.index("A second list is begun.") < told.index("The list is good.")


def test_a_decision_that_was_reversed_is_followed_by_the_later_one(report, meetings, officer):
    first = Decision.objects.get(texts__en__text="The office keeps a list.")
    settled(meetings[1], 2, "No list.", amends=first, change="reversed", change_reason="Dear")
    beginning.redraft(report, by=officer)
    told = said(report)
    place = told.index("The office keeps a list.")
    assert told[place + 1] == "This was replaced by what was settled later: No list."


def test_two_who_write_at_once_lose_nothing(report, officer, second_officer):
    text = text_of(report, "The list is good.")
    writing.save(text, "One.", revision=text.revision, by=officer)
    with pytest.raises(SectionLockedError) as refused:
        writing.save(text, "Two.", revision=text.revision, by=second_officer)
    assert refused.value.lock.holder == officer
    writing.let_go(report, "activities", "en", by=officer)
    with pytest.raises(EditedMeanwhileError):
        writing.save(text, "Two.", revision=text.revision, by=second_officer)
    assert "One." in said(report)


def test_a_lock_that_ran_out_is_free_and_an_officer_may_take_one_over(
    report, officer, second_officer
):
    writing.take(report, "activities", "en", by=officer)
    with pytest.raises(SectionLockedError):
        writing.take(report, "activities", "en", by=second_officer)
    writing.take_over(report, "activities", "en", by=second_officer)
    GroupReportLock.objects.update(renewed_at=timezone.now() - timedelta(hours=1))
    assert writing.take(report, "activities", "en", by=officer).holder == officer


def test_an_own_paragraph_stays_after_the_one_it_was_put_behind(report, meetings, officer):
    text = text_of(report, "The office keeps a list.")
    writing.add(report, "activities", "A word more.", language="en", after=text.paragraph_id,
                by=officer)  # fmt: skip
    settled(meetings[0], 0, "Before all else.")
    beginning.redraft(report, by=officer)
    told = said(report)
    assert told[told.index("The office keeps a list.") + 1] == "A word more."
    assert "A word more." in said(report, "fr")
    with pytest.raises(NothingWrittenError):
        writing.add(report, "activities", " ", language="en", after=0, by=officer)


def test_what_was_taken_out_stays_out(report, officer):
    writing.remove(text_of(report, "The list is good."), by=officer)
    beginning.redraft(report, by=officer)
    assert "The list is good." not in said(report)


def test_the_head_is_written_and_survives_a_drafting(report, officer):
    head = queries.head(report, "en")
    typed = writing.Typed("Our report", head.summary, head.action, head.references, "C26/51")
    writing.write_head(head, typed, revision=head.revision, by=officer)
    with pytest.raises(EditedMeanwhileError):
        writing.write_head(head, typed, revision=head.revision, by=officer)
    beginning.redraft(report, by=officer)
    assert queries.head(report, "en").title == "Our report"
    assert queries.by_slug(report.slug).number == "C26/51"
