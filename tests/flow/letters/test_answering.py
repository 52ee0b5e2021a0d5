"""An answer to our mail confirms, or brings a new version; words that we wrote ourselves never come back."""

from email import message_from_bytes

import pikepdf
import pytest
from django.utils import timezone

from consulta.core.lifecycle import State
from consulta.flow import letters, tasks
from consulta.mailroom import incoming, wording
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.responses.models import Response
from tests.adapters.files import made
from tests.flow.letters.conftest import THEM, outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def confirmed(post_letter, answer_address):
    """A response by mail whose sender answered the mail that asked to confirm."""

    def _confirmed(text="We agree.", **how):
        post_letter(text, **how)
        letters.letters_arrive()
        post_letter("Yes.", to=[answer_address()])
        letters.letters_arrive()
        return Response.objects.get()

    return _confirmed


def said(response, ordinal=-1):
    version = list(response.versions.all())[ordinal]
    answers = dict(version.answers.values_list("question", "text"))
    return answers, [file.name for file in version.attachments.all()]


def test_the_copy_says_where_an_answer_to_it_goes(confirmed):
    confirmed()

    copy = OutgoingMail.objects.latest("pk")
    raw = message_from_bytes(bytes(copy.raw))

    assert copy.subject.startswith("Copy of your response")
    assert raw["Reply-To"].startswith("answer+")
    assert raw["Auto-Submitted"] == "auto-generated"


def test_a_corrected_file_is_a_new_version_whatever_its_subject(
    confirmed, post_letter, answer_address
):
    response = confirmed("See the file.", files=[("old.pdf", b"%PDF-1.7 old")])

    post_letter(
        "Here is the corrected file.",
        to=[answer_address()],
        subject="Something else",
        files=[("new.pdf", b"%PDF-1.7 new")],
    )
    letters.letters_arrive()

    assert outcome() == ["version"]
    assert said(response, 0) == ({None: "See the file."}, ["old.pdf"])
    assert said(response, 1) == ({None: "See the file."}, ["new.pdf"])
    assert IncomingMail.objects.latest("pk").kind == "version"


@pytest.mark.parametrize("above", ["", "Question 1\nFirst."])
def test_long_words_beside_a_file_are_read_by_a_person_and_never_lost(
    confirmed, post_letter, answer_address, above
):
    response = confirmed("See the file.", files=[("old.pdf", b"%PDF-1.7 old")])
    words = ("We see the second point otherwise. " * 46).strip()

    post_letter(f"{words}\n\n{above}", to=[answer_address()], files=[("new.pdf", b"%PDF-1.7 new")])
    letters.letters_arrive()

    answers, files = said(response, 1)
    assert (answers[None].replace("\n", " "), files) == (f"See the file.  {words}", ["new.pdf"])
    response.refresh_from_db()
    assert response.versions.latest("ordinal").hold_reasons == ["answered"]
    assert response.state == State.HELD


def test_a_form_sent_back_with_words_that_nobody_sees_is_looked_at(
    confirmed, post_letter, answer_address
):
    response = confirmed("Question 1\nFirst.")
    page = "<p>Question 1</p><p>Second.</p><p style='display:none'>Third.</p>"
    head = "From: person@example.org\r\nSubject: Re\r\nContent-Type: text/html\r\n\r\n"

    post_letter(to=[answer_address()], raw=f"{head}{page}".encode())
    letters.letters_arrive()

    version = response.versions.latest("ordinal")
    assert (version.ordinal, version.hold_reasons) == (2, ["hidden_words"])
    assert version.answers.get(question=1).text == "Second."


def test_of_several_files_those_of_the_same_name_are_replaced(
    confirmed, post_letter, answer_address
):
    response = confirmed("Two.", files=[("a.pdf", b"%PDF a"), ("b.pdf", b"%PDF b")])

    post_letter("", to=[answer_address()], files=[("B.pdf", b"%PDF B"), ("c.pdf", b"%PDF c")])
    letters.letters_arrive()

    assert said(response)[1] == ["a.pdf", "B.pdf", "c.pdf"]


def test_answers_under_headings_replace_those_answers_alone(confirmed, post_letter, answer_address):
    response = confirmed("Question 1\nFirst.\n\nQuestion 2\nSecond.")

    post_letter("A correction.\n\nQuestion 2\nBetter.", to=[answer_address()])
    letters.letters_arrive()

    assert said(response)[0] == {1: "First.", 2: "Better."}


