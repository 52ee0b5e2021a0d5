"""What came by mail becomes a response, a confirmation, or a matter for a person; never nothing."""

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.utils import timezone

from consulta.accounts import ratelimit
from consulta.core.lifecycle import State
from consulta.flow import letters
from consulta.flow.letters import arriving, placing
from consulta.mailroom import incoming, letterbox, post, spool, wording
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.responses.models import Response
from tests.flow.letters.conftest import THEM, US, outcome
from tests.mailroom import hostile
from tests.mailroom.test_post import WORDS

pytestmark = pytest.mark.django_db


def test_a_letter_becomes_a_response_with_a_number_and_a_mail_that_asks_to_confirm(post_letter):
    post_letter("We agree with all of it.")

    assert letters.letters_arrive() == 1

    response, mail = Response.objects.get(), OutgoingMail.objects.get()
    assert (response.channel, response.state) == ("email", State.RECEIVED)
    assert response.versions.get().answers.get().text == "We agree with all of it."
    assert response.versions.get().answers.get().question is None
    assert (response.respondent.email, response.respondent.name) == (THEM, "Sample Person")
    assert mail.recipient == THEM
    assert response.number in mail.subject
    assert "We agree" not in mail.masked_text
    assert IncomingMail.objects.get().state == IncomingMail.State.PROCESSED


def test_answers_in_an_enclosed_letter_are_answers(post_letter):
    inner, outer = EmailMessage(), EmailMessage()
    inner["From"], inner["Date"], inner["Subject"] = "m@example.org", "Fri, 5 Jun 2026", "Answers"
    inner.set_content("Question 1: First.\n\nWe recall the Resolution:\n> All may respond.\n")
    outer["From"], outer["Subject"] = THEM, "Fwd: Answers"
    outer.set_content("Please find our answers below.")
    outer.add_attachment(inner)
    post_letter(raw=outer.as_bytes())
    letters.letters_arrive()

    said = dict(Response.objects.get().versions.get().answers.values_list("question", "text"))
    assert said[1] == "First.\n\nWe recall the Resolution:\n> All may respond."
    assert said[None].startswith("Please find our answers below.")


@pytest.mark.parametrize("language", WORDS)
def test_a_letter_is_answered_in_its_own_language(post_letter, language):
    post_letter(WORDS[language])

    letters.letters_arrive()

    assert Response.objects.get().versions.get().language == language
    assert Response.objects.get().respondent.language == language


def test_answering_the_mail_confirms(post_letter, answer_address):
    post_letter()
    letters.letters_arrive()

    post_letter("Yes.", to=[answer_address()], subject="Re: confirm")
    letters.letters_arrive()

    response = Response.objects.get()
    assert (response.respondent.confirmed_how, response.state) == ("mail", State.ACCEPTED)
    assert outcome() == ["confirmed"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "auto_reply"},
        {"X_Autoreply": "yes"},
        {"sender": "", "header": THEM},
    ],
)
def test_an_out_of_office_reply_does_not_confirm_and_is_not_answered(
    post_letter, answer_address, headers
):
    post_letter()
    letters.letters_arrive()

    post_letter("I am away.", to=[answer_address()], **headers)
    letters.letters_arrive()

    assert not Response.objects.get().respondent.confirmed
    assert OutgoingMail.objects.count() == 1
    assert outcome() == ["automatic"]
    assert [mail.state for mail in incoming.for_a_person()] == [IncomingMail.State.SET_ASIDE]


def test_an_answer_from_another_address_is_set_aside(post_letter, answer_address):
    post_letter()
    letters.letters_arrive()

    post_letter("Yes.", to=[answer_address()], sender="somebody@else.example")
    letters.letters_arrive()

    assert not Response.objects.get().respondent.confirmed
    assert outcome() == ["answer"]


def test_no_row_holds_the_secret_of_an_answer(post_letter, answer_address):
    post_letter()
    letters.letters_arrive()
    address = answer_address()

    post_letter("Yes.", to=[address])
    letters.letters_arrive()

    row = IncomingMail.objects.latest("pk")
    token = letterbox.answer_token(address)
    assert token
    assert token not in f"{row.envelope_recipients}{row.result}"


def test_automatic_mail_to_a_consultation_is_set_aside_and_not_answered(post_letter):
    post_letter("Newsletter", List_Unsubscribe="<https://x.example>")

    letters.letters_arrive()

    assert (Response.objects.count(), OutgoingMail.objects.count()) == (0, 0)
    assert len(incoming.for_a_person()) == 1


