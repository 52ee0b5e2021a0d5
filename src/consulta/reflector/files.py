"""Files with discussion: kept as they came, shown only as a clean copy, by the rules for responses.

A post carries less than a response: everyone who gets the list is shown it, and what is to be weighed
belongs into a response. What the check does not let through is never released: its author is told why,
and posts it again.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import PurePosixPath

from django.db import transaction
from django.db.models import Case, QuerySet, When
from django.utils import timezone

from consulta.accounts import ratelimit
from consulta.accounts.ratelimit import TooOftenError
from consulta.adapters.files import scan
from consulta.adapters.files.findings import Finding
from consulta.core.submission import Sender, SubmittedFile
from consulta.ledger import ledger
from consulta.ledger.acts import Shows
from consulta.mailroom import spool
from consulta.reflector import letters, words
from consulta.reflector.models import Mailing, Post, PostFile
from consulta.responses import attachments
from consulta.responses.attachments import Outcome
from consulta.responses.models import Attachment

MAX_FILES = 5
MAX_TOTAL = 10 * 1024 * 1024  # bytes, all files of one post
PER_DAY = 5 * MAX_TOTAL  # bytes from one address
#: Where uploads lie before a row names them, and where clean copies do.
FOLDER, CLEAN_FOLDER = "spool/posts", "files/posts"
SWEPT = (FOLDER, CLEAN_FOLDER)
#: A copy tells which files can be read: it waits so long for the check, and no longer.
CHECKED_WITHIN = timedelta(minutes=10)
KIB = 1024
Safety = Attachment.Safety
log = logging.getLogger(__name__)


def fitting(files: Iterable[SubmittedFile], *, sender: Sender) -> tuple[SubmittedFile, ...]:
    """Those of *files* that a post takes, in their order; what *sender* sent today counts."""
    taken: list[SubmittedFile] = []
    for file in files:
        room = MAX_TOTAL - sum(each.size for each in taken)
        if len(taken) < MAX_FILES and file.size <= room and _counted(file, sender):
            taken.append(file)
    return tuple(taken)


def attach(post: Post, files: Sequence[SubmittedFile]) -> None:
    """Note the *files*, which are on the disk, as those of *post*. Call it inside the act."""
    for position, file in enumerate(files, start=1):
        PostFile.objects.create(
            post=post,
            position=position,
            name=attachments.safe_name(file.name),
            path=file.path,
            sha256=file.sha256,
            size=file.size,
        )


def submitted(post: Post) -> tuple[SubmittedFile, ...]:
    """The files of *post* as they came: for a post that is a response after all."""
    return tuple(SubmittedFile(f.name, f.path, f.sha256, f.size) for f in post.files.all())


def waiting() -> QuerySet[PostFile]:
    """Files that nobody has examined yet, those tried in vain after the others."""
    tried = Case(When(findings=[], then=0), default=1)
    rows = PostFile.objects.filter(safety=Safety.WAITING).select_related("post")
    return rows.order_by(tried, "pk")


def examine(file: PostFile) -> None:
    """Find out what *file* is and keep a clean copy. Does nothing when that was done before.

    It stays waiting while the virus scanner is out of reach. Raises SpoolFullError.
    """
    if file.safety != Safety.WAITING:
        return
    try:
        outcome = attachments.judge(
            file.path, name=f"{file}", language=file.post.language, folder=CLEAN_FOLDER
        )
    except scan.ScannerUnreachableError as error:
        log.warning("%s stays waiting, no virus scan: %s", file, error)
        unseen = PostFile.objects.filter(pk=file.pk, safety=Safety.WAITING)
        unseen.update(findings=[Finding.SCANNER_UNREACHABLE])
        return
    if not _settle(file, outcome):
        attachments.forget_copy(outcome)
    file.refresh_from_db()


def is_readable(file: PostFile) -> bool:
    """Whether there is a clean copy that readers may have wherever the post is shown."""
    return file.safety == Safety.CLEAN and bool(file.clean_path)


def name(file: PostFile) -> str:
    """Under which name readers get *file*: without addresses, with the ending of its real type."""
    if not file.media_type:
        return words.masked(file.name)
    known = PurePosixPath(attachments.download_name(file))
    return f"{words.masked(known.stem)}{known.suffix}"


def tell(post: Post) -> None:
    """Tell its author which files are not shown and why, once all were checked. Call it in the act.

    Nothing goes to an author who did not stand by the post: somebody else may have written it.
    """
    found = list(post.files.all())
    stands = post.state in (Post.State.HELD, Post.State.SHOWN)
    settled = all(f.safety != Safety.WAITING for f in found)
    withheld = [f for f in found if f.safety != Safety.CLEAN]
    if stands and settled and (withheld or post.files_left_out):
        letters.tell_files(post, withheld)


def when_to_send(post: Post, *, now: datetime) -> datetime:
    """When a mailing of *post* may begin: at once, or when its files were checked."""
    unchecked = post.files.filter(safety=Safety.WAITING).exists()
    return now + CHECKED_WITHIN if unchecked else now


def let_go(post: Post) -> None:
    """Have *post* name no files any more; their bytes go after the commit. Call it inside the act."""
    rows = post.files.all()
    paths = [path for f in rows for path in (f.path, f.clean_path) if path]
    rows.delete()
    transaction.on_commit(lambda: drop(paths))


def forget_unconfirmed(before: datetime) -> int:
    """Let go of the files of posts from *before* whose authors never stood by them; how many posts."""
    stale = Post.objects.filter(
        state=Post.State.UNCONFIRMED, arrived_at__lt=before, files__isnull=False
    )
    pks = list(stale.values_list("pk", flat=True).distinct()[:100])
    for pk in pks:
        with transaction.atomic():
            post = Post.objects.select_for_update(of=("self",)).get(pk=pk)
            post.files_left_out += post.files.count()
            post.save(update_fields=["files_left_out"])
            let_go(post)
    return len(pks)


def named(paths: Collection[str]) -> set[str]:
    """Those of *paths* that a row names, of a post or of a response."""
    rows = PostFile.objects.filter
    ours = {*rows(path__in=paths).values_list("path", flat=True)}
    copies = rows(clean_path__in=paths).values_list("clean_path", flat=True)
    return ours | {*copies} | attachments.named(paths)


def drop(paths: Collection[str]) -> None:
    """Remove those of *paths* from the disk that no row names."""
    for path in set(paths) - named(paths):
        spool.remove(path)


def _counted(file: SubmittedFile, sender: Sender) -> bool:
    """Whether *sender* may send *file* today; who forges an address uses up nothing of its owner's."""
    proved = "proved" if sender.authenticated else "said"
    who = sha256(f"{proved} {sender.address.strip().lower()}".encode()).hexdigest()[:32]
    try:
        ratelimit.count(
            f"post-files:{who}",
            limit=PER_DAY // KIB,
            per=timedelta(days=1),
            uses=-(-file.size // KIB),
        )
    except TooOftenError:
        return False
    return True


@transaction.atomic
def _settle(file: PostFile, outcome: Outcome) -> bool:
    """Write the outcome into the row; False when that was done already. The last one settles the post."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=file.post_id)
    row = PostFile.objects.select_for_update().filter(pk=file.pk, safety=Safety.WAITING).first()
    if row is None:
        return False
    row.safety, row.media_type = Safety(outcome.verdict), outcome.media_type
    row.findings = list(outcome.findings)
    if outcome.copy:
        row.clean_path, row.clean_sha256 = outcome.copy.path, outcome.copy.sha256
        row.clean_size = outcome.copy.size
    row.save()
    shows = Shows.PAGES if words.is_shown(post) else Shows.NONE
    ledger.record("post_file_checked", row, by="rules", shows=shows)
    if not post.files.filter(safety=Safety.WAITING).exists():
        fresh = Mailing.objects.filter(post=post, finished_at__isnull=True, last=0, attempts=0)
        fresh.update(next_attempt_at=timezone.now())
        tell(post)
    return True