def test_words_alone_are_a_version_that_a_person_looks_at(confirmed, post_letter, answer_address):
    response = confirmed("We agree.")
    assert response.state == State.ACCEPTED

    post_letter("We agree, but for option two.", to=[answer_address()])
    letters.letters_arrive()

    response.refresh_from_db()
    version = response.versions.latest("ordinal")
    assert said(response)[0] == {None: "We agree, but for option two."}
    assert (version.hold_reasons, response.state) == (["answered"], State.HELD)


def test_thanks_alone_leave_the_earlier_version_standing_until_a_person_decides(
    confirmed, post_letter, answer_address
):
    response = confirmed("We agree.")

    post_letter("Merci beaucoup !", to=[answer_address()])
    letters.letters_arrive()

    found = response.versions.order_by("ordinal").values_list("screening", flat=True)
    assert list(found) == ["accepted", "waiting"]


def test_what_the_answer_quotes_was_ours_and_is_no_answer(confirmed, post_letter, answer_address):
    response = confirmed("Question 1\nFirst.")
    copy = OutgoingMail.objects.latest("pk")
    quoted = "\n".join("> " + line for line in copy.masked_text.split("\n"))

    post_letter(f"Thank you.\n\nOffice <o@x.org> wrote:\n{quoted}", to=[answer_address()])
    letters.letters_arrive()

    assert said(response)[0] == {1: "First.", None: "Thank you."}


@pytest.mark.parametrize("way", ["bare", "introduced", "html"])
def test_our_mail_is_no_answer_however_a_program_quotes_it(
    confirmed, post_letter, answer_address, way
):
    response = confirmed("We agree.")
    copy = message_from_bytes(bytes(OutgoingMail.objects.latest("pk").raw))
    quoted = copy.get_payload(decode=True).decode()
    lead = "" if way == "bare" else "On Fri, 20 Nov 2026 at 10:00, Office <o@x.org> wrote:\n"
    address, how = answer_address(), {}
    if way == "html":
        body = quoted.replace("\n", "<br>")
        page = f"<p>We agree twice.</p><div>{lead}</div><blockquote>{body}</blockquote>"
        head = f"From: {THEM}\nSubject: Re\nContent-Type: text/html; charset=utf-8\n\n"
        how = {"raw": (head + page).encode()}

    post_letter(f"We agree twice.\n\n{lead}{quoted}", to=[address], **how)
    letters.letters_arrive()

    assert "/mine/" in quoted
    assert outcome() == ["version"]
    assert said(response)[0] == {None: "We agree twice."}


def test_an_answer_that_says_nothing_is_left_to_a_person(confirmed, post_letter, answer_address):
    confirmed()

    post_letter("\n> quoted\n> alone\n> here", to=[answer_address()])
    letters.letters_arrive()

    assert incoming.outcomes(IncomingMail.objects.latest("pk"))[0]["outcome"] == "enquiry"
    assert Response.objects.get().versions.count() == 1


def test_an_answer_to_a_receipt_from_another_address_changes_nothing(
    confirmed, post_letter, answer_address
):
    response = confirmed()

    post_letter("Changed.", to=[answer_address()], sender="somebody@else.example")
    letters.letters_arrive()

    assert (outcome(), response.versions.count()) == (["answer"], 1)


def test_after_the_close_an_answer_changes_nothing_and_a_person_reads_it(
    confirmed, post_letter, answer_address, consultation
):
    response = confirmed()
    address = answer_address()
    consultation.closes_at = timezone.now()
    consultation.save()

    post_letter("Changed.", to=[address])
    letters.letters_arrive()

    mail = IncomingMail.objects.latest("pk")
    assert (outcome(), mail.state, response.versions.count()) == (["closed"], "set_aside", 1)
    assert response.number in wording.outcomes(mail)[0]


def test_the_same_answer_twice_is_one_version(confirmed, post_letter, answer_address):
    response = confirmed()
    address = answer_address()

    for extra in ("a", "b"):
        post_letter("Changed.", to=[address], Message_ID="<1@x.org>", X_Way=extra)
        letters.letters_arrive()

    assert response.versions.count() == 2