def test_the_same_letter_twice_is_one_response_and_one_mail(post_letter):
    for _ in range(2):
        post_letter("Once.", Message_ID="<1@example.org>")

    letters.letters_arrive()
    post_letter("Once.", Message_ID="<1@example.org>")
    letters.letters_arrive()

    assert (Response.objects.count(), OutgoingMail.objects.count()) == (1, 1)
    states = list(IncomingMail.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["processed", "repeated", "repeated"]


def test_another_letter_under_the_same_message_id_is_another_response(post_letter):
    post_letter("One.", Message_ID="<1@example.org>")
    post_letter("Two.", Message_ID="<1@example.org>")

    letters.letters_arrive()

    assert Response.objects.count() == 2


def test_one_address_gets_one_mail_an_hour_and_every_letter_a_number(post_letter):
    for number in range(3):
        post_letter(f"Letter {number}.")

    letters.letters_arrive()

    assert (Response.objects.count(), OutgoingMail.objects.count()) == (3, 1)


def test_a_late_letter_is_registered_and_marked(post_letter, consultation):
    consultation.closes_at = timezone.now() - timedelta(hours=1)
    consultation.save()
    post_letter()

    letters.letters_arrive()

    response = Response.objects.get()
    assert (response.late, response.channel) == (True, "email")


def test_a_letter_sent_before_the_close_is_in_time_however_late_it_is_opened(
    post_letter, consultation
):
    post_letter()
    consultation.closes_at = timezone.now()
    consultation.save()

    letters.letters_arrive()

    assert Response.objects.get().late is False


def test_before_the_opening_a_letter_is_set_aside_for_a_person(post_letter, consultation):
    consultation.opens_at = timezone.now() + timedelta(days=1)
    consultation.save()
    post_letter()

    letters.letters_arrive()

    assert outcome() == ["not-taken"]
    assert Response.objects.count() == 0
    incoming.try_again(IncomingMail.objects.get())
    consultation.opens_at = timezone.now() - timedelta(days=1)
    consultation.save()
    letters.letters_arrive()
    assert Response.objects.count() == 1


def test_a_letter_to_the_office_is_an_enquiry(post_letter):
    post_letter("When does it close?", to=["consultations@localhost"])

    letters.letters_arrive()

    assert outcome() == ["enquiry"]
    assert OutgoingMail.objects.count() == 0


def test_a_letter_of_files_alone_is_a_response_with_files(post_letter, consultation):
    message = EmailMessage()
    message["From"], message["Subject"] = THEM, "Attached"
    message.add_attachment(
        b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../etc/passwd"
    )
    post_letter(raw=message.as_bytes())

    letters.letters_arrive()

    file = Response.objects.get().versions.get().attachments.get()
    assert (file.name, file.size) == ("../../etc/passwd", 8)
    assert spool.locate(file.path).read_bytes() == b"%PDF-1.7"


def test_a_letter_with_nothing_but_a_subject_says_its_subject(post_letter):
    post_letter("", subject="We support option two")

    letters.letters_arrive()

    assert Response.objects.get().versions.get().answers.get().text == "We support option two"


def test_a_subject_alone_is_looked_at_by_a_person(post_letter):
    post_letter("", subject="Please find our response attached")

    letters.letters_arrive()

    assert Response.objects.get().versions.get().hold_reasons == ["subject_alone"]


@pytest.mark.parametrize(
    "raw", [b"", f"From: {THEM}\r\nSubject: Re: (no subject)\r\n\r\n \r\n".encode()]
)
def test_a_letter_of_nothing_is_no_response_is_kept_and_told_once(post_letter, raw):
    for _ in range(2):
        post_letter(raw=raw)
        letters.letters_arrive()
    post_letter(raw=raw + b"\r\n \r\n")
    letters.letters_arrive()

    assert Response.objects.count() == 0
    first = IncomingMail.objects.earliest("pk")
    assert [each["outcome"] for each in incoming.outcomes(first)] == ["empty"]
    assert (first.kind, first.state) == ("enquiry", IncomingMail.State.SET_ASIDE)
    assert letterbox.read(first.path)[1] == raw
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.subject) == (THEM, "Your mail came without words")
    assert b"Auto-Submitted: auto-replied" in bytes(mail.raw)
    assert "no words" in wording.outcomes(first)[0]


def test_nothing_from_a_program_is_not_answered(post_letter):
    post_letter(raw=f"From: {THEM}\r\nAuto-Submitted: auto-replied\r\n\r\n".encode())
    letters.letters_arrive()

    assert (outcome(), OutgoingMail.objects.count()) == (["automatic"], 0)


