"""A letter left to a person is read at the desk, downloaded as it came, and tried again."""

import pytest
from django.urls import reverse

from consulta.mailroom.models import IncomingMail
from tests.letters import RAW, letter


@pytest.fixture
def whole_body(people, sign_in):
    return sign_in(people["administrator"])


@pytest.fixture
def aside(group, settings, tmp_path):
    settings.DATA = tmp_path
    return letter()


def words(answer) -> str:
    return answer.content.decode()


def test_the_list_says_in_words_what_became_of_each_letter(whole_body, aside):
    shown = words(whole_body.get(reverse("desk:incoming")))
    assert "enquiries@example.org: an enquiry; answer it yourself." in shown
    assert "outcome" not in shown
    assert reverse("desk:letter", args=[aside.pk]) in shown


def test_a_letter_is_read_as_plain_text(whole_body, aside):
    shown = words(whole_body.get(reverse("desk:letter", args=[aside.pk])))
    for what in ("A question &lt;b&gt;about", "Ana Sample", "When does it close?", "an enquiry"):
        assert what in shown
    assert "<script>alert" not in shown


def test_a_letter_is_downloaded_byte_for_byte_and_never_shown_in_our_name(whole_body, aside):
    answer = whole_body.get(reverse("desk:letter_raw", args=[aside.pk]))
    assert answer.content == RAW
    assert answer["Content-Type"] == "message/rfc822"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_letter_left_to_a_person_is_tried_again_once(whole_body, aside):
    address = reverse("desk:letter_again", args=[aside.pk])
    first = words(whole_body.post(address, follow=True))
    aside.refresh_from_db()
    again = words(whole_body.post(address, follow=True))
    assert (aside.state, aside.attempts) == (IncomingMail.State.WAITING, 0)
    assert "tried again at the next turn" in first
    assert "does not wait any more" in again


def test_a_letter_whose_bytes_are_lost_says_so(whole_body, aside, tmp_path):
    (tmp_path / aside.path).unlink()
    shown = words(whole_body.get(reverse("desk:letter", args=[aside.pk])))
    assert "could not be opened here" in shown
    assert whole_body.get(reverse("desk:letter_raw", args=[aside.pk])).status_code == 404
