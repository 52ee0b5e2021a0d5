"""The brief summary: from the open meeting to the group, without edits."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.consultations.models import Question
from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.flow import summaries as flow
from consulta.groups.permissions import NotAllowedError
from consulta.ledger.models import Entry
from consulta.mailroom import spool
from consulta.meetings.models import Document
from consulta.reports import (
    agreement,
    assembly,
    carrying,
    making,
    queries,
    release,
    summarising,
    summary_queries,
    writing,
)
from consulta.reports.errors import NothingWrittenError, NotRenderedError, ReportError
from consulta.reports.models import Agreement, Edition, GroupDiscussion, Paragraph
from consulta.reports.summary_errors import (
    AgreedAlreadyError,
    AgreementIncompleteError,
    BeforeCarriedError,
    CarriedError,
    EditedSinceError,
    FixedLaterError,
    MeetingNotHeldError,
    NotAgreedYetError,
    SameLanguageError,
)
from consulta.reports.writing import Typed
from consulta.responses import publication
from consulta.responses.models import Response
from tests.reports import summaries

NOT_AGREED = {
    "outcome": Agreement.Outcome.NOT_AGREED,
    "agreed_by": "",
    "views": "Civil society: the text leaves out prices.\nOperators: it does not.",
}


@pytest.fixture
def met(consultation, body):
    return summaries.meet(consultation, body)


@pytest.fixture
def cited(submission, officer):
    sender = Sender("known@example.org", authenticated=True)
    given = journey.submission_arrives(submission("We agree.", sender=sender))
    response = Response.objects.get(number=given.number)
    publication.publish(response, by=officer)
    return response


def test_there_is_no_draft_before_the_open_meeting_begins(consultation, body, officer):
    summaries.meet(consultation, body, in_days=1)

    with pytest.raises(MeetingNotHeldError):
        summaries.write(consultation, "Too early.", by=officer)
    with pytest.raises(MeetingNotHeldError):
        agreement.fix(consultation, language="en", by=officer)

    assert not Paragraph.objects.exists()


def test_a_meeting_without_a_final_date_has_not_begun(met, officer):
    met.open_meeting.is_provisional = True

    with pytest.raises(MeetingNotHeldError):
        summarising.begin(met, by=officer)


def test_nothing_is_fixed_before_something_is_written(met, officer):
    with pytest.raises(NothingWrittenError):
        agreement.fix(met, language="en", by=officer)


def test_a_sentence_of_the_report_is_carried_over_with_its_citations(cited, met, officer):
    question = Question.objects.get(consultation=met, position=1)
    paragraph = writing.add_paragraph(met, question, language="en", by=officer)
    writing.save(paragraph, [Typed(None, "All agree.", (cited.number,))], revision=1, by=officer)

    into = summarising.carry_over(paragraph.sentences.get(), by=officer)
    again = summarising.carry_over(paragraph.sentences.get(), by=officer)

    texts = [
        (s.text, [c.version.response.number for c in s.citations.all()])
        for s in into.sentences.all()
    ]
    assert (into.part, into.question, again.pk) == (Paragraph.Part.WRITTEN, question, into.pk)
    assert texts == [("All agree.", [cited.number])] * 2
    assert [p.part for p in queries.paragraphs(met, "en")] == [Paragraph.Part.REPORT]


def test_the_paper_has_the_figures_the_sentences_and_who_is_cited(cited, met, officer):
    summaries.write(
        met, "One asks for cables.", part=summaries.WRITTEN, by=officer, numbers=(cited.number,)
    )
    summaries.write(met, "The floor spoke of prices.", by=officer)

    content = str(summaries.fixed(met, by=officer).content)

    expected = (
        "1 response is published",
        "One asks for cables.",
        "The floor spoke of prices.",
        cited.number,
        "/en/consultations/sample-topic/summary/",
    )
    assert [words for words in expected if words not in content] == []


def test_what_those_present_said_names_the_text_by_its_hash(met, officer):
    _, made = summaries.agreed(met, by=officer)
    edition = made.edition

    edition.refresh_from_db()
    assert made.content_sha256 == edition.content_sha256
    assert edition.released_at is not None
    entry = Entry.objects.get(act="agreement_recorded")
    assert edition.content_sha256 in bytes(entry.body).decode()
    assert edition.content_sha256 in str(made.record.content)
    assert "All 14 stakeholders present" in str(made.record.content)


def test_only_an_edition_whose_files_are_made_can_be_agreed(met, officer):
    summaries.write(met, "Fixed.", by=officer)
    edition = agreement.fix(met, language="en", by=officer)

    with pytest.raises(NotRenderedError):
        agreement.record(edition, summaries.said(), by=officer)


@pytest.mark.parametrize("minutes", [-60, 60])
def test_nobody_agreed_before_the_text_was_fixed_or_in_the_future(met, officer, minutes):
    summaries.write(met, "Fixed.", by=officer)
    edition = summaries.fixed(met, by=officer)
    at = timezone.now() + timedelta(minutes=minutes)

    with pytest.raises(FixedLaterError):
        agreement.record(edition, summaries.said(at=at), by=officer)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"put_by": " "}, "put_by"),
        ({"agreed_by": ""}, "agreed_by"),
        ({"how": "procedure"}, "procedure"),
        ({"outcome": "reservations"}, "reservations"),
        ({"outcome": "not_agreed"}, "views"),
    ],
)
def test_the_record_is_whole_or_refused(met, officer, changes, field):
    summaries.write(met, "Fixed.", by=officer)
    edition = summaries.fixed(met, by=officer)

    with pytest.raises(AgreementIncompleteError) as refused:
        agreement.record(edition, summaries.said(**changes), by=officer)

    assert refused.value.field == field


def test_an_edit_after_the_agreement_voids_it_and_only_a_new_one_stands(met, officer):
    paragraph, made = summaries.agreed(met, by=officer)

    summaries.edit(paragraph, "Few speakers asked for cheaper cables.", by=officer)

    made.refresh_from_db()
    assert (made.voided_at is not None, made.voided_by) == (True, officer)
    assert Entry.objects.filter(act="agreement_voided").count() == 1
    assert summary_queries.shown(met).void
    with pytest.raises(NotAgreedYetError):
        carrying.carry(met, by=officer)
    with pytest.raises(EditedSinceError):  # the old text is no longer what the draft says
        agreement.record(made.edition, summaries.said(), by=officer)
    renewed = agreement.record(summaries.fixed(met, by=officer), summaries.said(), by=officer)
    assert summary_queries.standing(met) == renewed
    assert not summary_queries.shown(met).void


def test_saving_the_same_words_voids_nothing(met, officer):
    paragraph, made = summaries.agreed(met, by=officer)

    summaries.edit(paragraph, "Most  speakers asked for cheaper cables. ", by=officer)

    made.refresh_from_db()
    assert made.voided_at is None


@pytest.mark.parametrize("act", ["add", "move", "remove"])
def test_every_way_of_changing_the_words_voids_the_agreement(met, officer, act):
    first = summaries.write(met, "First.", by=officer)
    summaries.agreed(met, by=officer)

    if act == "add":
        summaries.write(met, "A third.", by=officer)
    if act == "move":
        summarising.move(first, places=1, by=officer)
    if act == "remove":
        summarising.remove(first, revision=2, by=officer)

    assert summary_queries.standing(met) is None


def test_the_same_edition_is_put_once(met, officer):
    _, made = summaries.agreed(met, by=officer)

    with pytest.raises(AgreedAlreadyError):
        agreement.record(made.edition, summaries.said(), by=officer)


def test_it_is_carried_without_edits_the_very_same_bytes(met, officer):
    _, made = summaries.agreed(met, by=officer, with_files=True)
    put = {f.name: (f.path, f.sha256, f.size) for f in made.edition.files.all()}

    carried = carrying.carry(met, by=officer)

    laid = {f["name"]: (f["path"], f["sha256"], f["size"]) for f in carried.document.files}
    assert (laid, len(put) >= 3) == (put, True)
    for path, sha256, _size in laid.values():
        assert hashlib.sha256(spool.locate(path).read_bytes()).hexdigest() == sha256
    assert carried.document.meeting == met.group_meeting
    assert carried.document.audience == Document.Audience.PUBLIC
    assert "agreed by the stakeholders present" in carried.document.titles["en"]
    assert carrying.carry(met, by=officer).document == carried.document


def test_once_carried_nothing_of_it_changes(met, officer):
    paragraph, made = summaries.agreed(met, by=officer)
    carrying.carry(met, by=officer)

    with pytest.raises(CarriedError):
        summaries.edit(paragraph, "Changed.", by=officer)
    with pytest.raises(CarriedError):
        agreement.fix(met, language="en", by=officer)
    with pytest.raises(CarriedError):
        agreement.record(made.edition, summaries.said(), by=officer)


def test_what_was_not_agreed_is_carried_as_that_with_the_views(met, officer):
    _, made = summaries.agreed(met, by=officer, with_files=True, **NOT_AGREED)

    carried = carrying.carry(met, by=officer)

    assert "not agreed by the stakeholders present" in carried.document.titles["en"]
    assert "the text leaves out prices" in str(made.record.content)
    laid = {f["sha256"] for f in carried.record.files}
    assert laid == {f.sha256 for f in made.record.files.all()} != set()


def test_nothing_is_carried_before_those_present_said_something(met, officer):
    summaries.write(met, "Fixed.", by=officer)
    summaries.fixed(met, by=officer)

    with pytest.raises(NotAgreedYetError):
        carrying.carry(met, by=officer)


def test_a_translation_names_the_text_that_prevails(met, officer):
    _, made = summaries.agreed(met, by=officer)
    summaries.write(met, "طلب معظم المتحدثين كابلات أرخص.", language="ar", by=officer)
    edition = summaries.fixed(met, language="ar", by=officer)

    agreement.release_translation(edition, status="courtesy", by=officer)

    assert made.content_sha256 in str(edition.content)
    shown = summary_queries.shown(met)
    assert [(t.edition.language, t.status) for t in shown.translations] == [("ar", "courtesy")]
    assert summary_queries.standing(met) == made
    with pytest.raises(SameLanguageError):
        agreement.release_translation(made.edition, status="courtesy", by=officer)


def test_a_translation_that_comes_later_is_laid_beside_what_was_carried(met, officer):
    summaries.agreed(met, by=officer, with_files=True)
    carried = carrying.carry(met, by=officer)
    before = [dict(file) for file in carried.document.files]
    summaries.write(met, "طلب معظم المتحدثين كابلات أرخص.", language="ar", by=officer)
    edition = summaries.fixed(met, language="ar", by=officer, with_files=True)

    flow.release_translation(edition, status="official", by=officer)

    carried.document.refresh_from_db()
    after = carried.document.files
    assert after[: len(before)] == before
    assert {f["sha256"] for f in after[len(before) :]} == {f.sha256 for f in edition.files.all()}


def test_it_is_never_released_past_the_agreement(met, officer):
    summaries.write(met, "Fixed.", by=officer)
    edition = summaries.fixed(met, by=officer)

    with pytest.raises(ReportError):
        release.release(edition, by=officer)

    assert Edition.objects.get(pk=edition.pk).released_at is None


def test_the_group_discusses_it_in_part_and_then_whole(met, officer):
    summaries.agreed(met, by=officer)
    summary = carrying.carry(met, by=officer)
    told = {"summary": summary, "meeting": met.group_meeting, "on": timezone.localdate()}

    for status in ("in_part", "discussed"):
        row = GroupDiscussion(status=status, agenda_item="3.2 Open consultation", **told)
        carrying.discussed(GroupDiscussion(**_values(row), language="en"), by=officer)

    [annex] = summary_queries.of_meeting(met.group_meeting)
    assert [d.status for d in annex.discussions] == ["in_part", "discussed"]
    assert annex.discussions[0].agenda_item == "3.2 Open consultation"
    assert [e.pk for e in annex.editions] == [annex.agreement.edition_id]


def test_the_group_took_nothing_up_before_it_met(met, officer):
    summaries.agreed(met, by=officer)
    summary = carrying.carry(met, by=officer)
    row = GroupDiscussion(
        summary=summary,
        status="discussed",
        meeting=met.group_meeting,
        on=timezone.localdate() - timedelta(days=1),
        language="en",
    )

    with pytest.raises(BeforeCarriedError):
        carrying.discussed(row, by=officer)


def test_only_who_may_does_each_act(met, officer, django_user_model):
    _, made = summaries.agreed(met, by=officer)
    nobody = django_user_model.objects.create_user("nobody@example.org", name="Nobody")

    for act in (
        lambda: summaries.write(met, "No.", by=nobody),
        lambda: agreement.fix(met, language="en", by=nobody),
        lambda: agreement.record(made.edition, summaries.said(), by=nobody),
        lambda: carrying.carry(met, by=nobody),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_a_draft_that_cannot_be_laid_out_leaves_no_half_document(met, officer, monkeypatch):
    summaries.write(met, "Fixed.", by=officer)
    edition = agreement.fix(met, language="en", by=officer)

    def fail(_edition: object) -> None:
        raise assembly.LayoutFailedError("killed")

    monkeypatch.setattr(making, "make", fail)
    assembly.render_edition(edition)

    assert not edition.files.exists()
    with pytest.raises(NotRenderedError):
        agreement.record(edition, summaries.said(), by=officer)


def _values(row):
    return {
        name: getattr(row, name) for name in ("summary", "status", "meeting", "on", "agenda_item")
    }


def test_what_lies_before_the_group_has_one_text_in_a_language(met, officer):
    summaries.agreed(met, by=officer, with_files=True)
    carrying.carry(met, by=officer)
    summaries.write(met, "نوقش ذلك.", language="ar", by=officer)
    edition = summaries.fixed(met, language="ar", by=officer, with_files=True)
    flow.release_translation(edition, status="official", by=officer)

    with pytest.raises(CarriedError):
        summaries.write(met, "نوقش ذلك مرة أخرى.", language="ar", by=officer)
    with pytest.raises(CarriedError):
        summaries.fixed(met, language="ar", by=officer)
    again = agreement.release_translation(edition, status="official", by=officer)
    assert again.agreement == Agreement.objects.get()
