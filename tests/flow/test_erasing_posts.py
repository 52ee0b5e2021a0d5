"""A post, an address, a row of a table, a mail that waits: erased, nothing of it is left anywhere."""

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.core.submission import Sender
from consulta.flow import erasing, importing, journey
from consulta.groups.permissions import NotAllowedError
from consulta.mailroom import spool
from consulta.mailroom.models import IncomingMail, OutgoingMail
from consulta.notices import following
from consulta.notices.models import Follow
from consulta.reflector import addresses, files, moderation, posting, queries
from consulta.reflector.errors import NotWaitingError, ReasonMissingError
from consulta.reflector.models import Post, PostFile, Subscription
from consulta.responses import importing as tables
from consulta.responses import publication
from consulta.responses.models import Import, Response
from consulta.responses.moderation import Because
from tests.flow.test_reflecting import ANA, mail_with, send, space  # noqa: F401
from tests.posts import in_space

pytestmark = pytest.mark.django_db
LAW = Because("unlawful", "By order of a court.")
WORDS = "Words that must go from here"


@pytest.fixture
def posted(send):  # noqa: F811
    """A post with a file that came by mail, and is shown."""
    assert send(raw=mail_with(("ours.txt", WORDS.encode()))) == ["post"]
    post = Post.objects.get()
    files.examine(PostFile.objects.get())
    posting.show(post, now=timezone.now(), by="rules")
    return post


def disk(settings):
    """Every file below the data folder that holds the words."""
    found = [path for path in settings.DATA.rglob("*") if path.is_file()]
    return [path for path in found if WORDS.encode() in path.read_bytes()]


def test_an_erased_post_leaves_its_place_and_no_word_name_or_file(
    posted, officer, settings, django_capture_on_commit_callbacks
):
    assert len(disk(settings)) >= 2

    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase_post(posted, reason="By order of a court.", by=officer)

    post, file = Post.objects.get(), PostFile.objects.get()
    assert (post.state, post.text, post.subject, post.author_email, post.author_name) == (
        Post.State.REMOVED, "", "", "", "",
    )  # fmt: skip
    assert (file.name, file.path, file.clean_path, file.findings) == ("", "", "", [])
    assert disk(settings) == []
    assert {(m.sender, m.subject, m.envelope_sender) for m in IncomingMail.objects.all()} == {
        ("", "", "")
    }
    assert [p.pk for p in queries.threads(post.space)] == [post.pk]


def test_its_author_is_told_and_then_that_mail_is_emptied_too(posted, officer):
    erasing.erase_post(posted, reason="By order of a court.", by=officer)

    (told,) = OutgoingMail.objects.filter(state="queued")
    assert (told.recipient, "By order of a court." in told.masked_text) == (ANA, True)
    assert erasing.finish() == 0
    OutgoingMail.objects.filter(pk=told.pk).update(state="sent", sent_at=timezone.now(), raw=None)
    assert erasing.finish() == 1
    assert erasing.finish() == 0
    assert not OutgoingMail.objects.filter(recipient=ANA).exists()


def test_an_erased_post_is_not_shown_again_and_erasing_needs_a_right_and_a_reason(posted, officer):
    stranger = User.objects.create_user("reader@example.org", name="Reader")
    with pytest.raises(NotAllowedError):
        erasing.erase_post(posted, reason="Why.", by=stranger)
    with pytest.raises(ReasonMissingError):
        erasing.erase_post(posted, reason=" ", by=officer)
    assert Post.objects.get().text.strip() == "See the files."

    first = erasing.erase_post(posted, reason="Why.", by=officer).erased_at
    assert erasing.erase_post(posted, reason="Once more.", by=officer).erased_at == first
    with pytest.raises(NotWaitingError):
        moderation.restore(posted, by=officer)


def test_an_address_that_only_asked_to_be_told_is_forgotten(
    send,  # noqa: F811
    consultation,
    officer,
    space,  # noqa: F811
    settings,
    django_capture_on_commit_callbacks,
):
    in_space(consultation)
    now = timezone.now()
    follow = following.ask(consultation, email="bo@example.org", language="en", now=now)
    other = following.ask(consultation, email="cy@example.org", language="en", now=now)
    send("Please.", to=f"{addresses.local(space)}+subscribe@localhost", sender="bo@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        assert erasing.erase_address(" BO@example.org ", by=officer) == 3

    follow.refresh_from_db()
    assert (follow.email, follow.is_told, follow.ended_at is not None) == (
        f"erased-{follow.pk}@erased.invalid", False, True,
    )  # fmt: skip
    assert Subscription.objects.get().ended_at is not None
    kept = [*Follow.objects.values_list("email"), *Subscription.objects.values_list("email")]
    kept += [*OutgoingMail.objects.values_list("recipient")]
    kept += [*IncomingMail.objects.values_list("sender")]
    assert ("bo@example.org",) not in kept
    assert ("cy@example.org",) in kept
    assert other.email == "cy@example.org"


def test_who_responded_and_wants_no_mails_still_gets_none(consultation, submission, officer):
    sender = Sender("known@example.org", authenticated=True)
    given = journey.submission_arrives(submission("Sample words.", sender=sender))
    response = Response.objects.get(number=given.number)
    following.end(following.end_token_of_response(response), now=timezone.now())

    erasing.erase_address("known@example.org", by=officer)

    assert Follow.objects.get().email == "known@example.org"


def test_a_mail_that_waits_with_words_of_a_response_is_not_sent(submission, officer):
    sender = Sender("known@example.org", authenticated=True)
    given = journey.submission_arrives(submission(WORDS, sender=sender))
    response = Response.objects.get(number=given.number)
    publication.publish(response, by=officer)
    before = list(OutgoingMail.objects.filter(state="queued").values_list("pk", flat=True))
    assert before

    erasing.erase(response, LAW, by=officer)

    gone = OutgoingMail.objects.filter(pk__in=before)
    assert {(m.state, m.raw, m.masked_text, m.recipient) for m in gone} == {
        ("failed", None, "", "erased@erased.invalid")
    }
    told = OutgoingMail.objects.get(state="queued")
    assert WORDS not in told.masked_text


def test_the_row_of_a_table_goes_from_every_table_that_held_it(
    consultation, officer, settings, tmp_path, django_capture_on_commit_callbacks
):
    sheet = tmp_path / "table.csv"
    sheet.write_text(f"name,answer\nAna Sample,{WORDS}\nBo Sample,Other words that stay here\n")
    for _turn in range(2):
        table = tables.keep(consultation, sheet, name="table.csv", by=officer)
        mapped = {0: "name", 1: "answer:0"}
        tables.choose(table, mapped, language="en", vouched=False, by_mail=False)
        tables.start(table, by=officer)
        importing.rows_arrive(timezone.now())
    sheet.unlink()
    response = Response.objects.get(versions__answers__text=WORDS)
    publication.publish(response, by=officer)
    assert len(disk(settings)) == 4

    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase(response, LAW, by=officer)

    assert disk(settings) == []
    for table in Import.objects.all():
        assert table.path == ""
        rows = [line.cells for line in tables.lines(table, offset=0)]
        assert rows == [("", ""), ("Bo Sample", "Other words that stay here")]
        assert table.offset == spool.locate(table.rows_path).stat().st_size
