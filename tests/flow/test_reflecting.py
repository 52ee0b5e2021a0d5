"""A letter to a list: a response, discussion, a subscription or a bounce; and never a loop."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage

import pytest

from consulta.accounts.models import Tally
from consulta.core.lifecycle import State
from consulta.flow import journey, letters, reflecting
from consulta.flow.letters import arriving
from consulta.groups.models import Group
from consulta.mailroom import incoming, letterbox, spool, wording
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.mailroom.trust.checking import Trust
from consulta.reflector import addresses, distribution, files, lists, posting, subscribing
from consulta.reflector.addresses import Verb
from consulta.reflector.models import Post, PostFile, Subscription
from consulta.responses.models import Attachment, Response

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
ANA = "ana@example.org"


@pytest.fixture
def space(consultation, body):
    consultation.group = Group.objects.create(
        body=body, slug="sample-group", short_name="SG", names={"en": "Sample Group"}
    )
    consultation.save()
    return lists.space(consultation, now=NOW)


@pytest.fixture
def send(space):
    """Put a letter into the letterbox and have it opened; what it became."""

    def _send(text="We agree.", *, to=None, sender=ANA, envelope_sender=None, raw=None, **headers):
        message = EmailMessage()
        message["From"] = f"Ana Sample <{sender}>"
        message["Subject"] = headers.pop("subject", "Our response")
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content(text)
        to = to if isinstance(to, list) else [to or addresses.of(space)]
        envelope = Envelope(
            sender if envelope_sender is None else envelope_sender, tuple(to), datetime.now(UTC)
        )
        letterbox.put(envelope, raw or message.as_bytes())
        letters.letters_arrive()
        return [told["outcome"] for told in incoming.outcomes(IncomingMail.objects.latest("pk"))]

    return _send


def confirm_last():
    """Its author answers the mail that was sent last."""
    raw = message_from_bytes(bytes(OutgoingMail.objects.latest("pk").raw))
    token = raw["Reply-To"].split("+confirm-")[1].split("@")[0]
    return posting.confirm(token, now=datetime.now(UTC), sender=ANA)


def test_a_new_thread_in_a_space_is_a_response_with_number_receipt_and_channel(send):
    assert send("We agree with all of it.") == ["response"]

    response, post = Response.objects.get(), Post.objects.get()
    assert (response.channel, response.state) == ("reflector", State.RECEIVED)
    assert response.versions.get().answers.get().text == "We agree with all of it."
    assert response.number in OutgoingMail.objects.get().subject
    assert (post.response, post.state, post.text, post.subject) == (response, "response", "", "")
    assert IncomingMail.objects.get().state == IncomingMail.State.PROCESSED


def test_the_door_takes_letters_to_lists_spaces_and_their_commands(send, space):
    send()

    names = ["sample-group-list", "sample-group-list-11", "sample-group-list+subscribe",
             "Sample-Group-List-11+re-4"]  # fmt: skip
    assert [letterbox.takes(f"{name}@localhost") for name in names] == [True] * 4
    assert not letterbox.takes("sample-group-list-12@localhost")


@pytest.mark.parametrize(
    "said",
    [
        {"subject": "[discussion] A thought"},
        {"X_Consulta_Kind": "discussion"},
        {"to": "sample-group-list-11+discuss@localhost"},
        {"to": "sample-group-list@localhost"},
    ],
)
def test_what_says_that_it_is_discussion_is_none_and_waits_for_its_sender(send, said):
    assert send("A thought.", **said) == ["post"]

    assert Response.objects.count() == 0
    assert Post.objects.get().state == Post.State.UNCONFIRMED
    assert confirm_last().state == Post.State.HELD


def test_an_answer_is_discussion_beneath_what_it_answers(send, space):
    send()
    root = Post.objects.get()

    for how in (
        {"In_Reply_To": root.message_id},
        {"References": f"<unknown@example.org> {root.message_id}"},
        {"to": addresses.reply_to(root)},
        {"to": [addresses.of(space), addresses.reply_to(root)]},
    ):
        send(f"An answer {how}.", subject="Re: something", **how)

    assert Response.objects.count() == 1
    assert (
        list(Post.objects.exclude(pk=root.pk).values_list("root", "parent"))
        == [(root.pk, root.pk)] * 4
    )


def test_a_subject_alone_never_keeps_a_response_from_counting(send):
    send("[discussion]", subject="[discussion] Islands")

    assert send("Our response.", subject="Re: Islands") == ["response"]


def test_the_same_letter_twice_is_one_post_and_to_two_addresses_too(send, space):
    raw = b"From: ana@example.org\r\nSubject: [discussion] x\r\nMessage-ID: <1@x>\r\n\r\nOne.\r\n"
    send(raw=raw), send(raw=raw)
    assert send(raw=raw.replace(b"<1@x>", b"<2@x>"), to=[addresses.of(space), addresses.of(space.list)]) == [
        "post", "post"
    ]  # fmt: skip

    assert Post.objects.count() == 2


def test_a_response_after_the_close_is_registered_and_marked(send, consultation):
    consultation.opens_at, consultation.closes_at = NOW - timedelta(days=9), NOW - timedelta(days=1)
    consultation.save()

    assert send() == ["response"]
    assert Response.objects.get().late


def test_a_response_before_the_opening_is_left_to_a_person(send, consultation):
    consultation.opens_at = NOW + timedelta(days=2)
    consultation.save()

    assert send() == ["not-taken"]
    assert IncomingMail.objects.get().state == IncomingMail.State.SET_ASIDE


@pytest.mark.parametrize(
    "made",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "list", "subject": "[discussion] x"},
        {"List_Id": "<sample-group-list-11.localhost>"},
        {"List_Id": "<other.example.org>"},
        {"envelope_sender": ""},
        {"sender": "sample-group-list-11@localhost"},
    ],
)
@pytest.mark.parametrize("verb", [Verb.POST, Verb.DISCUSS, Verb.SUBSCRIBE, Verb.HELP])
def test_programs_and_our_own_copies_are_neither_posted_nor_answered(send, space, made, verb):
    send()
    before = (Post.objects.count(), OutgoingMail.objects.count())

    assert send("Away.", to=addresses.of(space, verb), **made) == ["automatic"]
    assert (Post.objects.count(), OutgoingMail.objects.count()) == before


def test_a_response_that_was_sent_to_many_is_held_and_not_answered(send):
    assert send(Precedence="bulk") == ["response"]

    assert Response.objects.get().hold_reasons == ["bulk"]
    assert OutgoingMail.objects.count() == 0


def test_a_questionnaire_sent_to_the_list_is_answered_question_by_question(send):
    send("Question 1\nYes.\n\nQuestion 2\nNo.\n")

    answers = Response.objects.get().versions.get().answers.values_list("question", "text")
    assert list(answers) == [(1, "Yes."), (2, "No.")]


def test_a_proved_sender_need_not_confirm(send, monkeypatch):
    proved = Trust(domain="example.org", by="dns", proved=True)
    monkeypatch.setattr(arriving.checking, "check", lambda raw, envelope, *, dns: proved)

    send("[discussion]", subject="[discussion] A thought")
    assert Post.objects.get().state == Post.State.HELD


def test_one_subscribes_by_mail_and_an_answer_from_the_same_address(send, space):
    assert send(to=addresses.of(space, Verb.DIGEST)) == ["command"]
    asked = message_from_bytes(bytes(OutgoingMail.objects.get().raw))
    assert asked["Auto-Submitted"] == "auto-generated"

    assert send(to=asked["Reply-To"], sender="eve@example.org") == ["answer"]
    assert send(to=asked["Reply-To"]) == ["subscription"]

    found = Subscription.objects.get()
    assert (found.email, found.space, found.mode) == (ANA, space, "digest")
    assert subscribing.is_served(found)
    token = asked["Reply-To"].split("+confirm-")[1].split("@")[0]
    assert not any(
        token in str(row) for row in IncomingMail.objects.values_list("envelope_recipients")
    )


def test_one_leaves_by_mail(send, space):
    send(to=addresses.of(space, Verb.SUBSCRIBE))
    found = Subscription.objects.get()
    Subscription.objects.update(confirmed_at=NOW)

    assert send(to=addresses.leave(found)) == ["left"]
    found.refresh_from_db()
    assert found.ended_at is not None


def test_asking_to_leave_mails_the_link_and_only_to_whom_it_concerns(send, space):
    send(to=addresses.of(space, Verb.SUBSCRIBE), sender="bo@example.org")
    Subscription.objects.update(confirmed_at=NOW)
    before = OutgoingMail.objects.count()

    send("Stop", to=addresses.of(space, Verb.UNSUBSCRIBE), sender="eve@example.org")
    assert OutgoingMail.objects.count() == before


def test_commands_are_answered_once_an_hour(send, space):
    for number in range(3):
        send(f"{number}", to=addresses.of(space, Verb.HELP))

    assert OutgoingMail.objects.count() == 1
    assert "sample-group-list-11+discuss@localhost" in OutgoingMail.objects.get().masked_text


def test_who_asked_for_help_can_subscribe_and_respond_within_the_hour(send, space):
    send("?", to=addresses.of(space, Verb.HELP))
    send("Me too", to=addresses.of(space, Verb.SUBSCRIBE))
    send("We agree.")

    assert OutgoingMail.objects.count() == 3


def test_a_response_whose_subject_mentions_discussion_is_a_response(send):
    assert send(subject="Our response to the [discussion] paper") == ["response"]


def test_a_bounce_counts_against_whose_copy_it_was(send, space):
    send(to=addresses.of(space, Verb.SUBSCRIBE))
    found = Subscription.objects.get()
    raw = (
        b"From: MAILER-DAEMON@mx.example.org\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n"
        b"Final-Recipient: rfc822; ana@example.org\r\nAction: failed\r\nStatus: 5.1.1\r\n--b--\r\n"
    )

    assert send(raw=raw, to=addresses.bounces(found), envelope_sender="") == ["bounce"]
    found.refresh_from_db()
    assert found.points == 4


def test_what_became_of_every_letter_is_said_in_words(send, space):
    send(), send(to=addresses.of(space, Verb.DISCUSS)), send(to=addresses.of(space, Verb.HELP))

    told = [wording.outcomes(mail)[0] for mail in IncomingMail.objects.order_by("pk")]
    assert all("enquiry" not in sentence for sentence in told)
    assert incoming.counts()["mails"] == sum(
        count for name, count in incoming.counts().items() if name != "mails"
    )


def test_a_published_response_is_sent_to_who_gets_the_space(
    send, officer, space, settings, tmp_path
):
    settings.EMAIL_URL = f"file://{tmp_path}/out"
    found = subscribing.ask(
        space, subscribing.Wish("bo@example.org", "en"), now=NOW - timedelta(days=1)
    )
    Subscription.objects.filter(pk=found.pk).update(confirmed_at=NOW - timedelta(days=1))
    send("We agree. Write to me: ana@example.org")
    later = datetime.now(UTC) + timedelta(seconds=5)

    assert distribution.distribute_due(later) == 0
    journey.accept_and_publish(Response.objects.get(), by=officer)
    assert distribution.distribute_due(later) == 1
    (copy,) = (tmp_path / "out").iterdir()
    assert b"We agree." in copy.read_bytes()
    assert b"Our response" not in copy.read_bytes()


def test_a_quoted_copy_does_not_publish_the_private_links_of_its_reader(send):
    manage = f"http://localhost:8000/en/reflector/link/subscription/7-{'0a' * 12}/"
    leave = f"sample-group-list+leave-7-{'0b' * 12}@localhost"
    send(f"I agree.\n> Your subscription: {manage}\n> {leave}", to="sample-group-list@localhost")
    send(f"We agree.\n> Your subscription: {manage}\n> {leave}")

    response = Response.objects.get()
    assert Post.objects.earliest("pk").text == "I agree.\n> Your subscription: […]\n> […]"
    assert response.versions.get().answers.get().text == (
        "We agree.\n> Your subscription: […]\n> […]"
    )


def test_many_letters_in_one_name_are_one_mail_an_hour_without_a_word_of_theirs(send):
    for n in range(4):
        send(f"Insult {n}.", to="sample-group-list-11+discuss@localhost", subject=f"Insult {n}")

    mail = OutgoingMail.objects.get()
    assert "Insult" not in mail.subject + mail.masked_text
    assert [post.state for post in Post.objects.all()] == ["unconfirmed"] * 4


def test_who_could_not_be_asked_is_asked_later(send):
    send("One.", to="sample-group-list-11+discuss@localhost")
    send("Two.", to="sample-group-list-11+discuss@localhost")
    assert (letters.confirmations_due(NOW), OutgoingMail.objects.count()) == (0, 1)

    Tally.objects.all().delete()  # an hour later
    assert (letters.confirmations_due(NOW), letters.confirmations_due(NOW)) == (1, 0)
    assert confirm_last().text == "Two."


def test_letters_to_the_office_and_to_a_list_share_their_one_mail_an_hour(send, consultation):
    send("One.", to="consultation-11@localhost")
    send("Two.", to="sample-group-list-11+discuss@localhost")

    assert OutgoingMail.objects.count() == 1


def mail_with(*found, subject="[discussion] Files"):
    """A letter with these files: name and bytes."""
    message = EmailMessage()
    message["From"], message["Subject"] = f"Ana Sample <{ANA}>", subject
    message.set_content("See the files.")
    for name, data in found:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_files_of_discussion_by_mail_are_kept_and_too_many_are_left_out(
    send, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert send(raw=mail_with(*((f"{n}.txt", b"Word %d." % n) for n in range(7)))) == ["post"]

    post = Post.objects.get()
    assert [f.name for f in post.files.all()] == [f"{n}.txt" for n in range(5)]
    assert post.files_left_out == 2
    assert all(spool.locate(f.path).exists() for f in post.files.all())
    assert len(list((spool.locate(post.files.first().path).parent).iterdir())) == 5


def test_files_of_a_letter_that_begins_a_response_belong_to_the_response(send):
    assert send(raw=mail_with(("ours.txt", b"Ours."), subject="Our response")) == ["response"]

    assert [f.name for f in Attachment.objects.all()] == ["ours.txt"]
    assert PostFile.objects.count() == 0


def test_discussion_that_is_a_response_after_all_takes_its_files_along(
    send, officer, django_capture_on_commit_callbacks
):
    send(raw=mail_with(("ours.txt", b"Ours.")))
    post = Post.objects.get()
    files.examine(PostFile.objects.get())
    clean = PostFile.objects.get().clean_path

    with django_capture_on_commit_callbacks(execute=True):
        reflecting.take_as_response(post, by=officer)

    file = Attachment.objects.get()
    assert (file.name, PostFile.objects.count()) == ("ours.txt", 0)
    assert spool.locate(file.path).read_bytes() == b"Ours."
    assert not spool.locate(clean).exists()
