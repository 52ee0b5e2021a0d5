"""Each act of moderation through its page: done once, said in words, on to what waits next."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consulta.core.lifecycle import State
from consulta.core.submission import RespondentClaim, RespondentKind
from consulta.flow import journey
from consulta.mailroom.models import OutgoingMail
from consulta.responses import (
    appeals,
    content,
    moderation,
    withdrawal,
)
from consulta.responses.models import Attachment, ModerationStep, Redaction, Response, Version
from consulta.responses.moderation import Because
from consulta.stakeholders.models import Respondent
from tests.rounds import a_day

BECAUSE = {"ground": "off_topic", "reason": "It speaks of another matter."}
UNLAWFUL = Because("unlawful", "It names a private person.")


def act(client, response, name, data=None):
    answer = client.post(
        reverse("desk:decide", args=[response.number, name]), data or {}, follow=True
    )
    response.refresh_from_db()
    return answer


def page(client, response) -> str:
    return client.get(reverse("desk:response", args=[response.number])).content.decode()


def test_publishing_goes_on_to_the_next_one_that_waits(moderator, accepted):
    first, second = accepted("One."), accepted("Two.")
    answer = act(moderator, first, "publish")
    assert first.state == State.PUBLISHED
    assert answer.redirect_chain[0][0] == reverse("desk:response", args=[second.number])
    assert f"{first.number} is published." in answer.content.decode()
    last = act(moderator, second, "publish")
    assert "Nothing else waits" in last.content.decode()


def test_a_double_click_publishes_once_and_says_so(moderator, accepted):
    response = accepted()
    act(moderator, response, "publish")
    answer = act(moderator, response, "publish")
    assert "Nothing changed: this was done already" in answer.content.decode()
    assert response.versions.get().screening == Version.Screening.PUBLISHED


@pytest.mark.parametrize(
    ("before", "name", "state"),
    [("accepted", "hold", State.HELD), ("accepted", "decline", State.DECLINED),
     ("published", "remove", State.REMOVED)],
)  # fmt: skip
def test_refusing_needs_a_ground_and_a_reason_and_tells_the_author(
    request, moderator, before, name, state
):
    response = request.getfixturevalue(before)()
    old, mails = response.state, OutgoingMail.objects.count()
    empty = act(moderator, response, name, {"ground": "off_topic", "reason": ""})
    assert (empty.status_code, response.state) == (422, old)
    ground = {"hold": "unclear", "decline": "off_topic", "remove": "unlawful"}[name]
    offered = moderation.grounds(response, name)
    assert offered, name
    ground = ground if ground in {g.slug for g in offered} else offered[0].slug
    act(moderator, response, name, {"ground": ground, "reason": "As the list says."})
    assert (response.state, response.ground) == (state, ground)
    assert OutgoingMail.objects.count() == mails + 1


def test_a_wrong_form_keeps_the_reason_that_was_typed(moderator, accepted):
    response = accepted()
    answer = act(moderator, response, "decline", {"ground": "none", "reason": "My careful words."})
    assert answer.status_code == 422
    assert "My careful words." in answer.content.decode()
    assert response.state == State.ACCEPTED


def test_what_was_declined_is_accepted_only_on_appeal(moderator, declined):
    response = declined()
    for name in ("accept", "accept-and-publish"):
        answer = act(moderator, response, name)
        assert "Nothing changed. The response stands as “Declined”" in answer.content.decode()
    assert response.state == State.DECLINED


def test_what_was_removed_is_shown_again_for_a_reason(moderator, published, officer):
    response = published()
    moderation.remove(response, moderation.Because("spam", "A robot."), by=officer)
    act(moderator, response, "restore", {"reason": "It was no robot."})
    assert response.state == State.PUBLISHED


def test_grounds_are_in_the_language_of_the_page(moderator, accepted):
    response = accepted()
    path = reverse("desk:response", args=[response.number]).replace("/en/", "/ar/")
    shown = moderator.get(path).content.decode()
    texts = [g.text["ar"] for g in moderation.grounds(response, "decline")]
    assert texts
    assert all(text in shown for text in texts)


def test_several_are_published_at_once_each_by_its_own_act(moderator, accepted, at_desk, declined):
    ticked = [accepted(f"{n}").number for n in range(3)]
    refused = declined().number
    answer = moderator.post(
        reverse("desk:publish_several", args=[at_desk.slug]),
        {"number": [*ticked, refused], "list": "accepted"},
        follow=True,
    ).content.decode()
    assert "3 responses were published." in answer
    assert f"{refused}: " in answer
    assert Response.objects.filter(state=State.PUBLISHED).count() == 3


def test_marked_passages_are_highlighted_and_decided_together(moderator, accepted):
    response = accepted("Write to person@example.org or call +41 22 555 01 01 today.")
    shown = page(moderator, response)
    assert "<mark>person@example.org</mark>" in shown
    mail, telephone = Redaction.objects.order_by("start")
    data = {f"mark-{mail.pk}": "redact", f"mark-{telephone.pk}": "keep"}
    data |= {"ground": "personal_data", "reason": "A private address."}
    for _click in range(2):
        moderator.post(reverse("desk:marks", args=[response.number]), data)
    answer = response.versions.get().answers.get()
    assert content.public_text(answer) == "Write to […] or call +41 22 555 01 01 today."
    assert ModerationStep.objects.filter(response=response, act="redacted").count() == 1
    assert "<del>person@example.org</del>" in page(moderator, response)


def test_a_name_that_looks_like_a_number_is_let_stand_and_cut_again(moderator, published):
    response = published()
    Respondent.objects.update(organisation_name="Union 1990 tel. 022 730 51 11")
    address = reverse("desk:confirm", args=[response.number])
    assert "Show the name as it was written" in page(moderator, response)

    moderator.post(address, {"what": "whole-name"})
    response.refresh_from_db()
    assert response.public_name == "Union 1990 tel. 022 730 51 11"
    told = content.public(response.published_version)
    assert told["respondent"]["name"] == response.public_name

    assert "Leave the address or number out" in page(moderator, response)
    moderator.post(address, {"what": "short-name"})
    response.refresh_from_db()
    assert response.public_name.startswith("Union 1990")
    assert "730" not in response.public_name


def test_a_passage_is_redacted_by_pasting_it(moderator, accepted):
    response = accepted("Mr Sample of room 4\nwas rude.")
    answer = response.versions.get().answers.get()
    address = reverse("desk:redact", args=[response.number, answer.pk])
    data = {"ground": "personal_data", "reason": "A person."}
    absent = moderator.post(address, data | {"passage": "Mrs Sample"})
    assert absent.status_code == 422
    assert "do not stand in the answer" in absent.content.decode()
    for _click in range(2):
        moderator.post(address, data | {"passage": "Mr Sample of room 4\r\nwas"})
    assert content.public_text(answer) == "[…] rude."
    assert Redaction.objects.filter(answer=answer).count() == 1


def test_a_passage_that_stands_twice_is_asked_about(moderator, accepted):
    response = accepted("Sample said yes. Later Sample said no.")
    answer = response.versions.get().answers.get()
    address = reverse("desk:redact", args=[response.number, answer.pk])
    data = {"ground": "personal_data", "reason": "A person.", "passage": "Sample"}
    asked = moderator.post(address, data)
    assert "It occurs more than once" in asked.content.decode()
    assert not Redaction.objects.exists()
    moderator.post(address, data | {"start": "23"})
    assert content.public_text(answer) == "Sample said yes. Later […] said no."


def test_an_appeal_is_decided_by_a_second_person_only(sign_in, people, accepted):
    response = accepted()
    moderation.decline(response, moderation.Because("off_topic", "No."), by=people["moderator"])
    appeals.appeal(response, "Look again.")
    address = reverse("desk:appeal", args=[response.number])
    own = sign_in(people["moderator"]).post(address, {"upheld": "yes", "answer": "I was wrong."})
    assert own.status_code == 422
    assert "Another person must decide" in own.content.decode()
    assert "I was wrong." in own.content.decode()
    sign_in(people["officer"]).post(address, {"upheld": "yes", "answer": "You are right."})
    response.refresh_from_db()
    assert response.state == State.ACCEPTED


def test_a_sender_and_a_mandate_are_confirmed_on_evidence(moderator, submission, at_desk):
    claim = RespondentClaim(
        kind=RespondentKind.ORGANISATION,
        organisation="Sample Ministry",
        stakeholder_group="governments",
        country="CH",
    )
    given = journey.submission_arrives(submission("Ours.", respondent=claim))
    response = Response.objects.get(number=given.number)
    address = reverse("desk:confirm", args=[response.number])
    moderator.post(address, {"what": "sender", "evidence": ""})
    assert not Response.objects.get(pk=response.pk).respondent.confirmed
    moderator.post(address, {"what": "sender", "evidence": "Letter 12"})
    moderator.post(address, {"what": "mandate", "evidence": "Note 3"})
    respondent = Response.objects.get(pk=response.pk).respondent
    assert (respondent.confirmed, respondent.mandate_needed) == (True, False)
    assert respondent.confirmation_evidence == "Letter 12\nNote 3"


def test_a_courtesy_translation_stands_beside_the_original(sign_in, people, accepted):
    response = accepted("نحن نرحب بذلك.", language="ar")
    answer = response.versions.get().answers.get()
    sign_in(people["editor"]).post(
        reverse("desk:translate", args=[response.number, answer.pk]),
        {"language": "en", "status": "courtesy", "text": "We welcome it."},
    )
    translation = answer.translations.get()
    assert (translation.text, translation.status) == ("We welcome it.", "courtesy")


def test_a_translation_after_a_redaction_is_warned_about(moderator, accepted, officer):
    response = accepted("Ask Ana. We agree.", language="ar")
    warning = "must not stand in the translation either"
    assert warning not in page(moderator, response)
    moderation.redact(response.versions.get().answers.get(), (0, 8), UNLAWFUL, by=officer)
    assert warning in page(moderator, response)


def test_history_says_whether_rules_or_the_respondent_did_it(moderator, accepted):
    response = accepted("We agree.")
    withdrawal.withdraw(response, reason="We changed our mind.")
    shown = moderator.get(reverse("desk:response", args=[response.number])).content.decode()
    assert "<bdi>the respondent</bdi>" in shown
    assert "We changed our mind." in shown
    assert "<bdi>the rules</bdi>" in shown


def test_a_response_with_nothing_in_it_does_not_speak_of_files(moderator, accepted):
    response = accepted("We agree.")
    response.versions.get().answers.all().delete()
    shown = moderator.get(reverse("desk:response", args=[response.number])).content.decode()
    assert "Neither text nor files" in shown
    assert "see the files" not in shown


def test_a_file_is_saved_and_never_shown_in_our_name_and_released_once(
    moderator, accepted, tmp_path
):
    response = accepted()
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "page").write_bytes(b"<script>alert(1)</script>")
    file = Attachment.objects.create(
        version=response.versions.get(), position=1, name="page.html", path="files/page",
        sha256="0" * 64, size=25, safety="unsafe", findings=["broken"],
    )  # fmt: skip
    got = moderator.get(reverse("desk:original", args=[response.number, file.pk]))
    got.close()
    assert got["Content-Disposition"].startswith("attachment")
    assert got["Content-Type"] == "application/octet-stream"
    address = reverse("desk:release", args=[response.number, file.pk])
    moderator.post(address, {"reason": ""})
    file.refresh_from_db()
    assert file.safety == "unsafe"
    moderator.post(address, {"reason": "I read it: harmless."})
    file.refresh_from_db()
    assert file.safety == "released"


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_the_queue_asks_the_same_number_of_queries(
    rows, moderator, at_desk, submission, django_assert_num_queries
):
    for number in range(rows):
        journey.submission_arrives(submission(f"Text {number}"), by_mail=False)
    with django_assert_num_queries(30):
        shown = moderator.get(reverse("desk:responses", args=[at_desk.slug]) + "?list=")
    assert shown.content.decode().count("rows-title") == min(rows, 50)


def test_the_pages_of_the_queue_follow_each_other(moderator, at_desk, submission):
    for number in range(60):
        journey.submission_arrives(submission(f"Text {number}"), by_mail=False)
    address = reverse("desk:responses", args=[at_desk.slug])
    first = moderator.get(f"{address}?list=received").content.decode()
    assert "after=50" in first
    second = moderator.get(f"{address}?list=received&after=50").content.decode()
    assert second.count("rows-title") == 10


def test_an_unconfirmed_sender_is_asked_once_more_but_not_without_end(
    moderator, submission, at_desk
):
    given = journey.submission_arrives(submission())
    for _click in range(5):
        answer = moderator.post(reverse("desk:ask", args=[given.number]), follow=True)
    assert OutgoingMail.objects.count() == 1 + 3
    assert "Try again tomorrow" in answer.content.decode()


def test_a_letter_is_entered_for_its_author_and_never_under_the_officers_name(
    moderator, people, at_desk
):
    address = reverse("desk:enter", args=[at_desk.slug])
    today = a_day(0)
    letter = {
        "key": "k1", "kind": "organisation", "organisation": "Sample Library", "language": "en",
        "stakeholder_group": "civil-society", "country": "CH", "way": "paper",
        "arrived_on": (today - timedelta(days=1)).isoformat(),
        "postmarked_on": (today - timedelta(days=3)).isoformat(), "answer_1": "On paper.",
    }  # fmt: skip
    wrong = moderator.post(address, letter | {"organisation": ""})
    assert wrong.status_code == 422
    assert "On paper." in wrong.content.decode()
    for _click in range(2):
        moderator.post(address, letter)
    response = Response.objects.get()
    assert (response.channel, response.entered_by) == ("desk", people["moderator"])
    assert response.respondent.organisation_name == "Sample Library"
    assert "postmark" in response.source_id
    assert response.received_at < timezone.now() - timedelta(hours=6)


def test_a_scan_is_not_lost_when_the_form_is_wrong(moderator, at_desk):
    address = reverse("desk:enter", args=[at_desk.slug])
    letter = {
        "key": "k2", "kind": "organisation", "organisation": "", "language": "en", "way": "paper",
        "arrived_on": a_day(0).isoformat(),
    }  # fmt: skip
    scan = SimpleUploadedFile("letter.txt", b"The letter.", "text/plain")
    wrong = moderator.post(address, letter | {"scan": scan})
    kept = wrong.context["sealed"]
    moderator.post(address, letter | {"organisation": "Sample Library", "kept": kept})
    file = Attachment.objects.get()
    assert (file.name, file.size) == ("letter.txt", 11)
