"""The report is written at the desk, beside the answers, and nothing typed is ever lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consulta.core.numbering import response_number
from consulta.groups.models import Role
from consulta.reports import locking, places, writing
from consulta.reports.models import Paragraph, Sentence
from consulta.reports.writing import Typed
from consulta.responses import withdrawal
from consulta.responses.models import Answer, Response, Version
from tests.web.desk.reporting.sent import BASE, typed

pytestmark = pytest.mark.django_db


def page_of(paragraph):
    return f"{BASE}paragraphs/{paragraph.pk}/"


def test_the_first_page_shows_every_language_and_how_far_its_report_is(
    desk, publish, paragraph, officer
):
    number = publish().number
    publish("We differ.")
    writing.save(paragraph, [Typed(None, "One agrees.", (number,))], revision=1, by=officer)

    page = desk.get(BASE).content.decode()

    assert "1 of 2" in page
    assert "0 of 2" in page  # Arabic


def test_an_officer_begins_a_paragraph_and_writes_two_sentences(desk, publish, consultation):
    one, two = publish().number, publish("We differ.").number

    desk.post(f"{BASE}in/en/questions/1/add/")
    begun = Paragraph.objects.get()
    desk.post(
        page_of(begun), typed((None, "All answer.", f"{one}, {two}"), (None, "One agrees.", one))
    )

    assert [
        (s.text, sorted(c.version.response.number for c in s.citations.all()))
        for s in begun.sentences.all()
    ] == [("All answer.", sorted([one, two])), ("One agrees.", [one])]


def test_a_sentence_that_is_too_long_is_refused_and_no_word_of_it_is_lost(desk, paragraph):
    long = "word " * 1000 + "the last"

    answer = desk.post(page_of(paragraph), typed((None, "Short.", ""), (None, long, "")))

    page = answer.content.decode()
    assert "Sentence 2: Ensure this value has at most 4000 characters" in page
    assert long in page
    assert not paragraph.sentences.exists()
    assert long in desk.get(page_of(paragraph)).content.decode()  # kept, not saved


def test_a_number_may_be_typed_in_arabic_indic_digits(desk, publish, paragraph):
    number = publish().number
    arabic = number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    desk.post(page_of(paragraph), typed((None, "One agrees.", f"{arabic}،{arabic}")))

    (citation,) = paragraph.sentences.get().citations.all()
    assert citation.version.response.number == number


def test_an_unknown_number_is_named_and_what_was_typed_stays(desk, publish, paragraph):
    number = publish().number

    page = desk.post(page_of(paragraph), typed((None, "My long work.", f"{number} 11-999990")))

    shown = page.content.decode()
    assert page.status_code == 422
    assert "No published response has the number 11-999990." in shown
    assert "My long work." in shown
    assert f"{number} 11-999990" in shown
    assert not paragraph.sentences.exists()


def test_two_officers_at_once_see_both_texts_and_the_second_saves_over_knowingly(
    desk, paragraph, officer, second_officer
):
    locking.release(places.of(paragraph), by=officer)
    writing.save(paragraph, [Typed(None, "Theirs.")], revision=1, by=second_officer)
    locking.release(places.of(paragraph), by=second_officer)

    page = desk.post(page_of(paragraph), typed((None, "Mine.", "")))

    shown = page.content.decode()
    assert page.status_code == 422
    assert "Theirs." in shown
    assert "Mine." in shown
    assert [s.text for s in paragraph.sentences.all()] == ["Theirs."]

    desk.post(page_of(paragraph), typed((None, "Theirs and mine.", ""), revision=2))
    assert [s.text for s in paragraph.sentences.all()] == ["Theirs and mine."]


def test_what_was_typed_into_a_removed_paragraph_is_shown_once_more(desk, paragraph, officer):
    address = page_of(paragraph)
    writing.remove(paragraph, by=officer)

    page = desk.post(address, typed((None, "My long work.", "")))

    assert page.status_code == 410
    assert "My long work." in page.content.decode()


def test_cite_puts_the_number_into_the_sentence_in_hand_and_saves_nothing(desk, publish, paragraph):
    number = publish().number
    sent = typed((None, "First.", ""), (None, "Second.", ""), hand=1, cite=number)

    shown = desk.post(page_of(paragraph), sent).context["rows"]

    assert [(row.text, row.numbers) for row in shown[:2]] == [("First.", ""), ("Second.", number)]
    assert not Sentence.objects.exists()


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        ({"up": 1}, ["B", "A"]),
        ({"down": 0}, ["B", "A"]),
        ({"out": 0}, ["B"]),
        ({"more": 1}, ["A", "B"]),
    ],
)
def test_buttons_change_the_rows_and_keep_every_word(desk, paragraph, pressed, order):
    page = desk.post(page_of(paragraph), typed((None, "A", ""), (None, "B", ""), **pressed))

    assert [row.text for row in page.context["rows"] if row.text] == order


def test_looking_through_the_answers_keeps_what_was_typed(desk, publish, paragraph):
    publish("About cables.")
    publish("About masts.")
    sent = typed((None, "Unsaved.", ""), look=1, words="cables")

    page = desk.post(page_of(paragraph), sent)

    assert [one.text for one in page.context["beside"]] == ["About cables."]
    assert page.context["rows"][0].text == "Unsaved."


def test_answers_are_found_by_number_and_by_group(desk, publish, consultation):
    first, second = publish("About cables."), publish("About masts.")
    address = f"{BASE}in/en/questions/1/"

    by_number = desk.get(address, {"words": second.number}).context["beside"]
    by_group = desk.get(address, {"group": "governments"}).context["beside"]

    assert [one.number for one in by_number] == [second.number]
    assert by_group == []
    assert first.number in desk.get(address).content.decode()


def test_paragraphs_move_and_go(desk, consultation, officer):
    made = [writing.add_paragraph(consultation, None, language="en", by=officer) for _ in range(3)]

    desk.post(f"{page_of(made[2])}move/", {"to": "up"})
    desk.post(f"{page_of(made[0])}remove/")

    assert list(Paragraph.objects.order_by("position")) == [made[2], made[1]]


def test_coverage_says_where_a_response_is_cited_and_which_is_not(
    desk, publish, paragraph, officer
):
    cited, uncited = publish(), publish("We differ.")
    writing.save(paragraph, [Typed(None, "One agrees.", (cited.number,))], revision=1, by=officer)

    every = desk.get(f"{BASE}in/en/coverage/").context["covered"]
    rest = desk.get(f"{BASE}in/en/coverage/?show=uncited").context["covered"]

    assert [(c.response.number, [s.text for s in c.sentences]) for c in every] == [
        (cited.number, ["One agrees."]),
        (uncited.number, []),
    ]
    assert [c.response.number for c in rest] == [uncited.number]


def test_a_withdrawn_response_is_marked_where_the_draft_cites_it(desk, publish, paragraph, officer):
    response = publish()
    writing.save(paragraph, [Typed(None, "It agrees.", (response.number,))], revision=1, by=officer)
    withdrawal.withdraw(response, by=officer)

    shown = desk.get(f"{BASE}in/en/").content.decode()

    assert "Withdrawn by the respondent" in shown


def test_the_number_of_queries_does_not_grow_with_the_register(desk, publish, paragraph, officer):
    places = ("", "in/en/", "in/en/questions/1/", "in/en/coverage/", f"paragraphs/{paragraph.pk}/")
    desk.get(BASE)
    counted, numbers = [], []
    for revision, many in enumerate((1, 3, 300), start=1):
        numbers += copies(publish(), many - len(numbers))
        said = [Typed(None, "So.", tuple(numbers))]
        writing.save(paragraph, said, revision=revision, by=officer)
        counted.append([queries(desk, place) for place in places])

    assert counted[0] == counted[1] == counted[2]


def copies(response, many):
    """The numbers of *response* and of more like it, put on record all at once."""
    version = response.published_version
    first = 1000 * response.serial
    serials = range(first, first + many - 1)
    rows = [like(response, serial=n, number=response_number(11, n)) for n in serials]
    for row in rows:
        row.idempotency_key = f"copy-{row.serial}"
        row.respondent = like(response.respondent)
        row.respondent.save()
    made = Response.objects.bulk_create(rows)
    versions = Version.objects.bulk_create(like(version, response=row) for row in made)
    Answer.objects.bulk_create(like(version.answers.get(), version=v) for v in versions)
    for row, shown in zip(made, versions, strict=True):
        row.published_version = shown
    Response.objects.bulk_update(made, ["published_version"])
    return [response.number, *(row.number for row in made)]


def like(row, **changes):
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    fresh = {"id", "uid", *(f"{name}_id" for name in changes)}
    return type(row)(**{k: v for k, v in values.items() if k not in fresh} | changes)


def queries(desk, place):
    with CaptureQueriesContext(connection) as seen:
        assert desk.get(BASE + place).status_code == 200
    return len(seen)


def test_a_reader_sees_how_far_the_report_is_and_edits_nothing(client, appointed, paragraph):
    reader = appointed(client, Role.READER)

    assert reader.get(BASE).status_code == 200
    assert reader.get(page_of(paragraph)).status_code == 403
    assert reader.post(page_of(paragraph), typed((None, "Mine.", ""))).status_code == 403
    assert not Sentence.objects.exists()


def test_nobody_comes_to_the_report_without_signing_in(client, consultation):
    assert client.get(BASE).status_code == 302
