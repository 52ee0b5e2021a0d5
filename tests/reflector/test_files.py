"""Files with discussion: kept as they came, shown as clean copies, never before they were checked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consulta.core.submission import Sender, SubmittedFile
from consulta.ledger.models import Entry
from consulta.mailroom import spool
from consulta.mailroom.models import OutgoingMail
from consulta.reflector import copies, distribution, files, moderation, posting, queries, withheld
from consulta.reflector.models import Mailing, Post, PostFile
from tests.adapters.files import clamd, made
from tests.reflector.conftest import NOW

pytestmark = pytest.mark.django_db
ANA = Sender("ana@example.org", "Ana Sample", authenticated=True)


def kept(data: bytes, name: str = "our views.pdf") -> SubmittedFile:
    """A file in the spool."""
    found = spool.keep([data], folder=files.FOLDER)
    return SubmittedFile(name, found.path, found.sha256, found.size)


def one(post: Post) -> PostFile:
    return PostFile.objects.get(post=post)


def checked(post: Post) -> PostFile:
    """The one file of *post*, after the worker looked at it."""
    files.examine(one(post))
    return one(post)


def test_a_file_is_shown_as_a_clean_copy_and_the_original_stays(write, shown, home):
    post = write(files=(kept(made.hostile_pdf()),))
    original = spool.locate(one(post).path).read_bytes()
    with pytest.raises(PostFile.DoesNotExist):
        queries.file(home, post.pk, 1)

    file = checked(post)

    assert (file.safety, "active_content_removed" in file.findings) == ("clean", True)
    assert queries.file(home, post.pk, 1) == file
    assert spool.locate(file.path).read_bytes() == original
    assert b"Launch" in original
    assert b"Launch" not in spool.locate(file.clean_path).read_bytes()
    assert Entry.objects.filter(act="post_file_checked", by="rules").count() == 1


@pytest.mark.parametrize(
    ("data", "finding", "said"),
    [
        (b"", "empty", "It is empty"),
        (b"MZ" + b"\0" * 99, "type_not_allowed", "save it as one of these"),
        (b"%PDF-1.7", "broken", "save it once more"),
        (made.many_entries(), "bomb", "could harm a computer"),
        (made.zipped({**made.word(), "../x": "x"}), "unsafe_names", "could harm a computer"),
        (made.saved(made.pdf(), encryption=made.pikepdf.Encryption(owner="a", user="b")),
         "encrypted", "without one"),
    ],
    ids=["empty", "program", "broken", "bomb", "names", "locked"],
)  # fmt: skip
def test_a_bad_file_is_never_shown_and_its_author_reads_why(
    write, shown, home, data, finding, said
):
    before = OutgoingMail.objects.count()
    post = write(files=(kept(data),))

    file = checked(post)

    assert finding in file.findings
    assert said in withheld.why(file)
    with pytest.raises(PostFile.DoesNotExist):
        queries.file(home, post.pk, 1)
    assert file.clean_path == ""
    (mail,) = OutgoingMail.objects.order_by("pk")[before:]
    assert mail.subject == "Files of your post are not shown"
    assert said in " ".join(mail.masked_text.split())


def test_a_virus_is_never_shown_and_waits_while_the_scanner_is_away(write, shown, settings):
    post = write(files=(kept(b"Good day. " + made.EICAR, "day.txt"),))
    settings.CLAMD = "127.0.0.1:1"
    assert (checked(post).safety, one(post).findings) == ("waiting", ["scanner_unreachable"])

    with clamd.running() as settings.CLAMD:
        assert (checked(post).safety, one(post).findings) == ("unsafe", ["virus"])
    assert "virus" in withheld.why(one(post))


def test_a_name_hides_no_direction_no_folder_and_no_address(write, shown):
    post = write(files=(kept(b"Hello.", "../a\u202efdp.ana@example.org.exe"),))

    file = checked(post)

    assert file.name == ".afdp.ana@example.org.exe".lstrip(".")
    assert files.name(file) == "[…].txt"
    assert "\u202e" not in copies._linked(file, queries.whole(post.pk), "en").name


def test_a_post_takes_five_files_and_ten_megabytes(settings, write):
    small = [SubmittedFile(f"{n}", "spool/posts/x", "", 10) for n in range(7)]
    large = SubmittedFile("large", "spool/posts/x", "", files.MAX_TOTAL - 5)

    assert len(files.fitting(small, sender=ANA)) == files.MAX_FILES
    assert files.fitting([small[0], large, small[1]], sender=ANA) == (small[0], small[1])


def test_an_address_may_send_so_much_a_day_and_a_forger_uses_up_nothing_of_it():
    whole = SubmittedFile("w", "spool/posts/x", "", files.MAX_TOTAL)
    forger = Sender(ANA.address, ANA.name)

    assert [len(files.fitting([whole], sender=forger)) for _ in range(6)] == [1, 1, 1, 1, 1, 0]
    assert len(files.fitting([whole], sender=ANA)) == 1


def test_who_is_told_of_left_out_files_is_only_who_stood_by_the_post(write, shown):
    post = write(sender=Sender("ana@example.org"), files=(kept(b""),), files_left_out=2)
    checked(post)
    assert "not shown" not in OutgoingMail.objects.latest("pk").subject

    token = bytes(OutgoingMail.objects.latest("pk").raw).decode()
    token = token.replace("=\r\n", "").split("/link/post/")[1].split("/")[0]
    posting.confirm(token, now=NOW)

    mail = OutgoingMail.objects.latest("pk")
    assert mail.subject == "Files of your post are not shown"
    assert "2 more files were not taken." in mail.masked_text


def test_copies_link_to_the_clean_copy_and_carry_no_bytes(write, shown, subscribe):
    subscribe("bo@example.org")
    post = write(files=(kept(b"Hello to all.", "day.txt"), kept(b"", "none.txt")))
    assert Mailing.objects.get(post=post).next_attempt_at == NOW + files.CHECKED_WITHIN
    for file in files.waiting():
        files.examine(file)
    assert Mailing.objects.get(post=post).next_attempt_at <= timezone.now()

    body = copies.of_post(queries.whole(post.pk), "en").body.decode().replace("=\r\n", "")

    assert f"/en/reflector/sample-group-list/posts/{post.pk}/files/1/" in body
    assert "none.txt (0=C2=A0bytes)" in body
    assert "It is empty" in body
    assert "Hello to all" not in body
    assert "/files/2/" not in body


def test_a_copy_goes_without_the_check_after_ten_minutes(write, shown, subscribe, settings):
    settings.EMAIL_URL = f"file://{settings.DATA}/outbox"
    subscribe("bo@example.org")
    Mailing.objects.all().delete()
    write(files=(kept(b"Hello."),))

    assert distribution.distribute_due(NOW + timedelta(minutes=9)) == 0
    assert distribution.distribute_due(NOW + timedelta(minutes=11)) == 1


def test_a_removed_post_shows_no_file_and_shows_it_again(write, shown, home, officer):
    post = write(files=(kept(b"Hello."),))
    checked(post)
    moderation.remove(post, reason="It insults.", by=officer)
    with pytest.raises(PostFile.DoesNotExist):
        queries.file(home, post.pk, 1)

    moderation.restore(post, by=officer)

    assert queries.file(home, post.pk, 1)


def test_a_file_of_a_post_that_waits_is_checked_and_not_shown(write, home):
    post = write(files=(kept(b"Hello."),))

    assert (post.state, checked(post).safety) == (Post.State.HELD, "clean")
    with pytest.raises(PostFile.DoesNotExist):
        queries.file(home, post.pk, 1)


def test_files_of_who_never_stood_by_a_post_go(write, django_capture_on_commit_callbacks):
    post = write(sender=Sender("ana@example.org"), files=(kept(b"Hello."),))
    path = one(post).path
    assert files.forget_unconfirmed(NOW) == 0

    with django_capture_on_commit_callbacks(execute=True):
        assert files.forget_unconfirmed(NOW + timedelta(days=1)) == 1

    post.refresh_from_db()
    assert (post.files.count(), post.files_left_out) == (0, 1)
    assert not spool.locate(path).exists()


def test_two_workers_leave_one_copy(write, shown, settings):
    post = write(files=(kept(b"Hello."),))
    stale = one(post)
    files.examine(one(post))
    files.examine(stale)  # as another process would, that read the row before

    assert len(list((settings.DATA / files.CLEAN_FOLDER).iterdir())) == 1
    assert files.named([one(post).clean_path, "files/posts/other"]) == {one(post).clean_path}
