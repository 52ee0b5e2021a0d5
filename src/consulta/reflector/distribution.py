"""Distribution: a post goes to everyone who gets it, a few at a time. Killed anywhere, nobody is lost.

Subscribers are walked in the order of their ids. A batch is handed over, then one transaction notes how
far the walk is: whoever is killed in between repeats at most that one batch, and leaves nobody out.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_hex

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from consulta.core.lifecycle import State
from consulta.mailroom import carriers
from consulta.mailroom.carriers import Carrier
from consulta.mailroom.delivery import GIVE_UP, pause
from consulta.mailroom.models import OutgoingMail
from consulta.reflector import addresses, bouncing, copies, posting, queries, words
from consulta.reflector.copies import Frame
from consulta.reflector.models import Deferral, Digest, List, Mailing, Post, Space, Subscription

BATCH = 20
#: A mailing is walked by one worker; should it die, another goes on after this.
LEASE = timedelta(minutes=3)
#: Batches of one mailing in one round, so that another one gets its turn.
TURN = 100
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Walk:
    """One mailing being walked: what is posted, its frames by language, and whose lease it is."""

    mailing: Mailing
    place: List | Space
    post: Post | None = None
    digested: Sequence[Post] = ()
    frames: dict[str, Frame] = field(default_factory=dict)

    def frame(self, language: str) -> Frame:
        """What all copies in *language* share; made once."""
        if language not in self.frames:
            digest = self.mailing.digest
            if self.post is not None:
                self.frames[language] = copies.of_post(self.post, language)
            elif digest is not None:
                self.frames[language] = copies.of_digest(digest, self.digested, language)
        return self.frames[language]


@dataclass(slots=True)
class Handed:
    """What became of a batch: who took a copy, who refused it for now or for good, and what broke it off."""

    sent: list[Subscription] = field(default_factory=list)
    later: list[tuple[Subscription, str]] = field(default_factory=list)
    refused: list[tuple[Subscription, str]] = field(default_factory=list)
    broken: str = ""

    @property
    def reached(self) -> list[Subscription]:
        """Everyone whose turn it was."""
        return [*self.sent, *(s for s, _ in self.later), *(s for s, _ in self.refused)]


def distribute_due(now: datetime) -> int:
    """Take every mailing that is due a turn further; how many copies were handed over."""
    responses_shown(now)
    unfinished = Mailing.objects.filter(finished_at__isnull=True, next_attempt_at__lte=now)
    free = unfinished.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now))
    handed = sum(_take_turn(pk, now) for pk in free.values_list("pk", flat=True)[:20])
    return handed + _deferred(now)


def responses_shown(now: datetime) -> int:
    """Have responses mailed that were published since; each once. How many. One query where none was."""
    fresh = Post.objects.filter(
        state=Post.State.RESPONSE, response__state=State.PUBLISHED, shown_at__isnull=True
    )
    found = list(fresh[:100])
    for post in found:
        with transaction.atomic():
            Post.objects.filter(pk=post.pk).update(shown_at=now)
            posting.send(post, now=now)
    return len(found)


def recipients(mailing: Mailing) -> QuerySet[Subscription]:
    """Who gets a copy of *mailing*, in the order of the walk; an address that would get two gets one."""
    thing = mailing.post or mailing.digest
    home, space = (thing.list_id, thing.space_id) if thing else (0, None)
    served = Subscription.objects.filter(
        list=home,
        confirmed_at__lte=mailing.made_at,
        ended_at__isnull=True,
        paused_at__isnull=True,
        suspended_at__isnull=True,
    )
    if mailing.digest is not None:
        same = Q(space__isnull=True) if space is None else Q(space=space)
        return served.filter(same, mode=Subscription.Mode.DIGEST).order_by("pk")
    each = served.filter(mode=Subscription.Mode.EACH)
    whole = each.filter(space__isnull=True)
    if space is None:
        return whole.order_by("pk")
    both = whole.filter(email=OuterRef("email"))
    return each.filter(Q(space__isnull=True) | Q(~Exists(both), space=space)).order_by("pk")


def _take_turn(pk: int, now: datetime) -> int:
    mailing = _claim(pk, now)
    if mailing is None:
        return 0
    try:
        return _walk(mailing, now)
    except Exception as error:  # the edge of the worker: one mailing may not stop the others
        log.exception("mailing %s could not go on; it is tried again", pk)
        _put_off(mailing, f"{type(error).__name__}: {error}", now)
        return 0


@transaction.atomic
def _claim(pk: int, now: datetime) -> Mailing | None:
    """Take a mailing for this worker; None when another was faster."""
    rows = Mailing.objects.select_for_update(of=("self",)).filter(pk=pk, finished_at__isnull=True)
    free = rows.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now))
    mailing = free.first()
    if mailing is not None:
        mailing.lease, mailing.leased_until = token_hex(16), now + LEASE
        mailing.save(update_fields=["lease", "leased_until"])
    return mailing


def _walk(mailing: Mailing, now: datetime) -> int:
    walk, handed = _begin(mailing), 0
    if walk is None:
        _note(mailing, Handed(), last=mailing.last, finished=True, now=now)
        return 0
    everyone = recipients(mailing).select_related("list")
    with carriers.for_address(settings.EMAIL_URL) as carrier:
        for _turn in range(TURN):
            batch = list(everyone.filter(pk__gt=mailing.last)[:BATCH])
            done = _hand_over(walk, batch, carrier)
            reached = done.reached
            last = max((s.pk for s in reached), default=mailing.last)
            finished = not done.broken and len(batch) < BATCH
            if not _note(mailing, done, last=last, finished=finished, now=now):
                return handed  # another worker has it
            handed += len(done.sent)
            if done.broken:
                _put_off(mailing, done.broken, now)
            if done.broken or finished:
                return handed
    Mailing.objects.filter(pk=mailing.pk, lease=mailing.lease).update(leased_until=None)
    return handed


def _begin(mailing: Mailing) -> Walk | None:
    """What is to be sent now; None where it is not to be read any more."""
    if mailing.digest is not None:
        digest = Digest.objects.select_related("list__group", "space__list", "space__consultation")
        found = digest.get(pk=mailing.digest_id or 0)
        place: List | Space = found.space or found.list
        posts = queries.between(place, found.since, found.until)
        mailing.digest = found
        return Walk(mailing, place, digested=posts) if posts else None
    post = queries.whole(mailing.post_id or 0)
    return Walk(mailing, post.space or post.list, post=post) if words.is_shown(post) else None


def _hand_over(walk: Walk, batch: Iterable[Subscription], carrier: Carrier) -> Handed:
    done = Handed()
    for subscription in batch:
        mail = _mail(walk, subscription)
        try:
            carrier.hand_over(mail)
        except carriers.RefusedForGoodError as error:
            done.refused.append((subscription, str(error)))
        except carriers.RefusedForNowError as error:
            done.later.append((subscription, str(error)))
        except carriers.UnreachableError as error:
            done.broken = str(error) or "unreachable"
            break
        else:
            done.sent.append(subscription)
    return done


def _mail(walk: Walk, subscription: Subscription) -> OutgoingMail:
    """A copy as carriers take it; never a row of the outbox."""
    raw = copies.copy(walk.frame(subscription.language), subscription, at=timezone.now())
    return OutgoingMail(
        pk=walk.mailing.pk * 10**9 + subscription.pk,
        recipient=subscription.email,
        sender=addresses.bounces(subscription),
        raw=raw,
        created_at=walk.mailing.made_at,
    )


@transaction.atomic
def _note(mailing: Mailing, done: Handed, *, last: int, finished: bool, now: datetime) -> bool:
    """Note what became of a batch, in one step; false where the lease was lost."""
    mine = Mailing.objects.filter(pk=mailing.pk, lease=mailing.lease)
    ended = timezone.now() if finished else None
    noted = mine.update(
        last=last,
        sent=F("sent") + len(done.sent),
        failed=F("failed") + len(done.refused),
        leased_until=timezone.now() + LEASE,
        finished_at=ended,
        attempts=0,
        last_error="",
    )
    if not noted:
        return False
    mailing.last, mailing.attempts = last, 0
    for subscription, why in done.later:
        first = {"since": now, "next_attempt_at": now + pause(1), "last_error": why[:500]}
        Deferral.objects.get_or_create(mailing=mailing, subscription=subscription, defaults=first)
    _refused(done.refused, now)
    return True


def _put_off(mailing: Mailing, why: str, now: datetime) -> None:
    """Try again later; after five days what is left has failed."""
    over = now - mailing.made_at >= GIVE_UP
    attempts = mailing.attempts + 1
    Mailing.objects.filter(pk=mailing.pk, lease=mailing.lease).update(
        leased_until=None,
        attempts=attempts,
        next_attempt_at=now + pause(attempts),
        last_error=why[:500],
        finished_at=timezone.now() if over else None,
    )


def _refused(refused: Iterable[tuple[Subscription, str]], now: datetime) -> None:
    for subscription, why in refused:
        held = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
        bouncing.count(held, points=bouncing.FOR_GOOD, reason=why, on=timezone.localdate(now))


def _deferred(now: datetime) -> int:
    """Try the copies again that were refused for the time being."""
    due = Deferral.objects.filter(next_attempt_at__lte=now).order_by("mailing", "pk")
    mailings = list(dict.fromkeys(due.values_list("mailing", flat=True)[: BATCH * 5]))
    return sum(_again(pk, now) for pk in mailings)


def _again(pk: int, now: datetime) -> int:
    batch = _claim_deferred(pk, now)
    walk = _begin(Mailing.objects.select_related("digest", "post").get(pk=pk))
    if walk is None:
        Deferral.objects.filter(mailing=pk).delete()
        return 0
    with carriers.for_address(settings.EMAIL_URL) as carrier:
        done = _hand_over(walk, [d.subscription for d in batch], carrier)
    _note_deferred(pk, {d.subscription_id: d for d in batch}, done, now)
    return len(done.sent)


@transaction.atomic
def _claim_deferred(pk: int, now: datetime) -> list[Deferral]:
    rows = Deferral.objects.select_for_update(of=("self",)).select_related("subscription__list")
    batch = list(rows.filter(mailing=pk, next_attempt_at__lte=now).order_by("pk")[:BATCH])
    ids = [deferral.pk for deferral in batch]
    Deferral.objects.filter(pk__in=ids).update(next_attempt_at=now + LEASE)
    return batch


@transaction.atomic
def _note_deferred(pk: int, batch: dict[int, Deferral], done: Handed, now: datetime) -> None:
    for subscription, why in done.later:
        deferral = batch[subscription.pk]
        if now - deferral.since >= GIVE_UP:
            done.refused.append((subscription, why))
            continue
        deferral.attempts += 1
        deferral.next_attempt_at, deferral.last_error = now + pause(deferral.attempts), why[:500]
        deferral.save()
    gone = [s.pk for s in (*done.sent, *(s for s, _ in done.refused))]
    Deferral.objects.filter(mailing=pk, subscription__in=gone).delete()
    _refused(done.refused, now)
    Mailing.objects.filter(pk=pk).update(
        sent=F("sent") + len(done.sent), failed=F("failed") + len(done.refused)
    )
