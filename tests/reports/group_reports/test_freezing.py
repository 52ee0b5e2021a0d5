"""A report is frozen with its number, approved by a second officer, released and kept."""

import pytest

from consulta.core.paper import from_json
from consulta.flow import group_reporting
from consulta.mailroom import spool
from consulta.meetings.models import Document
from consulta.reports.errors import (
    ErrataMissingError,
    NotRenderedError,
    NotUnderReviewError,
    OwnTextError,
    UnreviewedError,
)
from consulta.reports.group_reports import asking, beginning, freezing, queries, reviewing, writing
from consulta.reports.group_reports.errors import ChairsWordsMissingError, ChangesWaitError
from consulta.reports.models.group_reports import GroupReportEdition, GroupText
from consulta.repository.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(report, officer):
    for language in ("en", "fr"):
        text = GroupText.objects.select_related("paragraph__report__group").get(
            paragraph__report=report, paragraph__key="recommendations", language=language
        )
        writing.save(text, "The group recommends.", revision=text.revision, by=officer)
    return report


@pytest.fixture
def quick(monkeypatch):
    """Only the quickest formats: the others have tests of their own."""
    monkeypatch.setattr(freezing, "FORMATS", ("json", "html"))


def test_the_chairs_words_are_not_left_empty(report, officer):
    with pytest.raises(ChairsWordsMissingError):
        freezing.freeze(report, "en", by=officer)


def test_nothing_is_frozen_while_a_change_waits(written, officer):
    GroupText.objects.filter(text="The list is good.", language="en").update(incoming="Other.")
    with pytest.raises(ChangesWaitError):
        freezing.freeze(written, "en", by=officer)


def test_an_edition_carries_its_number_and_says_what_changed(written, officer, quick):
    written.number = "C26/51"
    written.save()
    first = freezing.freeze(written, "en", by=officer)
    with pytest.raises(ErrataMissingError):
        freezing.freeze(written, "en", by=officer)
    second = freezing.freeze(written, "en", by=officer, errata="A date was mended.")
    paper = from_json(second.content)
    assert (first.number, second.ordinal) == ("C26/51", 2)
    assert ("Document", "C26/51") in [(row.label, row.value.text) for row in paper.header]
    assert any("A date was mended." in str(block) for block in paper.blocks)
    assert paper.stem == "C26-51-edition-2"


def test_paragraphs_are_printed_with_their_numbers(written, officer):
    paper = from_json(freezing.freeze(written, "en", by=officer).content)
    marks = [getattr(block, "mark", "") for block in paper.blocks]
    assert {"1.1", "1", "2", "a)"} <= set(marks)
    assert [b.words.text[:3].strip() for b in paper.blocks if b.block == "heading"] == [
        "I",
        "II",
        "III",
    ]


def test_bytes_are_made_once_and_released_after_a_second_officer(
    written, officer, second_officer, quick
):
    reviewing.ask(written, "en", by=officer)
    seen = reviewing.of(written, "en").sha256
    with pytest.raises(OwnTextError):
        reviewing.approve(written, "en", seen=seen, by=officer)
    reviewing.approve(written, "en", seen=seen, by=second_officer)
    edition = freezing.freeze(written, "en", by=officer)
    with pytest.raises(NotRenderedError):
        group_reporting.release(edition, by=officer)
    assert freezing.make_waiting() == 1
    assert freezing.make_waiting() == 0
    edition.refresh_from_db()
    assert all(spool.locate(file["path"]).stat().st_size == file["size"] for file in edition.files)
    assert group_reporting.release(edition, by=officer)
    assert not group_reporting.release(edition, by=officer)
    assert not Record.objects.filter(kind="group-report").exists()  # it is for members


def test_an_approval_is_of_the_words_that_stood(written, officer, second_officer):
    reviewing.ask(written, "en", by=officer)
    seen = reviewing.of(written, "en").sha256
    head = queries.head(written, "en")
    typed = writing.Typed("Another title", "", "", "")
    writing.write_head(head, typed, revision=head.revision, by=officer)
    assert reviewing.of(written, "en").state == reviewing.CHANGED
    with pytest.raises(NotUnderReviewError):
        reviewing.approve(written, "en", seen=seen, by=second_officer)


def test_without_a_second_officer_the_reason_is_on_record(written, officer, quick):
    edition = freezing.freeze(written, "en", by=officer)
    freezing.make_waiting()
    with pytest.raises(UnreviewedError):
        group_reporting.release(edition, by=officer)
    group_reporting.release(edition, reason="This body has one officer.", by=officer)
    edition = GroupReportEdition.objects.get(pk=edition.pk)
    assert edition.unreviewed_reason == "This body has one officer."


def test_it_lies_among_the_documents_of_the_meeting_under_its_number(
    written, meetings, officer, quick
):
    written.goes_to = meetings[1]
    written.save()
    edition = freezing.freeze(written, "en", by=officer)
    freezing.make_waiting()
    group_reporting.release(edition, reason="One officer.", by=officer)
    document = Document.objects.get(meeting=meetings[1])
    assert document.posted_at is not None
    assert document.audience == Document.Audience.MEMBERS
    assert {file["sha256"] for file in document.files} == {
        file["sha256"] for file in GroupReportEdition.objects.get().files
    }
    assert edition.number == document.number
    later = freezing.freeze(written, "en", by=officer, errata="More.")
    assert later.document.revision == 1


def test_a_report_for_everyone_is_kept_in_the_repository(sample, meetings, officer, quick):
    asked = asking.on_meeting(sample, "1", is_public=True)
    report = beginning.begin(asked, ["en"], by=officer)
    edition = freezing.freeze(report, "en", by=officer)
    freezing.make_waiting()
    group_reporting.release(edition, reason="One officer.", by=officer)
    record = Record.objects.get(kind="group-report")
    assert record.titles["en"]["text"] == "Outcome report: Meeting 1 of SG"
    assert len(record.files) == 2
