"""Acts on ticked lines: each line by its own act, and the page says what was done and what was not."""

import re

import pytest
from django.urls import reverse

from consulta.core.lifecycle import State
from consulta.flow import journey
from consulta.flow.letters import sorting
from consulta.groups import appointing
from consulta.groups.models import Group
from consulta.ledger.models import Entry
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.reflector.models import Post
from consulta.responses import moderation
from consulta.responses.models import ModerationStep, Version
from tests import posts
from tests.letters import letter
from tests.web.desk.inbox.conftest import failed

BECAUSE = {"ground": "off_topic", "reason": "It speaks of another matter.", "sure": "yes"}


def act(client, name, *keys, **more):
    data = {"act": name, "pick": list(keys), **more}
    return client.post(reverse("desk:inbox_act"), data, follow=True)


def words(answer) -> str:
    return answer.content.decode()


def test_ticked_responses_are_accepted_and_published_one_by_one(moderator, held, accepted):
    one, two = held(), accepted()
    answer = act(moderator, "publish", f"held:{one.pk}", f"accepted:{two.pk}")
    for response in (one, two):
        response.refresh_from_db()
        assert response.state == State.PUBLISHED
    assert "Done with 2 lines." in words(answer)
    assert Entry.objects.filter(act="response_published").count() == 2


def test_what_is_refused_is_named_with_its_reason_and_the_rest_is_done(whole_body, held):
    one, mail = held(), letter()
    answer = act(whole_body, "accept", f"held:{one.pk}", f"letters:{mail.pk}", "held:999999")
    one.refresh_from_db()
    assert one.state == State.ACCEPTED
    shown = words(answer)
    assert "Done with 1 line." in shown
    assert "Not done: Mail to sort No subject. This act is not one for it." in shown
    assert "1 ticked line does not wait any more: somebody was quicker." in shown


def test_declining_asks_first_on_which_ground_and_shows_what_is_declined(moderator, held):
    one, two = held(), held()
    keys = [f"held:{one.pk}", f"held:{two.pk}"]
    asked = act(moderator, "decline", *keys, here="kind=held")
    assert ModerationStep.objects.filter(act="declined").count() == 0
    assert "Decline these?" in words(asked)
    for response in (one, two):
        assert response.number in words(asked)
    assert "neither the topic nor the questions" in words(asked)
    answer = act(moderator, "decline", *keys, **BECAUSE, here="kind=held")
    assert answer.redirect_chain[-1][0] == reverse("desk:inbox") + "?kind=held"
    for response in (one, two):
        response.refresh_from_db()
        assert (response.state, response.ground) == (State.DECLINED, "off_topic")


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"ground": "none"}])
def test_a_wrong_ground_or_no_reason_declines_nothing_and_keeps_what_was_ticked(
    moderator, held, wrong
):
    one = held()
    answer = act(moderator, "decline", f"held:{one.pk}", **(BECAUSE | wrong))
    one.refresh_from_db()
    assert (answer.status_code, one.state) == (422, State.HELD)
    assert answer.content.decode().count("error-summary") == 1
    assert f'name="pick" value="held:{one.pk}"' in words(answer)


def test_holding_asks_for_a_ground_of_holding(moderator, accepted):
    one = accepted()
    asked = words(act(moderator, "hold", f"accepted:{one.pk}"))
    offered = {ground.slug for ground in moderation.grounds(one, "hold")}
    assert set(re.findall(r'<option value="([\w-]+)"', asked)) == offered
    act(moderator, "hold", f"accepted:{one.pk}", **(BECAUSE | {"ground": "unlawful"}))
    one.refresh_from_db()
    assert (one.state, one.ground) == (State.HELD, "unlawful")


def test_mails_are_sorted_and_taken_care_of_in_one_go(whole_body, group):
    raw = "From: b@example.org\r\nTo: enquiries@example.org\r\nSubject: {0}\r\n\r\n{0}\r\n"
    one, two = (letter(raw.format(each).encode()) for each in ("one", "two"))
    act(whole_body, "spam", f"letters:{one.pk}")
    answer = act(whole_body, "settle", f"letters:{two.pk}")
    for mail in (one, two):
        mail.refresh_from_db()
    assert (one.kind, one.state) == ("spam", IncomingMail.State.PROCESSED)
    assert (two.kind, two.state) == ("enquiry", IncomingMail.State.PROCESSED)
    assert sorting.last(two).after == "enquiry"
    assert "Nothing waits here." in words(answer)


def test_a_mail_is_taken_care_of_once_on_its_own_page(whole_body, group):
    mail = letter()
    address = reverse("desk:letter_settle", args=[mail.pk])
    assert "I have taken care of it" in words(
        whole_body.get(reverse("desk:letter", args=[mail.pk]))
    )
    first = words(whole_body.post(address, follow=True))
    again = words(whole_body.post(address, follow=True))
    assert "Nobody is asked to look at it any more." in first
    assert "I have taken care of it" not in first
    assert ">Undo<" not in first
    assert "This mail stands otherwise by now" in again
    assert mail.sortings.count() == 1


def test_posts_are_shown_or_declined_from_the_inbox(moderator, at_desk):
    post = Post.objects.get(pk=posts.in_space(at_desk).post)
    asked = words(act(moderator, "decline", f"posts:{post.pk}"))
    assert 'name="ground"' not in asked
    act(moderator, "decline", f"posts:{post.pk}", sure="yes", reason="It sells something.")
    post.refresh_from_db()
    assert (post.state, post.reason) == (Post.State.DECLINED, "It sells something.")


def test_failed_mails_are_sent_again(desk, accepted):
    mail = failed(accepted())
    answer = act(desk, "again", f"failed:{mail.pk}")
    mail.refresh_from_db()
    assert mail.state == OutgoingMail.State.QUEUED
    assert "Done with 1 line." in words(answer)


def test_a_new_version_is_published_from_the_inbox(moderator, published, submission):
    response = published()
    journey.version_arrives(response, submission("Better words."))
    act(moderator, "publish", f"versions:{response.pk}")
    assert [v.screening for v in response.versions.order_by("ordinal")] == [
        Version.Screening.SUPERSEDED, Version.Screening.PUBLISHED
    ]  # fmt: skip


def test_what_another_group_has_is_not_touched(held, people, sign_in, body):
    one = held()
    other = Group.objects.create(body=body, slug="other", short_name="Other", names={})
    stranger = appointing.appoint(
        "stranger@example.org", group=other, role="officer", by=people["administrator"]
    ).user
    answer = act(sign_in(stranger), "accept", f"held:{one.pk}")
    one.refresh_from_db()
    assert one.state == State.HELD
    assert "does not wait any more" in words(answer)


@pytest.mark.parametrize(
    ("name", "picked", "said"),
    [("", True, "Choose what to do with the ticked lines."), ("x", True, "Choose what to do"),
     ("accept", False, "No line was ticked."), ("decline", False, "No line was ticked.")],
)  # fmt: skip
def test_nothing_chosen_is_said_and_nothing_is_done(moderator, held, name, picked, said):
    one = held()
    answer = act(moderator, name, *([f"held:{one.pk}"] if picked else []))
    one.refresh_from_db()
    assert one.state == State.HELD
    assert said in words(answer)
