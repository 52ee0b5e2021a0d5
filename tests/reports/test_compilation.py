"""The compilation holds every published response, whole: answers, translations, the words of files."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from consulta.adapters.files.findings import Finding
from consulta.consultations import corrigenda
from consulta.consultations.models import TextStatus
from consulta.core.paper import Heading, NumberedList, Paragraph, ResponseBlock, Table
from consulta.core.submission import RespondentClaim, RespondentKind, Sender, SubmittedAnswer
from consulta.flow import journey
from consulta.reports import assembly, files
from consulta.reports.renderers.html import html
from consulta.responses import publication, translating
from consulta.responses.models import Answer, Attachment, Response

pytestmark = pytest.mark.django_db
AT = datetime(2027, 1, 5, tzinfo=UTC)


@pytest.fixture
def publish(submission, officer):
    def _publish(text="We agree.", *, attached=(), **changes):
        sender = Sender("known@example.org", authenticated=True)
        given = journey.submission_arrives(submission(text, sender=sender, **changes))
        response = Response.objects.get(number=given.number)
        publication.publish(response, by=officer)
        response.refresh_from_db()
        for position, (name, words) in enumerate(attached, 1):
            _attach(response, position, name, words)
        return response

    return _publish


def _attach(response, position, name, words, **changes):
    values = {
        "safety": Attachment.Safety.CLEAN,
        "path": f"files/{position}",
        "sha256": "ab" * 32,
        "size": 1_500_000,
        "clean_path": f"files/clean/{position}",
        "clean_sha256": "cd" * 32,
        "clean_size": 1_200_000,
        "media_type": "application/pdf",
        "text": words,
    }
    return Attachment.objects.create(
        version=response.published_version, position=position, name=name, **(values | changes)
    )


def drawn(consultation, language="en", kind="compilation"):
    return assembly.draw_up(consultation, kind, language=language, at=AT)


def only(paper):
    (block,) = [block for block in paper.blocks if isinstance(block, ResponseBlock)]
    return block


def under(paper, anchor):
    """The blocks from the heading at *anchor* to the next one."""
    start = next(
        i for i, b in enumerate(paper.blocks) if isinstance(b, Heading) and b.anchor == anchor
    )
    found = []
    for block in paper.blocks[start + 1 :]:
        if isinstance(block, Heading):
            break
        found.append(block)
    return paper.blocks[start], found


def said(paragraph):
    return "".join(span.text for span in paragraph.spans)


def test_without_a_response_it_says_so(consultation):
    paper = drawn(consultation)
    assert not [block for block in paper.blocks if isinstance(block, ResponseBlock)]
    assert said(under(paper, "by-respondent")[1][0]) == "No response was published."
    assert "No response was published." in html(paper)


def test_the_words_of_a_file_stand_under_its_response_marked_as_a_machines_reading(
    publish, consultation
):
    response = publish(attached=[("statement.pdf", "Broadband for all islands.")])
    attachment = Attachment.objects.get()
    (file,) = only(drawn(consultation)).attachments
    assert (
        file.href == f"http://localhost:8000/en/responses/{response.number}/files/{attachment.pk}/"
    )
    assert (file.name, file.size, file.sha256) == ("statement.pdf", "1.2 MB", "cd" * 32)
    assert file.title == "Text of the file statement.pdf"
    assert file.note == (
        "Extracted by machine: pictures and layout are missing.\nLanguage: English."
    )
    assert (file.extract.text, file.extract.language) == ("Broadband for all islands.", "en")


def test_a_scan_without_words_says_so_and_its_file_is_listed(publish, consultation):
    publish(attached=[("scan.pdf", " \n ")])
    paper = drawn(consultation)
    (file,) = only(paper).attachments
    assert file.extract.text == ""
    assert file.note.startswith("No text could be extracted from this file")
    assert "scan.pdf" in str(under(paper, "annex")[1])


def test_words_recognised_from_pictures_are_marked_as_less_certain(publish, consultation):
    response = publish()
    _attach(response, 1, "scan.pdf", "Broadbend", findings=[Finding.TEXT_RECOGNISED])
    (file,) = only(drawn(consultation)).attachments
    assert file.note.startswith("Recognised by machine from pictures of pages")


def test_a_long_file_is_cut_and_says_how_much_is_printed(publish, consultation, monkeypatch):
    monkeypatch.setattr(files, "EACH", 1000)
    publish(attached=[("long.pdf", "x" * 2500)])
    (file,) = only(drawn(consultation)).attachments
    assert len(file.extract.text) == 1000
    assert "Cut: the first 1,000 of 2,500 characters are printed here." in file.note


def test_many_long_files_together_are_all_cut_at_the_same_length(
    publish, consultation, monkeypatch
):
    monkeypatch.setattr(files, "TOGETHER", 1000)
    publish(attached=[("short.pdf", "s" * 100), ("a.pdf", "a" * 5000), ("b.pdf", "b" * 700)])
    printed = only(drawn(consultation)).attachments
    assert [len(file.extract.text) for file in printed] == [100, 450, 450]


def test_an_arabic_file_of_an_english_response_runs_from_right_to_left(publish, consultation):
    publish(attached=[("bayan.pdf", "تدعم المنظمة هذا الاقتراح دعماً كاملاً.")])
    (file,) = only(drawn(consultation)).attachments
    assert file.extract.language == "ar"
    assert '<blockquote class="paper-beside" lang="ar" dir="rtl">' in html(drawn(consultation))


def test_a_file_that_was_not_found_safe_is_neither_printed_nor_listed(publish, consultation):
    response = publish()
    _attach(response, 1, "bad.pdf", "words", safety=Attachment.Safety.UNSAFE)
    paper = drawn(consultation)
    assert only(paper).attachments == ()
    assert "A file is not shown because it was not found safe." in only(paper).notes
    assert "annex" not in [getattr(block, "anchor", "") for block in paper.blocks]


def test_the_annex_lists_every_file_with_number_size_checksum_and_address(publish, consultation):
    response = publish(attached=[("a.pdf", "one"), ("b.pdf", "two")])
    _, (count, method, listed) = under(drawn(consultation), "annex")
    assert said(count) == "2 files are published with the responses."
    assert "at most 100,000 characters of each" in said(method)
    assert isinstance(listed, NumberedList)
    first = "".join(span.text for span in listed.items[0])
    for part in (
        "a.pdf",
        "1.2 MB",
        response.number,
        "cd" * 32,
        f"/responses/{response.number}/files/",
    ):
        assert part in first


def test_translations_stand_beside_the_original_that_of_the_frame_first(
    publish, consultation, officer
):
    response = publish("Nous sommes d’accord.", language="fr")
    answer = Answer.objects.get(version=response.published_version)
    for code, text, status in (
        ("ar", "نحن موافقون.", TextStatus.MACHINE),
        ("en", "We agree.", TextStatus.OFFICIAL),
        ("es", "Estamos de acuerdo.", TextStatus.COURTESY),
    ):
        translating.attach(answer, text, language=code, by=officer, status=status)
    (printed,) = only(drawn(consultation)).answers
    assert [(t.label, t.text.text, t.text.language) for t in printed.translations] == [
        ("Official translation: English", "We agree.", "en"),
        ("Translation by machine, not checked: Arabic", "نحن موافقون.", "ar"),
        ("Courtesy translation: Spanish", "Estamos de acuerdo.", "es"),
    ]
    arabic = drawn(consultation, "ar")
    assert [t.text.language for t in only(arabic).answers[0].translations] == ["ar", "en", "es"]
    assert (printed.answer.text, printed.answer.language) == ("Nous sommes d’accord.", "fr")


def test_an_answer_to_a_question_that_is_not_asked_any_more_is_printed_under_its_number(
    publish, consultation
):
    answers = (SubmittedAnswer(1, "First."), SubmittedAnswer(2, "Seventh, once."))
    response = publish(answers=answers)
    Answer.objects.filter(version=response.published_version, question=2).update(question=7)
    paper = drawn(consultation)
    heading, (table,) = under(paper, "q-7")
    assert heading.words.text == "Question 7, which the consultation no longer asks"
    assert table.rows[0][2].text == "Seventh, once."
    assert [answer.question.text for answer in only(paper).answers] == [
        "1. Question 1?",
        "Question 7, which the consultation no longer asks",
    ]


def test_a_correction_of_a_question_stands_under_it(publish, consultation, officer):
    publish()
    question = consultation.questions.get(position=1)
    corrigenda.announce(
        consultation, text="Read 2027, not 2026.", language="en", by=officer, question=question
    )
    _, blocks = under(drawn(consultation), "q-1")
    assert isinstance(blocks[0], Paragraph)
    assert said(blocks[0]).endswith("Read 2027, not 2026.")
    assert isinstance(blocks[1], Table)


def test_the_group_gets_the_words_of_files_too(publish, consultation):
    publish(attached=[("statement.pdf", "Broadband for all islands.")])
    block = only(drawn(consultation, kind="received"))
    assert block.attachments[0].extract.text == "Broadband for all islands."


@pytest.mark.parametrize("size", [2, 40])
def test_more_responses_need_no_more_queries(
    publish, consultation, size, django_assert_max_num_queries
):
    for _ in range(size):
        publish(attached=[("a.pdf", "words")])
    with django_assert_max_num_queries(40):
        drawn(consultation)


def test_hostile_names_and_words_come_through(publish, consultation):
    consultation.closes_at = timezone.now() + timedelta(days=1)
    hostile = '<script>alert(1)</script> #read("/etc/passwd") \u202egpj.exe 👍 ' + "w" * 5000
    claim = RespondentClaim(
        kind=RespondentKind.ORGANISATION, organisation=hostile[:200], country="CH"
    )
    publish(hostile, respondent=claim, attached=[(hostile[:200] + ".pdf", hostile)])
    consultation.texts.filter(language="en").update(topic=hostile[:200])
    page = html(drawn(consultation))
    assert "<script" not in page
    assert "\u202e" not in page
    assert "RIGHT-TO-LEFT OVERRIDE" in page
