"""Every task. A task is a nudge, never the record: what is due is found by a query, and doing it twice
is doing it once. `sweep` finds what is due at the start and every minute; `look` every second."""

from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial

from django.utils import timezone
from django_tasks import task

from consulta.accounts import access_log, ratelimit
from consulta.adapters.files import leftovers
from consulta.analysis.campaigns import searching
from consulta.flow import erasing, importing, letters
from consulta.ledger import checkpoints, sequencer
from consulta.live import (
    attending,
    needs,
    participation,
    registration_erasing,
    telling_registered,
)
from consulta.live.floor import erasing as floor
from consulta.mailroom import delivery as post
from consulta.mailroom import letterbox, spool
from consulta.meetings import asking_positions, chasing
from consulta.notices import citing, disseminating, documents, mailing, reminding
from consulta.reflector import digesting, distribution, posting
from consulta.reflector import files as post_files
from consulta.reports import assembly, contents
from consulta.reports.group_reports import freezing as group_editions
from consulta.responses import (
    asking,
    asking_answers,
    attachments,
    drafts,
    mandate_files,
    screening,
    showing,
)

#: How long the bytes of an upload may lie in the spool without a row that names them.
ORPHANS_AFTER = timedelta(days=2)
#: How long what was opened may lie in the folder for temporary files: no work on it takes so long.
LEFTOVERS_AFTER = timedelta(hours=6)


@task()
def render_editions() -> int:
    """Make the files of every frozen edition that has none."""
    return assembly.render_waiting() + group_editions.make_waiting()


def freeze_editions() -> None:
    """Draw up what officers had frozen; beside the rest, since a long document takes its time."""
    if assembly.freeze_waiting():
        render_editions.enqueue()


@task()
def redact_editions() -> int:
    """Make the redacted editions of what the law took away."""
    return erasing.redact_due()


def look() -> None:
    """Do what should not wait: files examined, responses screened, the ledger's order, notices."""
    _all(
        sequencer.sequence,
        *(partial(attachments.examine, found) for found in attachments.waiting()[:20]),
        *(partial(mandate_files.examine, found) for found in mandate_files.waiting()[:20]),
        *(partial(post_files.examine, found) for found in post_files.waiting()[:20]),
        lambda: screening.screen_due(timezone.now()),
        lambda: importing.rows_arrive(timezone.now()),
        lambda: mailing.mail_due(timezone.now()),
        lambda: citing.tell_due(timezone.now()),
        lambda: disseminating.send_due(timezone.now()),
    )


def examine_files() -> None:
    """Examine files that came; beside the rest, since a scan may take half a minute."""
    found = attachments.waiting()[:20]
    for attachment in found:
        attachments.examine(attachment)
    if found:
        asking.ask_due(timezone.now())
        asking_answers.ask_due(timezone.now())
    for file in post_files.waiting()[:20]:
        post_files.examine(file)


def hand_over() -> None:
    """Hand mail to the mail server; beside the rest, since that server may keep us waiting."""
    post.deliver_due(timezone.now())


def open_letters() -> None:
    """Take in and open what came by mail until nothing waits; beside the rest, since much may come."""
    while letters.letters_arrive():
        continue


def letters_wait() -> bool:
    """Whether a letter lies in the spool that no row names yet; asks no database."""
    return bool(letterbox.new(1))


def distribute() -> None:
    """Send posts of the discussion lists further; beside the rest, since it may take long."""
    distribution.distribute_due(timezone.now())


def tell_members() -> None:
    """Tell members of new documents, as far as a minute's turn goes; the rest at the next."""
    for _round in range(10):
        if not documents.tell_due(timezone.now()):
            break


def look_after_meetings() -> None:
    """Tell who registered of what changed in a meeting; count who was there once it is over."""
    telling_registered.tell_due(timezone.now())
    attending.close_due(timezone.now())
    participation.count_due(timezone.now())


def look_for_campaigns() -> None:
    """Find responses that are one letter; beside the rest, since many take long to compare."""
    searching.search_due(timezone.now())


def sweep() -> None:
    """Do everything that is due, whatever nudges were lost."""
    _all(
        lambda: reminding.remind_due(timezone.now()),
        lambda: chasing.remind_due(timezone.now()),
        lambda: asking_positions.remind_due(timezone.now()),
        tell_members,
        look_after_meetings,
        letters.letters_arrive,
        lambda: letters.confirmations_due(timezone.now()),
        examine_files,
        lambda: asking.ask_due(timezone.now()),
        lambda: asking_answers.ask_due(timezone.now()),
        look,
        lambda: showing.show_due(timezone.now()),
        hand_over,
        lambda: digesting.make_due(timezone.now()),
        assembly.freeze_waiting,
        assembly.render_waiting,
        group_editions.make_waiting,
        erasing.redact_due,
        erasing.finish,
        lambda: checkpoints.sign(),
        forget,
    )


def forget() -> None:
    """Let go of what has been kept as long as it may be."""
    now = timezone.now()
    _all(
        lambda: post.forget(now),
        lambda: leftovers.sweep(before=now - LEFTOVERS_AFTER),
        lambda: drafts.sweep(now),
        ratelimit.sweep,
        lambda: needs.forget_due(now),
        lambda: registration_erasing.forget_unconfirmed(now),
        lambda: registration_erasing.reduce_due(now),
        lambda: access_log.forget(now),
        lambda: floor.forget(now),
        lambda: post_files.forget_unconfirmed(now - posting.CONFIRM_WITHIN),
        *(partial(_let_go, folder, attachments.named) for folder in attachments.SWEPT),
        *(partial(_let_go, folder, post_files.named) for folder in post_files.SWEPT),
        lambda: _let_go(contents.FOLDER, contents.named),
    )


def _let_go(folder: str, named: Callable[[Collection[str]], Collection[str]]) -> None:
    """Remove files of *folder* that no row has named for long."""
    spool.sweep(folder, before=timezone.now() - ORPHANS_AFTER, known=named)


def _all(*steps: Callable[[], object]) -> None:
    """Do every step, whatever became of those before; raises what failed, all of it, at the end."""
    failed = []
    for step in steps:
        try:
            step()
        except Exception as error:  # the edge of a step: told at the end
            failed.append(error)
    if failed:
        raise ExceptionGroup("steps of a round failed", failed)
