"""The respondent's private page: receipt, where it stands, change, withdraw, appeal, lost link."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone

from consulta.accounts.models import User
from consulta.cli.verify import verify
from consulta.core.lifecycle import State
from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.ledger import checkpoints, keys, sequencer
from consulta.mailroom.models import OutgoingMail
from consulta.responses import appeals, links, moderation, publication
from consulta.responses.models import Appeal, Draft, Response, ReturnLink
from consulta.responses.moderation import Because

pytestmark = pytest.mark.django_db
OFF_TOPIC = Because("off_topic", "It speaks of another matter.")


@pytest.fixture
def visitor(consultation):
    return Client()


@pytest.fixture
def sent(submission):
    """A response that arrived, and the address of its private page."""

    def _sent(text="We welcome it.", *, authenticated=False, **changes):
        made = submission(text)
        sender = Sender(made.sender.address, authenticated=authenticated)
        given = journey.submission_arrives(submission(text, sender=sender, **changes))
        return Response.objects.get(number=given.number), f"/en/mine/{given.mine}/"

    return _sent


def words_of(page):
    return page.content.decode()


def link_in(mail, part):
    raw = bytes(mail.raw).decode().replace("=\r\n", "")
    return next(urlsplit(word).path for word in raw.split() if f"/{part}/" in word)


def test_the_page_shows_number_copy_fingerprint_and_where_it_stands(visitor, sent):
    response, mine = sent()

    page = words_of(visitor.get(mine))

    assert response.number in page
    assert "We welcome it." in page
    assert response.versions.get().private_fingerprint in page
    assert "We have it. It will be looked at next." in page


def test_the_receipt_file_is_accepted_by_verify_without_the_record(visitor, sent, tmp_path):
    response, mine = sent()
    file = tmp_path / "receipt.json"
    answer = visitor.get(f"{mine}receipt-1.json")
    file.write_bytes(answer.content)

    result = CliRunner().invoke(verify, [str(file)])

    assert "attachment" in answer["Content-Disposition"]
    assert (result.exit_code, response.number in result.output) == (0, True)


def test_once_the_record_is_signed_the_receipt_carries_its_proof(visitor, sent, tmp_path):
    _response, mine = sent()
    keys.create()
    sequencer.sequence()
    checkpoints.sign()
    file = tmp_path / "receipt.json"
    file.write_bytes(visitor.get(f"{mine}receipt-1.json").content)

    result = CliRunner().invoke(verify, [str(file), "--format", "json"])

    assert json.loads(result.output)["holds"] is True
    assert json.loads(result.output)["proof"] is True


def test_a_receipt_with_one_word_changed_is_refused(visitor, sent, tmp_path):
    _response, mine = sent()
    file = tmp_path / "receipt.json"
    told = words_of(visitor.get(f"{mine}receipt-1.json"))
    file.write_text(told.replace("We welcome it.", "We refuse it."))

    assert CliRunner().invoke(verify, [str(file)]).exit_code == 1


def test_someone_else_s_link_opens_only_their_response(visitor, sent):
    mine, theirs = sent("Mine."), sent("Theirs.")

    page = words_of(visitor.get(theirs[1]))

    assert "Theirs." in page
    assert "Mine." not in page
    assert mine[0].number not in page


@pytest.mark.parametrize("part", ["", "withdraw/", "appeal/", "receipt-1.json"])
def test_an_unknown_or_expired_link_opens_nothing(visitor, sent, part):
    _response, mine = sent()
    ReturnLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    for address in (mine, "/en/mine/no-such-secret-of-ours/"):
        answer = visitor.get(f"{address}{part}")
        assert answer.status_code == 404
        assert "Get a new private link" in words_of(answer)


@pytest.mark.parametrize("part", ["confirmation/", "change/"])
def test_no_link_acts_by_being_opened(visitor, sent, part):
    _response, mine = sent()

    assert visitor.get(f"{mine}{part}").status_code == 405
    assert not Draft.objects.exists()


def test_opening_the_withdraw_page_withdraws_nothing(visitor, sent):
    response, mine = sent()

    page = visitor.get(f"{mine}withdraw/")

    response.refresh_from_db()
    assert page.status_code == 200
    assert response.state == State.RECEIVED


def test_the_confirmation_mail_is_sent_again_but_not_without_end(visitor, sent):
    _response, mine = sent()

    answers = [visitor.post(f"{mine}confirmation/").status_code for _time in range(6)]

    assert answers == [303] * 5 + [429]
    assert OutgoingMail.objects.count() == 6


def test_the_confirm_page_shows_the_number_and_never_the_words(visitor, sent):
    response, _mine = sent("Our secret plan.")

    page = words_of(visitor.get(link_in(OutgoingMail.objects.get(), "confirm")))

    assert response.number in page
    assert "I sent this response" in page
    assert "secret plan" not in page


def test_the_button_confirms_once_and_opening_the_page_does_not(visitor, sent):
    response, _mine = sent()
    confirm = link_in(OutgoingMail.objects.get(), "confirm")
    visitor.get(confirm)
    response.respondent.refresh_from_db()
    assert not response.respondent.confirmed

    for _time in range(2):
        visitor.post(confirm)

    response.respondent.refresh_from_db()
    assert response.respondent.confirmed
    assert "Your address is confirmed" in words_of(visitor.get(confirm))
    assert OutgoingMail.objects.count() == 2


def test_an_expired_button_tells_how_to_get_another(visitor, sent):
    sent()
    confirm = link_in(OutgoingMail.objects.get(), "confirm")
    ReturnLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answer = visitor.post(confirm)

    assert answer.status_code == 404
    assert "Get a new mail" in words_of(answer)


def test_changing_opens_a_draft_with_words_and_leads_to_a_second_version(visitor, sent):
    response, mine = sent("First.", authenticated=True)
    draft = visitor.post(f"{mine}change/")["Location"]
    seen = visitor.get(draft).context["seen"]
    changed = {"answer-1": "Second.", "language": "en", "seen": seen, "act": "check"}
    check = visitor.post(draft, changed)["Location"]

    answer = visitor.post(check, {"terms": "1/CC-BY-4.0"})

    page = words_of(visitor.get(answer["Location"]))
    assert [v.ordinal for v in response.versions.all()] == [1, 2]
    assert "Second." in page
    assert "First." in page
    assert response.respondent.organisation_name in page


def test_a_second_version_sent_twice_is_one(visitor, sent):
    response, mine = sent("First.", authenticated=True)
    draft = visitor.post(f"{mine}change/")["Location"]

    for _time in range(2):
        visitor.post(f"{draft}check/", {"terms": "1/CC-BY-4.0"})

    assert response.versions.count() == 2


def test_after_the_close_nothing_can_be_changed(visitor, sent, consultation):
    _response, mine = sent()
    consultation.closes_at = timezone.now() - timedelta(seconds=1)
    consultation.save()

    page = words_of(visitor.get(mine))
    answer = visitor.post(f"{mine}change/")

    assert "can no longer be changed" in page
    assert answer["Location"] == mine
    assert not Draft.objects.exists()


def test_withdrawing_twice_is_withdrawing_once(visitor, sent):
    response, mine = sent()

    for _time in range(2):
        visitor.post(f"{mine}withdraw/", {"reason": "Changed\r\nour mind."})

    response.refresh_from_db()
    assert (response.state, response.reason) == (State.WITHDRAWN, "Changed our mind.")
    assert "You withdrew it." in words_of(visitor.get(mine))


def test_a_declined_response_says_why_and_can_be_appealed_once(visitor, sent, officer):
    response, mine = sent(authenticated=True)
    moderation.decline(response, OFF_TOPIC, by=officer)

    page = words_of(visitor.get(mine))
    empty = visitor.post(f"{mine}appeal/", {"text": " "})
    for text in ("It is about the topic.", "Once more."):
        visitor.post(f"{mine}appeal/", {"text": text})

    assert "concerns neither the topic nor the questions" in page
    assert "It speaks of another matter." in page
    assert "Write why the decision should be changed." in words_of(empty)
    assert Appeal.objects.get().text == "It is about the topic."


def test_the_answer_to_an_appeal_stands_in_the_history(visitor, sent, officer, second_officer):
    response, mine = sent(authenticated=True)
    moderation.decline(response, OFF_TOPIC, by=officer)
    made = appeals.appeal(response, "It is about the topic.")
    appeals.decide(made, upheld=True, answer="You are right.", by=second_officer)

    page = words_of(visitor.get(mine))

    assert "Your appeal was upheld" in page
    assert "You are right." in page


def test_a_published_response_has_its_public_link(visitor, sent, officer):
    response, mine = sent(authenticated=True)
    publication.publish(response, by=officer)

    page = words_of(visitor.get(mine))

    assert "It is published, for everyone to read." in page
    assert "Read it on the public page" in page


def test_a_held_response_says_why_in_the_words_of_the_list(visitor, sent):
    _response, mine = sent("  ", authenticated=True)

    assert "The response has neither text nor a file." in words_of(visitor.get(mine))


def test_a_lost_link_is_mailed_only_if_number_and_address_match_and_nobody_can_tell(visitor, sent):
    response, _mine = sent(authenticated=True)
    OutgoingMail.objects.all().delete()
    right = {"number": response.number, "email": response.respondent.email}

    pages = [
        words_of(visitor.post("/en/mine/lost-link/", right | wrong))
        for wrong in ({}, {"email": "other@example.org"}, {"number": "11-000022"})
    ]

    assert len(set(pages)) == 1
    mail = OutgoingMail.objects.get()
    assert mail.recipient == response.respondent.email
    assert response.number in words_of(visitor.get(link_in(mail, "mine")))


def test_an_address_never_confirmed_gets_the_button_and_no_link_to_the_words(visitor, sent):
    response, _mine = sent("Our secret plan.")
    OutgoingMail.objects.all().delete()

    visitor.post(
        "/en/mine/lost-link/", {"number": response.number, "email": response.respondent.email}
    )

    assert b"/confirm/" in bytes(OutgoingMail.objects.get().raw)
    assert b"/mine/" not in bytes(OutgoingMail.objects.get().raw)


def test_a_mistyped_number_is_said_and_arabic_digits_are_read(visitor, sent):
    response, _mine = sent(authenticated=True)
    given = {"email": response.respondent.email}
    arabic = response.number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    wrong = visitor.post("/en/mine/lost-link/", given | {"number": "11-000015"})
    right = visitor.post("/ar/mine/lost-link/", given | {"number": arabic})

    assert "a digit is missing, wrong or swapped" in words_of(wrong)
    assert right.status_code == 200


def test_lost_links_are_not_mailed_without_end(visitor, sent):
    response, _mine = sent(authenticated=True)
    given = {"number": response.number, "email": response.respondent.email}

    answers = [visitor.post("/en/mine/lost-link/", given).status_code for _time in range(6)]

    assert answers == [200] * 5 + [429]


@pytest.fixture
def signed_in(visitor):
    user = User.objects.create_user("member@example.org", name="Member")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    visitor.force_login(user)
    return user


def respond(visitor, **changes):
    given = {"answer-1": "Signed in.", "language": "en", "kind": "individual", "act": "check"}
    check = visitor.post("/en/consultations/sample-topic/respond/", given | changes)["Location"]
    return visitor.post(check, {"terms": "1/CC-BY-4.0"})


def test_who_is_signed_in_with_a_confirmed_address_needs_no_confirmation(visitor, signed_in):
    respond(visitor, email="member@example.org")

    respondent = Response.objects.get().respondent
    assert (respondent.confirmed_how, respondent.account) == ("account", signed_in)
    assert b"/confirm/" not in bytes(OutgoingMail.objects.get().raw)


def test_another_address_than_the_account_s_is_not_confirmed_by_signing_in(visitor, signed_in):
    respond(visitor, email="someone-else@example.org")

    assert Response.objects.get().respondent.confirmed is False


def test_my_responses_are_listed_and_open_by_a_button(visitor, signed_in, sent):
    sent("Somebody else's.")
    respond(visitor)
    mine = Response.objects.get(respondent__account=signed_in)
    other = Response.objects.exclude(pk=mine.pk).get()

    page = words_of(visitor.get("/en/mine/"))
    opened = visitor.post("/en/mine/", {"number": mine.number})

    assert mine.number in page
    assert other.number not in page
    assert mine.number in words_of(visitor.get(opened["Location"]))
    assert visitor.post("/en/mine/", {"number": other.number}).status_code == 404


def test_my_responses_ask_who_one_is(visitor):
    assert "/account/login/" in visitor.get("/en/mine/")["Location"]


def test_a_link_is_stored_only_as_its_hash(sent):
    _response, mine = sent()
    secret = mine.split("/")[3]

    assert links.find(secret, ReturnLink.Purpose.RESPONDENT, now=timezone.now())
    assert not ReturnLink.objects.filter(token_hash__contains=secret).exists()


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_list_of_my_responses_asks_the_same_number_of_queries(
    rows, visitor, signed_in, submission, django_assert_max_num_queries
):
    for number in range(rows):
        sender = Sender(signed_in.email, account=signed_in.pk, authenticated=True)
        journey.submission_arrives(submission(f"Text {number}", sender=sender))

    with django_assert_max_num_queries(9):
        page = words_of(visitor.get("/en/mine/"))

    assert page.count('class="card"') == rows
