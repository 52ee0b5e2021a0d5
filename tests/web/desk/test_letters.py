"""A letter left to a person is read at the desk, downloaded as it came, and tried again."""

import pytest
from django.core.mail import EmailMessage
from django.urls import reverse

from consulta.mailroom import incoming, outbox
from consulta.mailroom.models import IncomingMail
from consulta.mailroom.trust.checking import Trust
from consulta.responses.models import Response
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


def test_a_letter_sorted_otherwise_is_undone_at_the_same_place(whole_body, aside):
    address = reverse("desk:letter_sort", args=[aside.pk])

    first = words(whole_body.post(address, {"to": "spam"}, follow=True))
    aside.refresh_from_db()
    assert (aside.kind, aside.state) == ("spam", IncomingMail.State.PROCESSED)
    assert "Sorted: Spam. You can undo it here." in first
    assert "took it for: Spam" in first

    whole_body.post(address, {"to": "enquiry"})
    aside.refresh_from_db()
    assert (aside.kind, aside.sortings.count()) == ("enquiry", 2)


def test_a_letter_to_nobody_becomes_a_response_to_the_consultation_that_is_chosen(
    whole_body, aside, consultation
):
    address = reverse("desk:letter_sort", args=[aside.pk])
    refused = words(whole_body.post(address, {"to": "response"}, follow=True))
    assert "Choose the consultation" in refused
    assert "11: Sample topic" in refused

    shown = words(whole_body.post(address, {"to": "response", "number": "11"}, follow=True))

    response = Response.objects.get()
    assert response.versions.get().answers.get().text.startswith("When does it close?")
    assert reverse("desk:response", args=[response.number]) in shown
    assert "It leaves the balance." in shown


@pytest.mark.parametrize("sent", [{}, {"to": "nonsense"}, {"to": "version"}, {"to": "enquiry"}])
def test_what_cannot_be_is_refused_in_words(whole_body, aside, sent):
    answer = whole_body.post(reverse("desk:letter_sort", args=[aside.pk]), sent, follow=True)

    assert "This mail stands otherwise by now" in words(answer)


def test_the_page_folds_what_is_quoted_and_says_what_to_beware_of(whole_body, group):
    body = b"Yes.\r\n" + b"\r\n".join(b"> line %d" % n for n in range(5)) + b"\r\n\xf0\xd2"
    aside = letter(b"From: a@b.example\r\nContent-Type: text/plain\r\n\r\n" + body)

    shown = words(whole_body.get(reverse("desk:letter", args=[aside.pk])))

    assert "5 quoted lines" in shown
    assert "was guessed" in shown


def test_the_page_says_what_was_checked_about_the_sender(whole_body, aside):
    aside.trust = Trust("example.org", "dns", "pass", "example.org", (("fail", "x.org"),)).told()
    aside.save()

    shown = words(whole_body.get(reverse("desk:letter", args=[aside.pk])))

    assert "It does not prove to come from example.org: the name may be borrowed." in shown
    assert "holds (example.org)" in shown
    assert "does not hold (x.org)" in shown


def test_letters_lie_on_shelves_by_what_they_were(whole_body, aside):
    spam = reverse("desk:incoming") + "?kind=spam"
    assert "A question &lt;b&gt;about" not in words(whole_body.get(spam))
    whole_body.post(reverse("desk:letter_sort", args=[aside.pk]), {"to": "spam"})

    assert "ana@example.org" in words(whole_body.get(spam))
    assert "ana@example.org" not in words(whole_body.get(reverse("desk:incoming")))
    assert "ana@example.org" in words(whole_body.get(reverse("desk:incoming") + "?kind="))
    assert whole_body.get(reverse("desk:incoming") + "?kind=nonsense").status_code == 200


def test_a_mail_that_came_back_is_found_and_says_why(whole_body, aside):
    mail = outbox.send(EmailMessage("Subject", "Text", to=["gone@example.org"]))[0]
    told = [{"outcome": "bounce", "lasting": "yes", "why": "550 No such user"}]
    incoming.settle(aside.pk, "processed", told, kind="robot", bounce_of=mail)

    shown = words(whole_body.get(reverse("desk:post") + "?state=bounced"))
    page = words(whole_body.get(reverse("desk:mail", args=[mail.pk])))

    for where in (shown, page):
        assert "One of our mails came back: 550 No such user" in where
    assert reverse("desk:letter", args=[aside.pk]) in page
    assert "gone@example.org" not in words(whole_body.get(reverse("desk:post") + "?state=sent"))


def test_the_lists_cost_no_more_with_many_mails(whole_body, group, django_assert_max_num_queries):
    def queries(many):
        while IncomingMail.objects.count() < many:
            n = IncomingMail.objects.count()
            letter(b"From: a@b.example\r\nSubject: %d\r\n\r\nWords %d." % (n, n))
        with django_assert_max_num_queries(60) as counted:
            whole_body.get(reverse("desk:incoming"))
            whole_body.get(reverse("desk:post") + "?state=bounced")
        return len(counted)

    assert queries(1) == queries(3) == queries(40)