@pytest.mark.parametrize(
    "sender", ["müller@example.org", "not an address", "a@b", "x" * 400 + "@b.org"]
)
def test_a_sender_that_cannot_be_written_to_still_gets_a_number(post_letter, sender):
    raw = f"From: {sender}\r\nSubject: x\r\n\r\nWe agree.".encode()
    post_letter(sender=sender, raw=raw)

    letters.letters_arrive()

    assert Response.objects.get().respondent.email == ""
    assert OutgoingMail.objects.count() == 0


def test_our_own_mail_is_not_answered(post_letter):
    post_letter(sender="consultation-11@localhost")
    letters.letters_arrive()

    assert (outcome(), OutgoingMail.objects.count()) == (["automatic"], 0)


def test_a_letter_to_two_consultations_is_a_response_to_each(post_letter, consultation):
    second = type(consultation).objects.get(pk=consultation.pk)
    second.pk, second.number, second.slug = None, 12, "second"
    second.save()
    post_letter(to=[US, "Consultation-12@LOCALHOST"])

    letters.letters_arrive()

    slugs = Response.objects.values_list("consultation__slug", flat=True)
    assert sorted(slugs) == ["sample-topic", "second"]


def test_a_letter_that_cannot_be_read_is_kept_tried_again_and_at_last_given_to_a_person(
    post_letter, monkeypatch
):
    post_letter()
    later = timezone.now()

    def broken(raw):
        raise post.UnreadableLetterError("a fault")

    monkeypatch.setattr(post, "open_letter", broken)
    for wait in incoming.PAUSES:
        monkeypatch.setattr(arriving.timezone, "now", lambda at=later + wait: at + timedelta(1))
        assert letters.letters_arrive() == 0
    mail = IncomingMail.objects.get()
    assert (mail.state, mail.attempts) == (IncomingMail.State.FAILED, len(incoming.PAUSES))
    assert spool.locate(mail.path).exists()

    monkeypatch.undo()
    incoming.try_again(mail)
    letters.letters_arrive()

    assert Response.objects.count() == 1


def test_one_bad_letter_does_not_stop_the_next(post_letter):
    post_letter(
        raw=b"From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n" + b"\r\n--x\r\n" * 900
    )
    post_letter("Good.")
    (spool.locate(letterbox.new(1)[0]).parent / "nonsense").write_bytes(b"no letter")

    letters.letters_arrive()

    texts = [r.versions.get().answers.first() for r in Response.objects.all()]
    assert "Good." in [str(text) for text in texts]


class KilledError(BaseException):
    """Stands for kill -9: nothing may catch it."""


STEPS = [
    (letterbox, "file_away"),
    (incoming, "_row"),
    (spool, "remove"),
    (incoming, "claim"),
    (post, "open_letter"),
    (arriving, "_with_files"),
    (placing, "_deliver"),
    (incoming, "settle"),
]


@pytest.mark.parametrize(("room", "step"), STEPS, ids=[step for _room, step in STEPS])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_any_step_the_letter_becomes_one_response(
    post_letter, monkeypatch, room, step, moment
):
    message = EmailMessage()
    message["From"], message["Subject"] = THEM, "Attached"
    message.set_content("We agree.")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    post_letter(raw=message.as_bytes())
    done = getattr(room, step)

    def killed(*args, **options):
        if moment == "after":
            done(*args, **options)
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(room, step, killed)
        with pytest.raises(KilledError):
            letters.letters_arrive()
    soon = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(arriving.timezone, "now", lambda: soon)
    letters.letters_arrive()
    letters.letters_arrive()

    assert Response.objects.count() == 1
    assert Response.objects.get().versions.get().attachments.count() == 1
    assert OutgoingMail.objects.count() == 1
    assert list(IncomingMail.objects.values_list("state", flat=True)) == ["processed"]
    assert letterbox.new(10) == []


def test_the_addresses_that_are_taken_follow_the_consultations(post_letter, consultation):
    letters.letters_arrive()

    assert letterbox.takes("consultation-11@localhost")
    assert letterbox.takes("CONSULTATION-11@LocalHost")
    assert letterbox.takes("postmaster@localhost")
    assert letterbox.takes("consultations@localhost")
    assert letterbox.takes("answer+" + "x" * 22 + "@localhost")
    for stranger in ("consultation-12@localhost", "consultation-11@example.org", "root@localhost"):
        assert not letterbox.takes(stranger)
    consultation.announced_at = None
    consultation.save()
    letters.letters_arrive()
    assert not letterbox.takes("consultation-11@localhost")