def test_a_confirmation_with_a_file_is_both(post_letter, answer_address):
    post_letter("We agree.")
    letters.letters_arrive()

    post_letter("Yes, and here it is.", to=[answer_address()], files=[("a.pdf", b"%PDF")])
    letters.letters_arrive()

    response = Response.objects.get()
    assert outcome() == ["confirmed", "version"]
    assert (response.respondent.confirmed_how, said(response)) == (
        "mail",
        ({None: "We agree."}, ["a.pdf"]),
    )


def test_a_confirmation_with_a_long_text_is_read_by_a_person(post_letter, answer_address):
    post_letter("We agree.")
    letters.letters_arrive()

    post_letter(
        "Yes. " + "But on the second point we see it otherwise. " * 10, to=[answer_address()]
    )
    letters.letters_arrive()

    mail = IncomingMail.objects.latest("pk")
    assert (outcome(), mail.state) == (["confirmed", "words"], "set_aside")


def test_an_answer_that_missed_its_address_says_which_response_it_is_about(confirmed, post_letter):
    response = confirmed()
    ours = OutgoingMail.objects.latest("pk").message_id

    post_letter("And the file?", to=["consultations@localhost"], In_Reply_To=ours)
    letters.letters_arrive()

    told = incoming.outcomes(IncomingMail.objects.latest("pk"))[0]
    assert (told["outcome"], told["number"]) == ("enquiry", response.number)


def test_a_stranger_does_not_learn_by_a_message_id(confirmed, post_letter):
    confirmed()
    ours = OutgoingMail.objects.latest("pk").message_id

    post_letter("x", to=["consultations@localhost"], In_Reply_To=ours, sender="x@else.example")
    letters.letters_arrive()

    assert "number" not in incoming.outcomes(IncomingMail.objects.latest("pk"))[0]


BOUNCE = """From: MAILER-DAEMON@mx.example.net
To: consultations@localhost
Subject: Undelivered
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {to}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such
 user here

--b
Content-Type: text/rfc822-headers

Message-ID: {id}
--b--
"""


@pytest.mark.parametrize(("action", "lasting"), [("failed", "yes"), ("delayed", "no")])
def test_a_bounce_is_shown_at_the_mail_that_came_back(post_letter, action, lasting):
    post_letter()
    letters.letters_arrive()
    ours = OutgoingMail.objects.get()

    raw = BOUNCE.format(to=THEM, id=ours.message_id, action=action)
    post_letter(raw=raw.encode(), sender="", to=["consultations@localhost"])
    letters.letters_arrive()

    mail = IncomingMail.objects.latest("pk")
    assert (mail.bounce_of, mail.kind, mail.state) == (ours, "robot", "processed")
    assert incoming.outcomes(mail) == [
        {
            "to": "consultations@localhost",
            "outcome": "bounce",
            "lasting": lasting,
            "why": "smtp; 550 5.1.1 No such user here",
        }
    ]
    assert OutgoingMail.objects.count() == 1


def test_a_bounce_without_our_message_id_is_told_by_whose_mail_failed(post_letter):
    post_letter()
    letters.letters_arrive()

    raw = BOUNCE.format(to=THEM, id="<none@here>", action="failed")
    post_letter(raw=raw.encode(), sender="", to=["consultations@localhost"])
    letters.letters_arrive()

    assert IncomingMail.objects.latest("pk").bounce_of == OutgoingMail.objects.get()


def test_a_readable_file_takes_the_place_of_a_locked_one_whatever_it_is_called(
    confirmed, post_letter, answer_address
):
    locked = made.saved(made.pdf(), encryption=pikepdf.Encryption(user="a", owner="b"))
    readable = made.saved(made.pdf())
    response = confirmed("Two.", files=[("a.pdf", readable), ("b.pdf", locked)])
    tasks.examine_files()
    assert "without a password" in OutgoingMail.objects.latest("pk").subject

    post_letter("", to=[answer_address()], files=[("b-open.pdf", readable)])
    letters.letters_arrive()
    tasks.examine_files()
    tasks.look()

    response.refresh_from_db()
    assert said(response)[1] == ["a.pdf", "b-open.pdf"]
    assert response.state == State.ACCEPTED
