"""From published responses to the report in the group's hands."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from consulta.consultations.models import Question
from consulta.core.submission import Sender
from consulta.flow import journey, reporting
from consulta.groups.models import Group
from consulta.mailroom import spool
from consulta.meetings.models import Document, Meeting
from consulta.notices.models import Notice
from consulta.reports import assembly, delivery, figures, queries, release, writing
from consulta.reports.errors import (
    EditedMeanwhileError,
    NothingWrittenError,
    NotRenderedError,
    StillOpenError,
    UndecidedError,
    UnknownNumbersError,
)
from consulta.reports.models import Edition
from consulta.reports.writing import Typed
from consulta.repository.models import Record
from consulta.responses import moderation, publication
from consulta.responses.models import Response
from consulta.responses.moderation import Because


@pytest.fixture
def publish(submission, officer):
    def _publish(text="We agree."):
        sender = Sender("known@example.org", authenticated=True)
        given = journey.submission_arrives(submission(text, sender=sender))
        response = Response.objects.get(number=given.number)
        publication.publish(response, by=officer)
        return response

    return _publish


@pytest.fixture
def closed(consultation, body):
    """Put the consultation on a group's meeting; calling it closes the consultation."""

    def _close():
        group = Group.objects.create(body=body, slug="sample-group", short_name="SWG")
        consultation.group = group
        consultation.group_meeting = Meeting.objects.create(
            group=group, kind="group", number=3, slug="swg-3", starts_on=date(2027, 3, 3)
        )
        consultation.closes_at = timezone.now() - timedelta(seconds=1)
        consultation.save()
        return consultation

    return _close


@pytest.fixture
def paragraph(consultation, officer):
    question = Question.objects.get(consultation=consultation, position=1)
    return writing.add_paragraph(consultation, question, language="en", by=officer)


def test_a_sentence_keeps_its_identity_when_its_words_change(paragraph, publish, officer):
    number = publish().number
    writing.save(paragraph, [Typed(None, "All agree.", (number,))], revision=1, by=officer)
    first = paragraph.sentences.get()

    writing.save(
        paragraph,
        [Typed(None, "New first.", ()), Typed(first.pk, "Most agree.", (number,))],
        revision=2,
        by=officer,
    )

    kept = paragraph.sentences.get(pk=first.pk)
    assert (kept.text, kept.position) == ("Most agree.", 2)
    assert [c.version.response.number for c in kept.citations.all()] == [number]


def test_nobody_overwrites_what_another_officer_saved(paragraph, officer):
    writing.save(paragraph, [Typed(None, "Mine.")], revision=1, by=officer)

    with pytest.raises(EditedMeanwhileError):
        writing.save(paragraph, [Typed(None, "Theirs.")], revision=1, by=officer)

    assert [s.text for s in paragraph.sentences.all()] == ["Mine."]


def test_only_published_responses_can_be_cited(paragraph, officer):
    with pytest.raises(UnknownNumbersError) as refused:
        writing.save(paragraph, [Typed(None, "So.", ("11-999990",))], revision=1, by=officer)

    assert refused.value.numbers == ["11-999990"]


def test_figures_count_respondents_per_question_group_and_country(publish, consultation):
    publish()
    publish("We do not.")

    assert figures.of(consultation)[1] == figures.Figures(
        1,
        total=2,
        by_group=Counter({"civil-society": 2}),
        by_region=Counter({"europe": 2}),
        by_country=Counter({"CH": 2}),
        by_language=Counter({"en": 2}),
    )


def test_nothing_is_frozen_before_the_close(consultation, officer):
    with pytest.raises(StillOpenError):
        assembly.freeze(consultation, Edition.Kind.COMPILATION, language="en", by=officer)


def test_no_report_is_frozen_without_a_sentence_in_its_language(paragraph, closed, officer):
    consultation, kinds = closed(), Edition.Kind
    with pytest.raises(NothingWrittenError):
        assembly.freeze(consultation, kinds.CONSOLIDATED, language="en", by=officer)
    writing.save(paragraph, [Typed(None, "Nobody answered.")], revision=1, by=officer)
    with pytest.raises(NothingWrittenError):
        assembly.freeze(consultation, kinds.CONSOLIDATED, language="fr", by=officer)
    for kind in (kinds.CONSOLIDATED, kinds.COMPILATION):
        assert assembly.freeze(consultation, kind, language="en", by=officer).pk