def test_every_letter_counts_once_in_the_sum_of_letters(post_letter, answer_address):
    post_letter("A response.")
    letters.letters_arrive()
    post_letter("Yes.", to=[answer_address()])
    post_letter("A question?", to=["consultations@localhost"])
    post_letter("A response.")
    post_letter("Away.", Auto_Submitted="auto-replied")
    letters.letters_arrive()

    assert incoming.counts() == {
        "mails": 5,
        "responses": 1,
        "confirmations": 1,
        "robots": 1,
        "versions": 0,
        "enquiries": 1,
        "repeats": 1,
        "spam": 0,
        "posts": 0,
        "commands": 0,
        "waiting": 0,
    }
    assert re.fullmatch(r"mail/kept/\d{4}-\d\d/.+", IncomingMail.objects.latest("pk").path)


def test_the_desk_reads_in_a_sentence_what_became_of_each_letter(post_letter, consultation):
    post_letter(to=[US, "consultations@localhost"])
    letters.letters_arrive()
    number = Response.objects.get().number

    assert wording.outcomes(IncomingMail.objects.get()) == [
        f"{US}: it is the response {number}.",
        "consultations@localhost: an enquiry; answer it yourself.",
    ]


def test_what_was_sent_to_many_is_held_for_a_person_and_not_answered(post_letter):
    post_letter("Our association agrees.", Precedence="bulk")

    letters.letters_arrive()
    letters.confirmations_due(timezone.now())

    response = Response.objects.get()
    assert (response.state, response.hold_reasons) == (State.HELD, ["bulk"])
    assert OutgoingMail.objects.count() == 0


def test_a_letter_with_words_that_nobody_sees_is_held_and_none_of_them_is_shown(post_letter):
    raw = (
        b"From: person@example.org\r\nSubject: Ours\r\nContent-Type: text/html\r\n\r\n"
        b"<p>We agree.</p><p style='font-size:0'>We do not.</p>"
    )
    post_letter(raw=raw)

    letters.letters_arrive()

    response = Response.objects.get()
    assert (response.state, response.hold_reasons) == (State.HELD, ["hidden_words"])
    assert response.versions.get().answers.get().text == "We agree."


def test_what_a_filter_called_spam_gets_no_number_and_no_answer(post_letter):
    post_letter("Buy now.", X_Spam_Flag="YES")

    letters.letters_arrive()

    assert (outcome(), incoming.counts()["spam"]) == (["spam"], 1)
    assert (Response.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_a_form_sent_back_is_told_apart_by_its_questions(post_letter):
    post_letter("Dear all,\n\n> Question 1\n> Question 1?\nFirst.\n\nالسؤال ٢\nSecond.\n")

    letters.letters_arrive()

    answers = Response.objects.get().versions.get().answers.values_list("question", "text")
    assert sorted(answers, key=str) == [(1, "First."), (2, "Second."), (None, "Dear all,")]


def test_the_mail_that_had_to_wait_an_hour_is_sent_then_once(post_letter, monkeypatch):
    post_letter("One.")
    post_letter("Two.")
    letters.letters_arrive()
    assert letters.confirmations_due(timezone.now()) == 0

    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(ratelimit.timezone, "now", lambda: later)

    assert letters.confirmations_due(later) == 1
    assert letters.confirmations_due(later) == 0
    numbers = set(Response.objects.values_list("number", flat=True))
    assert {
        word for mail in OutgoingMail.objects.all() for word in numbers if word in mail.subject
    } == numbers


def test_the_row_of_a_mail_says_who_wrote_it_and_what_it_was(post_letter):
    post_letter(subject="Наш ответ")
    letters.letters_arrive()

    mail = IncomingMail.objects.get()
    assert (mail.kind, mail.sender, mail.subject) == ("response", THEM, "Наш ответ")
    assert mail.trust["proved"] is False


def test_seven_hundred_hostile_letters_all_end_in_the_sum(consultation):
    now = datetime.now(UTC)
    for raw in hostile.letters():
        letterbox.put(Envelope(THEM, (US,), now), raw)

    while letters.letters_arrive():
        pass

    counts = incoming.counts()
    assert counts.pop("mails") == sum(counts.values()) == 700
    enquiries = IncomingMail.objects.filter(kind="enquiry")
    assert (counts["waiting"], counts["enquiries"]) == (0, enquiries.count())
    assert all('"outcome": "empty"' in mail.result for mail in enquiries)
    assert counts["responses"] == Response.objects.count() > 300
