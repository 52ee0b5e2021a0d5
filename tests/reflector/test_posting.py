"""Discussion: who is proved and known is shown at once; a first post waits; nobody is doubled."""

import pytest

from consulta.core.submission import Sender
from consulta.flow import journey
from consulta.mailroom.models import OutgoingMail
from consulta.reflector import moderation, posting, queries, words
from consulta.reflector.errors import LinkUnknownError, NotWaitingError, ReasonMissingError
from consulta.reflector.models import Mailing, Post
from consulta.reflector.posting import Written
from consulta.responses.models import Response
from tests.reflector.conftest import NOW

pytestmark = pytest.mark.django_db
STRANGER = Sender("ana@example.org", "Ana Sample")


def token() -> str:
    """The secret in the mail that was sent last."""
    mail = OutgoingMail.objects.latest("pk")
    return bytes(mail.raw).decode().split("/link/post/")[1].split("/")[0].replace("=\r\n", "")


def test_the_first_post_of_a_proved_author_waits_for_a_moderator_and_is_told(write):
    post = write()

    assert post.state == Post.State.HELD
    assert OutgoingMail.objects.get().subject == "Your post waits for a moderator"
    assert not words.is_shown(post)
    assert Mailing.objects.count() == 0


def test_a_known_author_s_post_is_shown_and_sent(write, shown):
    post = write("Another word.")

    assert (post.state, post.shown_at) == (Post.State.SHOWN, NOW)
    assert Mailing.objects.filter(post=post).count() == 1


def test_a_known_author_who_posts_very_much_waits(write, shown):
    states = [write(f"Word {n}.").state for n in range(posting.AT_MOST + 1)]

    assert set(states[: posting.AT_MOST - 1]) == {Post.State.SHOWN}
    assert states[-1] == Post.State.HELD


def test_a_post_that_may_hide_words_waits_whoever_wrote_it(write, shown):
    post = write("We agree.", needs_moderator=True)

    assert post.state == Post.State.HELD


def test_whoever_is_not_proved_is_asked_even_under_a_known_address(write, shown):
    post = write(sender=STRANGER)

    assert post.state == Post.State.UNCONFIRMED
    assert Mailing.objects.filter(post=post).count() == 0
    assert posting.confirm(token(), now=NOW).state == Post.State.SHOWN
    assert Mailing.objects.filter(post=post).count() == 1


def test_a_stranger_who_confirms_waits_for_a_moderator(write):
    write(sender=STRANGER)

    assert posting.confirm(token(), now=NOW, sender="ANA@example.org").state == Post.State.HELD


def test_a_post_is_confirmed_by_nobody_else(write):
    write(sender=STRANGER)
    secret = token()

    with pytest.raises(LinkUnknownError):
        posting.confirm(secret, now=NOW, sender="other@example.org")
    with pytest.raises(LinkUnknownError):
        posting.confirm("", now=NOW)
    assert Post.objects.get().state == Post.State.UNCONFIRMED


def test_confirming_twice_changes_nothing(write, shown):
    write(sender=STRANGER)
    secret = token()

    posting.confirm(secret, now=NOW)
    posting.confirm(secret, now=NOW)

    assert Mailing.objects.count() == 2


def test_the_same_post_sent_twice_is_one(write):
    assert write(key="same").pk == write(key="same").pk


def test_an_answer_stays_in_the_thread_and_space_of_what_it_answers(write, shown, home):
    first = write(parent=shown, place=home)
    second = write(parent=first, place=home)

    assert (first.root, first.parent, first.space) == (shown, shown, shown.space)
    assert (second.root, second.parent) == (shown, first)
    assert [p.pk for p in queries.thread(shown)] == [shown.pk, first.pk, second.pk]


def test_a_declined_post_is_never_shown_and_its_author_reads_why(write, officer):
    post = write()

    moderation.decline(post, reason="It advertises.", by=officer)

    post.refresh_from_db()
    assert post.state == Post.State.DECLINED
    assert "It advertises." in OutgoingMail.objects.latest("pk").masked_text
    assert list(queries.threads(post.space)) == []


def test_declining_needs_a_reason_and_a_post_that_waits(write, shown, officer):
    with pytest.raises(ReasonMissingError):
        moderation.decline(write("Later.", sender=STRANGER), reason=" ", by=officer)
    with pytest.raises(NotWaitingError):
        moderation.decline(shown, reason="Why.", by=officer)


def test_a_removed_post_leaves_a_line_without_words_and_its_mails_stop(shown, officer):
    moderation.remove(shown, reason="It insults.", by=officer)

    (line,) = queries.threads(shown.space)
    assert words.public(line) == ""
    assert Mailing.objects.get(post=shown).finished_at is not None


def test_what_was_removed_comes_back_and_is_not_mailed_twice(shown, officer):
    moderation.remove(shown, reason="It insults.", by=officer)
    moderation.restore(shown, by=officer)

    (line,) = queries.threads(shown.space)
    assert words.public(line) == "A word on this."
    assert Mailing.objects.count() == 1


def test_words_are_shown_without_addresses_and_telephone_numbers(write):
    post = write("Write to ana@example.org or call +41 22 730 51 11. Thank you.")
    post.state = Post.State.SHOWN

    assert words.public(post) == "Write to […] or call […]. Thank you."


@pytest.mark.parametrize(
    ("name", "shown_as"),
    [("Ana  Sample", "Ana Sample"), ("ana@example.org", ""), ('"Ana"', "Ana"), ("", "")],
)
def test_an_author_s_name_never_is_an_address(name, shown_as):
    assert words.display(name) == shown_as


def test_a_response_is_shown_only_while_it_is_published(submission, space, officer, write):
    given = journey.submission_arrives(submission("We agree."))
    response = Response.objects.get(number=given.number)
    written = Written(space, Sender(), "Ours", "", "en", NOW, key="response")
    post = posting.begin_with(response, written)

    assert words.public(queries.whole(post.pk)) == ""
    journey.accept_and_publish(response, by=officer)
    assert words.public(queries.whole(post.pk)) == "We agree."
    assert posting.begin_with(response, written).pk == post.pk
