"""One response at its address, the lists, the register: what a reader can see and verify."""

import csv
import hashlib
import io
import re
from itertools import pairwise

import pytest
from django.test import Client

from consulta.consultations.models import Consultation
from consulta.responses import moderation, withdrawal
from consulta.responses.models import AnswerTranslation, Attachment
from consulta.responses.moderation import Because

pytestmark = pytest.mark.django_db
LIST = "/en/consultations/sample-topic/responses/"
REGISTER = "/en/consultations/sample-topic/register"


def page(path: str, **query: str) -> str:
    return Client().get(path, query).content.decode()


def test_a_published_response_shows_its_words_and_can_be_verified_by_hand(published):
    response = published("Every word of it.")
    shown = page(f"/en/responses/{response.number}/")
    version = response.published_version
    told = Client().get(f"/en/responses/{response.number}/public.json").content
    computed = hashlib.sha256(bytes.fromhex(version.public_salt) + told).hexdigest()
    assert computed == version.public_fingerprint
    for words in ("Every word of it.", version.public_salt, version.public_fingerprint):
        assert words in shown
    assert f"/en/responses/{response.number}/</a>" in shown


def test_headings_follow_one_another_and_the_ribbon_of_a_sample_is_a_landmark(published):
    response = published("Every word of it.")
    Consultation.objects.update(is_sample=True)
    shown = page(f"/en/responses/{response.number}/")
    levels = [int(level) for level in re.findall(r"<h([1-6])", shown)]
    assert levels[:2] == [1, 2]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert '<aside class="ribbon" aria-label="Sample">' in shown


def test_an_unpublished_response_shows_its_line_of_the_register_and_nothing_else(received, officer):
    response = received("Not these words.")
    moderation.decline(response, Because("off_topic", "Told to its author only."), by=officer)
    answer = Client().get(f"/en/responses/{response.number}/")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Declined" in shown
    assert "The response concerns neither the topic" in shown
    for private in ("Not these words", "Told to its author", response.respondent.organisation_name):
        assert private not in shown
    assert Client().get(f"/en/responses/{response.number}/public.json").status_code == 404


def test_a_mistyped_number_says_that_its_check_digit_is_wrong_and_offers_the_box(published):
    right = published().number
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    answer = Client().get(f"/en/responses/{wrong}/")
    assert answer.status_code == 404
    assert "its last digit checks the others" in answer.content.decode()
    assert f'value="{wrong}"' in answer.content.decode()
    unknown = Client().get("/en/responses/11-999996/")
    assert unknown.status_code == 404


@pytest.mark.parametrize(
    "path", ["/ar/responses/{}/", "/ar/search/?q={}", "/ar/responses/?number={}"]
)
def test_arabic_indic_digits_lead_to_the_page(path, published):
    number = published().number
    arabic = number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    answer = Client().get(path.format(arabic))
    assert answer.headers["Location"] == f"/ar/responses/{number}/"


def test_each_answer_has_its_language_and_the_translation_is_folded_under_it(published, officer):
    response = published("Слова.", language="ru")
    answer = response.published_version.answers.get(question=1)
    AnswerTranslation.objects.create(
        answer=answer, language="en", text="Words.", status="courtesy", attached_by=officer
    )
    shown = page(LIST, question="1")
    assert '<div class="prose" lang="ru" dir="ltr"><p>Слова.</p></div>' in shown
    assert shown.index("Слова.") < shown.index("Courtesy translation into English")
    assert '<div class="prose" lang="en" dir="ltr"><p>Words.</p></div>' in shown


def test_a_redacted_passage_is_in_no_page_in_no_translation_and_in_no_search(published, officer):
    response = published("Write to hidden@private.example now.")
    answer = response.published_version.answers.get(question=1)
    AnswerTranslation.objects.create(
        answer=answer, language="fr", text="Écrire à hidden@private.example", status="courtesy"
    )
    for version_answer in response.published_version.answers.all():
        for mark in version_answer.redactions.all():
            moderation.apply_mark(mark, Because("personal_data", "Private."), by=officer)
    seen = page(f"/en/responses/{response.number}/") + page(LIST) + page(LIST, question="1")
    found = page("/en/search/", q="private.example")
    assert "Write to […] now." in seen
    assert "hidden@" not in seen
    assert response.number not in found


def test_filters_keep_to_what_was_asked_and_the_pager_walks_all(published, groups):
    numbers = {published(f"Text {n}").number for n in range(52)}
    other = published("Autre", language="fr")
    french = page(LIST, language="fr")
    assert other.number in french
    assert not any(number in french for number in numbers)
    first = Client().get(LIST).content.decode()
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = page(LIST + following)
    assert all((number in first) != (number in second) for number in numbers)


@pytest.mark.parametrize("query", ["after=nonsense", "question=x", "question=99", "question=²"])
def test_an_address_that_no_page_gave_out_is_not_found(query, consultation):
    assert Client().get(f"{LIST}?{query}").status_code == 404


def test_the_register_has_one_line_per_number_and_the_same_as_csv(received, published):
    numbers = [published().number, received().number]
    gone = published()
    withdrawal.withdraw(gone)
    shown = page(f"{REGISTER}/")
    streamed = Client().get(f"{REGISTER}.csv")
    rows = list(csv.DictReader(io.StringIO(streamed.getvalue().decode())))
    assert [row["number"] for row in rows] == [*numbers, gone.number]
    assert [row["line"] for row in rows] == ["published", "held", "withdrawn"]
    assert all(row["number"] in shown for row in rows)
    assert streamed.headers["Content-Disposition"].startswith("attachment")


def test_only_the_clean_copy_of_a_published_file_is_handed_out_and_nothing_in_it_can_run(
    published, received, tmp_path
):
    (tmp_path / "clean.pdf").write_bytes(b"clean")
    (tmp_path / "original.pdf").write_bytes(b"original")
    shown, waiting = published(), received()

    def attach(response, safety, position=1):
        return Attachment.objects.create(
            version=response.versions.get(),
            position=position,
            name="a<b>.pdf",
            path="original.pdf",
            sha256="0" * 64,
            size=8,
            media_type="application/pdf",
            safety=safety,
            clean_path="clean.pdf" if safety == "clean" else "",
            clean_size=5,
        )

    clean = attach(shown, "clean")
    answer = Client().get(f"/en/responses/{shown.number}/files/{clean.pk}/")
    assert answer.getvalue() == b"clean"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    refused = [(shown, attach(shown, "unsafe", 2)), (waiting, attach(waiting, "clean"))]
    for response, file in refused:
        path = f"/en/responses/{response.number}/files/{file.pk}/"
        assert Client().get(path).status_code == 404