def test_the_report_goes_from_paragraph_to_page_group_and_repository(
    paragraph, publish, closed, officer
):
    cited, uncited = publish("We agree."), publish("We differ.")
    writing.save(paragraph, [Typed(None, "One agrees.", (cited.number,))], revision=1, by=officer)
    consultation = closed()
    compilation = assembly.freeze(consultation, Edition.Kind.COMPILATION, language="en", by=officer)
    report = assembly.freeze(consultation, Edition.Kind.CONSOLIDATED, language="en", by=officer)
    with pytest.raises(NotRenderedError):
        release.release(report, by=officer)

    assert assembly.render_waiting() == 2
    release.waive_review(report, "This body has one officer.", by=officer)
    for edition in (compilation, report):
        edition.refresh_from_db()
        reporting.release_edition(edition, by=officer)
    delivery.prepare(consultation, language="en", by=officer)
    assembly.freeze_waiting()
    assembly.render_waiting()
    consultation.refresh_from_db()
    made = reporting.deliver(consultation, by=officer)

    formats = {"html", "pdf", "docx", "akn", "json"}
    assert {file.format for file in report.files.all()} == formats
    page = spool.locate(report.files.get(format="html").path).read_text()
    assert "One agrees." in page
    assert cited.number in page
    assert uncited.number in page.split('id="uncited"')[1]
    assert [c.text for c in queries.cited_in([cited, uncited])[cited.number]] == ["One agrees."]
    assert uncited.number not in queries.cited_in([cited, uncited])
    assert [(d.audience, d.sequence) for d in made.documents.order_by("sequence")] == [
        ("members", 1),
        ("public", 2),
        ("public", 3),
    ]
    assert Document.objects.get(sequence=1).number == "SWG3/1-E"
    assert Record.objects.filter(consultation=consultation).count() == 2
    assert [n.kind for n in Notice.objects.order_by("at")] == ["report", "delivered"]
    consultation.refresh_from_db()
    assert consultation.state(timezone.now()) == "delivered"


@pytest.mark.parametrize(
    ("language", "named"), [("ar", "الاجتماع الثالث"), ("en", "SWG3"), ("zh", "第三次会议")]
)
def test_a_report_names_the_meeting_in_its_own_language(closed, language, named):
    consultation = closed()
    titles = {"ar": {"text": "الاجتماع الثالث"}, "zh": {"text": "第三次会议"}}
    consultation.group_meeting.titles = titles
    drawn = assembly.draw_up(consultation, "consolidated", language=language, at=timezone.now())
    assert any(named in row.value.text for row in drawn.header)


def test_no_release_while_a_response_is_undecided_and_unexplained(
    paragraph, publish, submission, closed, officer
):
    publish()
    writing.save(paragraph, [Typed(None, "One agrees.")], revision=1, by=officer)
    undecided = journey.submission_arrives(submission("Who am I?")).number
    consultation = closed()
    report = assembly.freeze(consultation, Edition.Kind.CONSOLIDATED, language="en", by=officer)
    assembly.render_waiting()
    report.refresh_from_db()

    with pytest.raises(UndecidedError) as refused:
        reporting.release_edition(report, by=officer)
    assert refused.value.numbers == [undecided]

    release.explain(consultation, "Its sender is being asked.", by=officer)
    release.waive_review(report, "This body has one officer.", by=officer)
    reporting.release_edition(report, by=officer)
    assert report.released_at is not None


def test_the_group_gets_declined_responses_with_their_ground(publish, submission, closed, officer):
    publish()
    sender = Sender("other@example.org", authenticated=True)
    given = journey.submission_arrives(submission("Buy now!", sender=sender))
    declined = Response.objects.get(number=given.number)
    moderation.decline(declined, Because("spam", "An advertisement."), by=officer)
    consultation = closed()

    delivery.prepare(consultation, language="en", by=officer)
    assembly.freeze_waiting()
    edition = Edition.objects.get(kind=Edition.Kind.RECEIVED)

    told = str(edition.content)
    assert "Buy now!" in told
    assert "An advertisement." in told
    assert edition.released_at is None
