"""Who responded is told once where the report cites the response, or that the report is out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.consultations.models import Question
from consulta.flow import reporting
from consulta.mailroom.models import OutgoingMail
from consulta.notices import citing, following, mailing
from consulta.notices.models import Notice
from consulta.reports import assembly, making, release, writing
from consulta.reports.models import CitationNotice, Edition
from consulta.reports.writing import Typed
from consulta.responses import publication, withdrawal
from consulta.responses.models import Response


@pytest.fixture(autouse=True)
def _light(monkeypatch):
    monkeypatch.setattr(making, "FORMATS", ("html",))


@pytest.fixture
def publish(respond, officer):
    def _publish(email, **changes):
        given = respond(email, **changes)
        response = Response.objects.get(number=given.number)
        publication.publish(response, by=officer)
        return response

    return _publish


@pytest.fixture
def report(consultation, officer):
    """Release the report whose one sentence cites these responses."""

    def _report(*cited, language="en", errata="", words="All of them agree."):
        question = Question.objects.get(consultation=consultation, position=1)
        paragraph = writing.add_paragraph(consultation, question, language=language, by=officer)
        said = [Typed(None, words, tuple(one.number for one in cited))]
        writing.save(paragraph, said, revision=1, by=officer)
        consultation.closes_at = timezone.now() - timedelta(seconds=1)
        consultation.save()
        kind = Edition.Kind.CONSOLIDATED
        made = assembly.freeze(consultation, kind, language=language, by=officer, errata=errata)
        assembly.render_waiting()
        made.refresh_from_db()
        release.explain(consultation, "The others are decided tomorrow.", by=officer)
        release.waive_review(made, "A sample has one officer.", by=officer)
        reporting.release_edition(made, by=officer)
        return made

    return _report


def mails():
    rows = OutgoingMail.objects.filter(subject__contains="report").order_by("recipient")
    return {mail.recipient: (mail.subject, mail.masked_text) for mail in rows}


def test_who_is_cited_reads_the_sentences_and_who_is_not_that_the_report_is_out(publish, report):
    cited, other = publish("cited@example.org"), publish("other@example.org", text="We differ.")
    report(cited)
    assert citing.tell_due(timezone.now()) == 2
    told = mails()
    subject, body = told["cited@example.org"]
    assert subject == "Your response is cited in the report: Sample topic"
    assert "- All of them agree." in body
    assert "/report/#s-" in body
    subject, body = told["other@example.org"]
    assert subject == "The report on the responses is out: Sample topic"
    assert f"No sentence of the report cites your response {other.number}." in body


def test_nothing_in_a_mail_turns_the_words_around_it(publish, report, consultation):
    consultation.texts.filter(language="en").update(topic="Fees\u202e \u2067and\u2069 sees")
    report(publish("cited@example.org"), words="They \u202eagree.")

    citing.tell_due(timezone.now())

    subject, body = mails()["cited@example.org"]
    assert subject == "Your response is cited in the report: Fees[U+202E] and sees"
    assert "- They [U+202E]agree." in body


def test_each_is_told_once_whatever_was_killed(publish, report):
    cited = publish("cited@example.org")
    report(cited)
    assert citing.tell_due(timezone.now()) == 1
    assert citing.tell_due(timezone.now()) == 0
    OutgoingMail.objects.all().delete()
    CitationNotice.objects.all().delete()  # as if the transaction had never been
    assert citing.tell_due(timezone.now()) == 1


def test_one_address_with_two_responses_gets_one_mail(publish, report):
    first, second = publish("twice@example.org"), publish("twice@example.org", text="More words.")
    report(first)
    assert citing.tell_due(timezone.now()) == 1
    (told,) = mails().values()
    assert first.number in told[1]
    assert second.number in told[1]


def test_who_withdrew_never_confirmed_or_wants_no_mails_is_not_told(publish, respond, report):
    gone, ended, cited = (
        publish(f"{who}@example.org", text=who) for who in ("gone", "ended", "on")
    )
    respond("unconfirmed@example.org", confirmed=False, text="Who am I?")
    withdrawal.withdraw(gone)
    following.end(following.end_token_of_response(ended), now=timezone.now())
    made = report(cited)
    assert [r.respondent.email for r in citing.responses(made)] == ["on@example.org"]


def test_the_notice_to_everyone_spares_those_who_are_told_where_they_are_cited(
    publish, follow, report
):
    follow("follower@example.org")
    follow("both@example.org")
    report(publish("both@example.org"))
    citing.tell_due(timezone.now())
    mailing.mail_due(timezone.now())
    notices = OutgoingMail.objects.filter(about__startswith="notices.notice")
    assert list(notices.values_list("recipient", flat=True)) == ["follower@example.org"]
    assert Notice.objects.filter(kind="report").count() == 1
    assert list(mails()) == ["both@example.org", "follower@example.org"]


def test_a_report_in_another_language_is_news_to_its_readers_who_are_cited_in_it(publish, report):
    english = publish("en@example.org")
    arabic = publish("ar@example.org", text="نوافق.", language="ar")
    first = report(english)
    citing.tell_due(timezone.now())
    second = report(english, arabic, language="ar")
    assert first.released_at < second.released_at
    assert [r.pk for r in citing.responses(second)] == [arabic.pk]


def test_an_old_report_is_no_news(publish, report):
    made = report(publish("cited@example.org"))
    Edition.objects.filter(pk=made.pk).update(released_at=timezone.now() - citing.NEWS)
    assert citing.tell_due(timezone.now()) == 0
