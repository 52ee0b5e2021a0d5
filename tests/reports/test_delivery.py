"""A document carries its number from the moment it is frozen; later editions join what was delivered."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consulta.consultations.models import Consultation, Question
from consulta.core.submission import Sender
from consulta.flow import journey, reporting
from consulta.groups.models import Group
from consulta.ledger.models import Entry
from consulta.mailroom import spool
from consulta.meetings import documents
from consulta.meetings import queries as meetings
from consulta.meetings.models import Document, Meeting
from consulta.notices.models import Notice
from consulta.reports import assembly, delivery, heads, making, release, writing
from consulta.reports.errors import NumberedElsewhereError, NumberTakenError
from consulta.reports.heads import Head
from consulta.reports.models import Edition, ReportDocument
from consulta.reports.writing import Typed
from consulta.repository.models import Record
from consulta.responses import publication
from consulta.responses.models import Response

KIND = Edition.Kind


@pytest.fixture(autouse=True)
def _light(monkeypatch):
    monkeypatch.setattr(making, "FORMATS", ("json", "html"))


@pytest.fixture
def closed(consultation, body, submission, officer):
    sender = Sender("known@example.org", authenticated=True)
    given = journey.submission_arrives(submission("We agree.", sender=sender))
    publication.publish(Response.objects.get(number=given.number), by=officer)
    group = Group.objects.create(body=body, slug="sample-group", short_name="SWG")
    consultation.group = group
    consultation.group_meeting = Meeting.objects.create(
        group=group,
        kind="group",
        number=3,
        slug="swg-3",
        place="Sample Town",
        starts_on=date(2027, 3, 3),
        ends_on=date(2027, 3, 5),
    )
    consultation.closes_at = timezone.now() - timedelta(seconds=1)
    consultation.save()
    question = Question.objects.get(consultation=consultation, position=1)
    for language in ("en", "ar"):
        paragraph = writing.add_paragraph(consultation, question, language=language, by=officer)
        writing.save(paragraph, [Typed(None, "One agrees.")], revision=1, by=officer)
    return consultation


@pytest.fixture
def freeze(closed, officer):
    def _freeze(kind, language="en", errata=""):
        made = assembly.freeze(closed, kind, language=language, by=officer, errata=errata)
        assembly.render_waiting()
        made.refresh_from_db()
        return made

    return _freeze


@pytest.fixture
def publish(freeze, officer):
    def _publish(kind, language="en", errata=""):
        made = freeze(kind, language, errata)
        if kind == KIND.CONSOLIDATED:
            release.waive_review(made, "A sample has one officer.", by=officer)
        reporting.release_edition(made, by=officer)
        return made

    return _publish


@pytest.fixture
def delivered(closed, publish, officer):
    publish(KIND.COMPILATION)
    publish(KIND.CONSOLIDATED)
    delivery.prepare(closed, language="en", by=officer)
    assembly.freeze_waiting()
    assembly.render_waiting()
    return reporting.deliver(closed, by=officer)


def test_two_officers_who_deliver_at_once_deliver_once(closed, publish, officer, second_officer):
    publish(KIND.COMPILATION)
    publish(KIND.CONSOLIDATED)
    delivery.prepare(closed, language="en", by=officer)
    assembly.freeze_waiting()
    assembly.render_waiting()
    mine, theirs = (Consultation.objects.get(pk=closed.pk) for _ in range(2))

    made = [reporting.deliver(mine, by=officer), reporting.deliver(theirs, by=second_officer)]

    assert made[0] == made[1]
    assert Entry.objects.filter(act="report_delivered").count() == 1
    assert Notice.objects.filter(kind="delivered").count() == 1
    assert Document.objects.filter(posted_at__isnull=False).count() == 3


def test_two_officers_who_release_at_once_release_once(closed, freeze, officer, second_officer):
    frozen = freeze(KIND.COMPILATION)
    mine, theirs = (Edition.objects.get(pk=frozen.pk) for _ in range(2))

    reporting.release_edition(mine, by=officer)
    reporting.release_edition(theirs, by=second_officer)

    frozen.refresh_from_db()
    assert frozen.released_by == officer
    assert Entry.objects.filter(act="report_released").count() == 1
    assert Record.objects.filter(consultation=closed).count() == 1


def head_of(edition):
    return {row["label"]: row["value"]["text"] for row in edition.content["header"]}


def test_the_number_stands_in_the_frozen_bytes_and_delivery_changes_none(delivered):
    compilation = Edition.objects.get(kind=KIND.COMPILATION)
    page = spool.locate(compilation.files.get(format="html").path).read_text()
    assert "SWG3/2-E" in page
    document = Document.objects.get(number="SWG3/2-E")
    assert {f["sha256"] for f in document.files} == {f.sha256 for f in compilation.files.all()}
    assert {f["number"] for f in document.files} == {"SWG3/2-E"}


def test_a_reserved_number_is_shown_to_no_reader_before_delivery(freeze, closed, officer):
    freeze(KIND.COMPILATION)
    assert ReportDocument.objects.count() == 3
    assert meetings.documents(closed.group_meeting, officer) == []
    assert list(meetings.for_members(closed.group_meeting)) == []


def test_language_versions_share_the_number_with_their_suffix(freeze):
    english, arabic = freeze(KIND.CONSOLIDATED), freeze(KIND.CONSOLIDATED, "ar")
    assert english.document == arabic.document
    assert head_of(english)["Document"] == "SWG3/3-E"
    assert "SWG3/3-A" in head_of(arabic).values()


def test_another_language_released_later_joins_the_document(delivered, publish):
    publish(KIND.CONSOLIDATED, "ar")
    document = Document.objects.get(number="SWG3/3-E")
    assert sorted({f["number"] for f in document.files}) == ["SWG3/3-A", "SWG3/3-E"]


def test_a_later_edition_is_a_revision_before_the_group(delivered, publish):
    second = publish(KIND.CONSOLIDATED, errata="A figure is corrected.")
    revision = Document.objects.get(number="SWG3/3(Rev.1)-E")
    assert (revision.kind, revision.of.number) == ("revision", "SWG3/3-E")
    assert {f["sha256"] for f in revision.files} == {f.sha256 for f in second.files.all()}
    assert head_of(second)["Document"] == "SWG3/3(Rev.1)-E"
    assert (
        revision
        in delivery.deliver(delivered.consultation, by=None or second.frozen_by).documents.all()
    )


def test_two_texts_never_stand_under_one_number(closed, publish, freeze, officer):
    publish(KIND.COMPILATION)
    publish(KIND.CONSOLIDATED)
    early = freeze(KIND.CONSOLIDATED, errata="Frozen before the delivery.")
    assert head_of(early)["Document"] == "SWG3/3-E"
    delivery.prepare(closed, language="en", by=officer)
    assembly.freeze_waiting()
    assembly.render_waiting()
    reporting.deliver(closed, by=officer)
    release.waive_review(early, "A sample has one officer.", by=officer)
    with pytest.raises(NumberTakenError):
        reporting.release_edition(early, by=officer)
    early.refresh_from_db()
    assert early.released_at is None
    again = publish(KIND.CONSOLIDATED, errata="Frozen again.")
    assert head_of(again)["Document"] == "SWG3/3(Rev.1)-E"
    revision = Document.objects.get(number="SWG3/3(Rev.1)-E")
    assert {f["sha256"] for f in revision.files} == {f.sha256 for f in again.files.all()}


def test_files_taken_away_by_law_keep_their_number(delivered, freeze):
    document = Document.objects.get(number="SWG3/3-E")
    documents.withhold([f["path"] for f in document.files], at=timezone.now())
    later = freeze(KIND.CONSOLIDATED, errata="Frozen while the redacted edition is made.")
    assert head_of(later)["Document"] == "SWG3/3(Rev.1)-E"


def test_an_edition_with_the_number_of_another_meeting_is_not_delivered(closed, publish, officer):
    publish(KIND.COMPILATION)
    publish(KIND.CONSOLIDATED)
    delivery.prepare(closed, language="en", by=officer)
    assembly.freeze_waiting()
    assembly.render_waiting()
    closed.group_meeting = Meeting.objects.create(
        group=closed.group, kind="group", number=4, slug="swg-4", starts_on=date(2027, 9, 1)
    )
    closed.save()
    with pytest.raises(NumberedElsewhereError):
        reporting.deliver(closed, by=officer)


def test_the_head_says_what_official_papers_say(freeze, closed, officer):
    usual = head_of(freeze(KIND.CONSOLIDATED))
    assert usual["Place and dates"] == "Sample Town, 3 March 2027 to 5 March 2027"
    assert usual["Action required"] == "The group is invited to consider this report."
    assert "Resolution 1336 (Rev. 2019)" in usual["References"]
    typed = Head("Item 4", "What was said.", "Please note it.", "C22/58")
    heads.write(closed, KIND.CONSOLIDATED, typed, language="en", by=officer)
    written = head_of(freeze(KIND.CONSOLIDATED, errata="The head is new."))
    told = [written[label] for label in ("Agenda item", "Summary", "Action required", "References")]
    assert told == ["Item 4", "What was said.", "Please note it.", "C22/58"]
    order = [label for label in written if label in ("Document", "Date", "Source", "Summary")]
    assert order == ["Document", "Date", "Source", "Summary"]
