"""The law takes a response away: from the page, the reports, the group's documents, the repository.

What is served ends in the act itself. The redacted editions are made afterwards, each step found by a
query: restricted and not drawn up, frozen and without files, with files and not in its place.
"""

from django.db import transaction
from django.utils import timezone

from consulta.accounts.models import User
from consulta.analysis.coding import forgetting
from consulta.flow.letters import erasing as mails
from consulta.groups import member_queries, permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.live import registration_erasing
from consulta.meetings import documents
from consulta.notices import erasing as following
from consulta.reflector import erasing as posts
from consulta.reflector.models import Post
from consulta.reports import assembly, contest_leaving, delivery, redacting
from consulta.reports.models import Restriction
from consulta.repository import deposit
from consulta.responses import erasing
from consulta.responses.models import Erasure, Response
from consulta.responses.moderation import Because
from consulta.stakeholders import erasing as stakeholders
from consulta.stakeholders import known


class OrganisationIsMemberError(ValueError):
    """An organisation with a place in a group stays on the group's roster."""


@transaction.atomic
def erase(
    response: Response,
    because: Because,
    *,
    by: User,
    is_sealed: bool = False,
    every_sentence: bool = False,
) -> Erasure:
    """Take *response* away by law; whatever holds its words is served to nobody from now on.

    Raises what :func:`consulta.responses.erasing.erase` raises.
    """
    made = erasing.erase(
        response, because, by=by, is_sealed=is_sealed, every_sentence=every_sentence
    )
    if not is_sealed:
        mails.forget(response)
        posts.forget(response)
        forgetting.forget(response)
    paths = redacting.restrict(made, by=by)
    documents.withhold(paths, at=made.at)
    deposit.withhold(paths, at=made.at)
    return made


@transaction.atomic
def erase_post(post: Post, *, reason: str, by: User) -> Post:
    """Take a post of discussion away by law, with its files and the letters that brought it.

    Raises what :func:`consulta.reflector.erasing.erase` raises.
    """
    mails.forget_post(post)
    return posts.erase(post, reason=reason, by=by)


@transaction.atomic
def erase_address(address: str, *, by: User) -> int:
    """Have nothing more go to *address* and forget it, where it only asked to be told; how many rows.

    It is nobody's focal point any more either.
    What somebody said under it, a response or a post, is erased on its own page. Raises NotAllowedError.
    """
    permissions.require(by, Act.ERASE, None)
    address, now = address.strip().lower(), timezone.now()
    gone = following.forget(address, now=now)
    gone += posts.forget_address(address, now=now)
    gone += mails.forget_commands(address)
    gone += stakeholders.forget_address(address)
    gone += registration_erasing.forget_address(address, now=now)
    if gone:
        ledger.record("address_erased", by, by=by)
    return gone


@transaction.atomic
def erase_organisation(name: str, *, by: User) -> int:
    """Forget every organisation called *name*, in whatever country, with its focal point; how many.

    What was said in its name, a response, is erased on its own page. Raises NotAllowedError, and
    OrganisationIsMemberError where it has or had a place in a group: that is the group's roster.
    """
    permissions.require(by, Act.ERASE, None)
    called = known.named(name)
    if member_queries.have_places(called):
        raise OrganisationIsMemberError(name)
    gone = stakeholders.forget(called)
    if gone:
        ledger.record("organisation_erased", by, by=by)
    return gone


def finish() -> int:
    """Empty what told people of an erasure, once it was handed over; how many mails."""
    return erasing.finish() + contest_leaving.finish() + posts.finish()


def redact_due() -> int:
    """Draw up what is restricted, make its files, put it in its place; return how many took it."""
    for restriction in redacting.undrawn():
        redacting.draw_up(restriction)
    assembly.render_waiting()
    return sum(1 for restriction in redacting.rendered() if _put_in_place(restriction))


@transaction.atomic
def _put_in_place(restriction: Restriction) -> bool:
    done = redacting.put_in_place(restriction)
    if done is None:
        return False
    files = [delivery.carried(done.edition, file) for file in done.files]
    documents.replace_withheld(done.old_paths, files)
    deposit.replace_withheld(done.old_paths, files)
    return True
