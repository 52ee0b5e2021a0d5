"""Two officers at one report: who edits what is shown, and every word that was typed comes back."""

import pytest
from django.test import Client

from consulta.groups.models import Role
from consulta.reports import keeping, locking, places, reviewing, writing
from consulta.reports.models import Lock, Paragraph
from consulta.reports.writing import Typed
from tests.web.desk.reporting.sent import BASE, typed

pytestmark = pytest.mark.django_db
QUESTION = f"{BASE}in/en/questions/1/"


def page_of(paragraph):
    return f"{BASE}paragraphs/{paragraph.pk}/"


@pytest.fixture
def second(second_officer):
    client = Client()
    client.force_login(second_officer)
    return client


def test_the_outline_and_the_question_say_who_edits_what(desk, second, paragraph, officer):
    for place in ("in/en/", "in/en/questions/1/"):
        assert str(officer) in second.get(BASE + place).content.decode()
    assert "You edit this question" in desk.get(QUESTION).content.decode()


def test_who_comes_second_reads_and_gets_no_form(second, paragraph, officer):
    writing.save(paragraph, [Typed(None, "Theirs.")], revision=1, by=officer)

    shown = second.get(page_of(paragraph)).content.decode()

    assert "Theirs." in shown
    assert "Take over from Officer" in shown
    assert 'name="text-0"' not in shown


def test_what_was_typed_when_the_lock_was_lost_is_kept_and_stands_in_the_form_again(
    desk, second, paragraph, second_officer
):
    second.post(f"{QUESTION}lock/", {"over": "1"})
    refused = desk.post(page_of(paragraph), typed((None, "My long work.", "")))
    writing.save(paragraph, [Typed(None, "Theirs.")], revision=1, by=second_officer)
    waiting = desk.get(page_of(paragraph)).content.decode()
    locking.release(places.of(paragraph), by=second_officer)
    again = desk.get(page_of(paragraph)).content.decode()

    assert refused.status_code == 422
    assert refused.content.decode().count("edits this question") == 1
    for shown in (refused.content.decode(), waiting, again):
        assert "My long work." in shown
    assert "Theirs." in again
    desk.post(page_of(paragraph), typed((None, "Theirs and mine.", ""), revision=2))
    assert [s.text for s in paragraph.sentences.all()] == ["Theirs and mine."]
    assert "My long work." not in desk.get(page_of(paragraph)).content.decode()


def test_a_sign_of_life_that_comes_after_the_save_keeps_nothing(desk, paragraph, officer):
    sent = typed((None, "All of it.", ""))
    desk.post(page_of(paragraph), sent | {"save": "1"})
    desk.post(f"{page_of(paragraph)}keep/", sent)

    assert [s.text for s in paragraph.sentences.all()] == ["All of it."]
    assert keeping.kept(paragraph, by=officer) is None


def test_a_sign_of_life_keeps_words_and_says_when_the_question_is_lost(
    desk, second, paragraph, officer
):
    kept = desk.post(f"{page_of(paragraph)}keep/", typed((None, "Half a sen", ""))).content.decode()
    second.post(f"{QUESTION}lock/", {"over": "1"})
    lost = desk.post(f"{page_of(paragraph)}keep/", typed((None, "Half a sentence", "")))

    assert "alert" not in kept
    assert 'role="alert"' in lost.content.decode()
    assert keeping.kept(paragraph, by=officer).rows[0]["text"] == "Half a sentence"
    desk.post(f"{page_of(paragraph)}discard/")
    assert keeping.kept(paragraph, by=officer) is None


def test_what_was_not_changed_is_not_kept(desk, paragraph, officer):
    writing.save(paragraph, [Typed(None, "Mine.")], revision=1, by=officer)
    pk = paragraph.sentences.get().pk

    desk.post(f"{page_of(paragraph)}keep/", typed((pk, "Mine.", ""), revision=2))

    assert keeping.kept(paragraph, by=officer) is None


def test_an_editor_cannot_take_over_while_the_lock_stands(client, appointed, paragraph, officer):
    editor = appointed(client, Role.EDITOR)

    assert editor.post(f"{QUESTION}lock/", {"over": "1"}).status_code == 403
    assert "Take over" not in editor.get(QUESTION).content.decode()
    assert Lock.objects.get().holder == officer


def test_a_question_is_let_go(desk, paragraph):
    desk.post(f"{QUESTION}lock/", {"release": "1"})

    assert not Lock.objects.exists()
    desk.post(f"{QUESTION}lock/", {"take": "1", "paragraph": paragraph.pk})
    assert Lock.objects.exists()


def test_a_passage_is_cited_and_quoted_by_its_words_and_saved_with_the_paragraph(
    desk, publish, paragraph
):
    answer = publish("We agree with\nthe draft. Not at once.").published_version.answers.get()
    said = {"hand": 0, f"words-{answer.pk}": "agree with the draft", "quote": answer.pk}

    page = desk.post(page_of(paragraph), typed((None, "One says", ""), **said))
    row = page.context["rows"][0]
    wrong = desk.post(
        page_of(paragraph),
        typed((None, "Kept.", ""), **(said | {f"words-{answer.pk}": "disagree"})),
    )
    sent = typed((None, row.text, "")) | {"passage-0-0": ":".join(map(str, row.passages[0]))}
    desk.post(page_of(paragraph), sent)

    assert row.text == "One says “agree with the draft”"
    assert wrong.status_code == 422
    assert "Kept." in wrong.content.decode()
    (cited,) = paragraph.sentences.get().citations.all()
    assert (cited.quote, cited.start, cited.end) == ("agree with the draft", 3, 23)
    assert "quoted in the sentence" in desk.get(page_of(paragraph)).content.decode()


def test_quoting_beside_a_question_begins_a_paragraph_with_the_words(desk, publish, consultation):
    answer = publish("We agree.").published_version.answers.get()

    page = desk.post(f"{QUESTION}add/", {"quote": answer.pk, f"said-{answer.pk}": ""}, follow=True)

    assert "“We agree.”" in page.content.decode()
    assert Paragraph.objects.count() == 1


def test_a_text_is_put_up_returned_with_a_remark_and_approved(desk, second, paragraph, officer):
    writing.save(paragraph, [Typed(None, "One agrees.")], revision=1, by=officer)
    review, sentence = f"{QUESTION}review/", paragraph.sentences.get()
    desk.post(f"{BASE}in/en/ready/")
    own = desk.post(review, {"approve": "1"})
    empty = second.post(review, {"return": "1", "remark": " "})
    second.post(review, {"return": "1", f"sentence-{sentence.pk}": "Which one?"})
    returned = desk.get(QUESTION).content.decode()
    desk.post(review, {"ready": "1"})
    blind = second.post(review, {"approve": "1"})
    seen = second.get(review).context["standing"].step.text_sha256
    second.post(review, {"approve": "1", "seen": seen})

    assert blind.status_code == 422
    assert (own.status_code, empty.status_code) == (422, 422)
    assert "Which one?" in returned
    assert reviewing.of(places.of(paragraph)).state == "approved"
    assert "Approved by Second" in desk.get(f"{BASE}in/en/").content.decode()


def test_another_language_is_brought_over_and_waits(desk, paragraph, officer):
    writing.save(paragraph, [Typed(None, "One agrees.")], revision=1, by=officer)

    page = desk.post(f"{BASE}in/ar/follow/", follow=True).content.decode()

    assert "1 sentence to translate" in page
    copy = Paragraph.objects.get(language="ar")
    form = desk.get(page_of(copy)).content.decode()
    assert "Waits for its translation" in form
    assert ">One agrees.</textarea>" not in form
