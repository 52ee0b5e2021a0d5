"""A report of a group at the desk: begun, written, settled, reviewed, frozen, released."""

import pytest
from django.urls import reverse

from consulta.meetings.models import Decision
from consulta.reports.group_reports import beginning, freezing, writing
from consulta.reports.models.group_reports import GroupReport, GroupReportEdition, GroupText
from tests.reports.group_reports.conftest import meetings, report, sample  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, officer, settings):
    settings.DEMO = True
    client.force_login(officer)
    return client


def text_of(report, words):  # noqa: F811
    rows = GroupText.objects.select_related("paragraph__report__group")
    return rows.get(paragraph__report=report, language="en", text=words)


def page(report):  # noqa: F811
    return reverse("desk:group_report", args=[report.slug, "en"])


def form(report, text):  # noqa: F811
    return reverse("desk:group_report_paragraph", args=[report.slug, "en", text.paragraph_id])


def begin(desk, sample, **more):  # noqa: F811
    told = {"group": sample.pk, "kind": "four-year", "languages": ["en"], "audience": "members"}
    return desk.post(reverse("desk:group_reports"), told | more)


def test_a_report_is_begun_and_begun_again_leads_to_the_same(desk, sample, meetings):  # noqa: F811
    first = begin(desk, sample, first=2023, last=2026)
    again = begin(desk, sample, first=2023, last=2026)
    assert first["Location"] == again["Location"] == page(GroupReport.objects.get())


def test_what_is_missing_is_said_at_its_field(desk, sample, meetings):  # noqa: F811
    outcome = begin(desk, sample, kind="outcome", meeting="9")
    years = begin(desk, sample, first=2026, last=2023)
    assert "It has: 1, 2." in outcome.content.decode()
    assert "Name the years, the earlier one first." in years.content.decode()
    assert outcome.status_code == years.status_code == 422


def test_the_page_shows_every_paragraph_with_its_number(desk, report):  # noqa: F811
    said = desk.get(page(report)).content.decode()
    assert "The office keeps a list." in said
    assert ">a)</span>" in said
    assert "For the Chair to write" in said


def test_a_language_that_the_report_has_not_is_no_page(desk, report):  # noqa: F811
    assert desk.get(reverse("desk:group_report", args=[report.slug, "zh"])).status_code == 404


def test_a_paragraph_is_written(desk, report):  # noqa: F811
    text = text_of(report, "The list is good.")
    desk.post(form(report, text), {"act": "begin"})
    sent = {"act": "save", "text": "Praised.", "revision": text.revision}
    assert desk.post(form(report, text), sent).status_code == 302
    assert "Praised." in desk.get(page(report)).content.decode()


def test_what_was_typed_stays_where_another_saved_first(desk, report, second_officer):  # noqa: F811
    text = text_of(report, "The list is good.")
    writing.save(text, "Theirs.", revision=text.revision, by=second_officer)
    writing.let_go(report, "activities", "en", by=second_officer)
    answer = desk.post(form(report, text), {"text": "Mine.", "revision": text.revision})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Mine." in said
    assert "Theirs." in said


def test_who_edits_a_section_is_said_and_nothing_typed_is_lost(
    desk,
    report,  # noqa: F811
    second_officer,
):
    text = text_of(report, "The list is good.")
    writing.take(report, "activities", "en", by=second_officer)
    assert "edits this section now" in desk.get(form(report, text)).content.decode()
    answer = desk.post(form(report, text), {"text": "Mine.", "revision": text.revision})
    assert "Mine." in answer.content.decode()
    assert desk.post(form(report, text), {"act": "take_over"}).status_code == 302


def test_what_was_typed_and_not_sent_is_kept_until_it_is_saved(desk, report):  # noqa: F811
    text = text_of(report, "The list is good.")
    typed = {"text": "Half a sen", "more": "Another", "revision": text.revision}
    assert desk.post(form(report, text) + "keep/", typed).status_code == 200
    assert "did not save" in desk.get(page(report)).content.decode()
    said = desk.get(form(report, text)).content.decode()
    assert "Half a sen" in said
    assert "Another" in said
    desk.post(form(report, text), typed | {"act": "add"})
    again = desk.get(form(report, text)).content.decode()
    assert "Half a sen" in again  # adding a paragraph loses nothing of this one
    assert "Another" not in again
    desk.post(form(report, text), {"text": "A sentence.", "revision": text.revision})
    assert "did not save" not in desk.get(form(report, text)).content.decode()


def test_who_returns_without_saving_finds_the_words_again_or_throws_them_away(
    desk,
    report,  # noqa: F811
):
    text = text_of(report, "The list is good.")
    desk.post(form(report, text), {"act": "done", "text": "Half", "revision": text.revision})
    assert ">Half</textarea>" in desk.get(form(report, text)).content.decode()
    desk.post(form(report, text), {"act": "discard"})
    assert ">The list is good.</textarea>" in desk.get(form(report, text)).content.decode()


def test_both_texts_are_shown_and_one_is_chosen(desk, report, officer):  # noqa: F811
    text = text_of(report, "The list is good.")
    writing.save(text, "Praised.", revision=text.revision, by=officer)
    decision = Decision.objects.get(texts__en__text="The list is good.")
    decision.texts = {"en": {"text": "Very good.", "status": "original"}}
    decision.save()
    desk.post(page(report), {"act": "redraft"})
    said = desk.get(page(report)).content.decode()
    assert "Praised." in said
    assert "Very good." in said
    text.refresh_from_db()
    desk.post(form(report, text), {"act": "take", "revision": text.revision})
    text.refresh_from_db()
    assert text.text == "Very good."


def test_paragraphs_are_added_and_taken_out(desk, report):  # noqa: F811
    text = text_of(report, "The list is good.")
    desk.post(form(report, text), {"act": "add", "more": "A word more."})
    desk.post(form(report, text), {"act": "remove"})
    said = desk.get(page(report)).content.decode()
    assert "A word more." in said
    assert "The list is good." not in said


def test_from_the_head_to_the_release(desk, report, officer, monkeypatch):  # noqa: F811
    monkeypatch.setattr(freezing, "FORMATS", ("json",))
    chairs = GroupText.objects.get(paragraph__key="recommendations", language="en")
    desk.post(page(report), {"act": "freeze"})
    assert not GroupReportEdition.objects.exists()
    desk.post(form(report, chairs), {"text": "We recommend.", "revision": chairs.revision})
    head = {"act": "head", "title": "Ours", "number": "C26/51", "revision": 1}
    assert desk.post(page(report), head).status_code == 302
    desk.post(page(report), {"act": "freeze"})
    edition = GroupReportEdition.objects.get()
    assert edition.number == "C26/51"
    freezing.make_waiting()
    release = {"act": "release", "edition": edition.pk}
    assert "No second officer" in desk.post(page(report), release, follow=True).content.decode()
    desk.post(page(report), release | {"said": "One officer."})
    edition.refresh_from_db()
    assert edition.released_at is not None
    name = edition.files[0]["name"]
    file = desk.get(reverse("desk:group_report_file", args=[report.slug, edition.pk, name]))
    assert b"".join(file.streaming_content)


def test_pages_ask_the_same_number_of_queries_however_long(
    desk,
    report,  # noqa: F811
    meetings,  # noqa: F811
    officer,
    django_assert_max_num_queries,
):
    for position in range(60):
        texts = {"en": {"text": f"Settled {position}.", "status": "original"}}
        Decision.objects.create(
            meeting=meetings[0], position=position + 10, kind="record", texts=texts
        )
    beginning.redraft(report, by=officer)
    with django_assert_max_num_queries(40):
        desk.get(page(report))
