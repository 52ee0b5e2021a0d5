"""A group asks members to give or update their positions: all that state positions, or those it names.

Each is mailed at once, again a week before the day, and on the day: once each, and not once it has answered.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consulta.accounts.models import User
from consulta.core.languages import django_code, public_code
from consulta.groups import member_queries, members, permissions
from consulta.groups import queries as groups
from consulta.groups.members import MemberAct
from consulta.groups.models import Membership
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import outbox
from consulta.meetings import position_queries
from consulta.meetings.models import PositionReminder, PositionRequest
from consulta.meetings.positions import NoWordsError, PositionError

#: How long before the day a member is reminded first, and how long after it at the latest.
BEFORE, LATE = timedelta(days=7), timedelta(days=7)
_KIND = PositionReminder.Kind


class NotAskedHereError(PositionError):
    """A member that is asked has no running place in the group, or states no positions there."""


class DayPastError(PositionError):
    """The day by which a position is asked for is past."""


@transaction.atomic
def ask(request: PositionRequest, *, by: User, of: Iterable[Membership] = ()) -> int:
    """Ask members to give or update their positions; return how many persons are told.

    *of*: who is asked; nobody named: every member that states positions. Raises NotAllowedError,
    NoWordsError, NotAskedHereError, DayPastError, or ValidationError naming the field to mend.
    """
    permissions.require(by, Act.CONVENE, request.group)
    request.words = request.words.strip()
    if not request.words:
        raise NoWordsError
    if request.due_on is not None and request.due_on < members.today(request.group.body):
        raise DayPastError
    named = list(of)
    able = {each.pk for each in position_queries.stating(request.group)}
    if any(each.pk not in able for each in named):
        raise NotAskedHereError
    request.asked_at, request.asked_by = timezone.now(), by
    request.full_clean()
    request.save()
    request.memberships.set(named)
    ledger.record("position_asked", request, by=by)
    told = _delegates(position_queries.asked_members(request))
    for user in told:
        _mail(request, user)
    return len(told)


def remind_due(now: datetime) -> int:
    """Mail every reminder that is due at *now* and was not sent; return how many."""
    sent = 0
    soon = groups.today(now) + BEFORE + timedelta(days=1)  # whatever the zone of the group's body
    asked = PositionRequest.objects.filter(due_on__lte=soon, due_on__gte=soon - BEFORE - LATE * 2)
    for request in asked.select_related("group__body", "issue"):
        today = members.today(request.group.body, now)
        if (kind := _kind(request, today)) is not None:
            for membership in position_queries.unanswered(request):
                sent += _remind(request, membership, kind, now)
    return sent


def _kind(request: PositionRequest, today: date) -> str | None:
    due_on = request.due_on
    if due_on is None or not (due_on - BEFORE <= today <= due_on + LATE):
        return None
    return _KIND.DUE if today >= due_on else _KIND.BEFORE


def _remind(request: PositionRequest, membership: Membership, kind: str, now: datetime) -> int:
    if request.due_on is None:
        return 0
    row = PositionReminder(
        request=request, membership=membership, kind=kind, due_on=request.due_on, reminded_at=now
    )
    known = PositionReminder.objects.filter(
        request=request, membership=membership, kind=kind, due_on=request.due_on
    )
    if known.exists():
        return 0
    try:
        with transaction.atomic():
            row.save()
            for user in _delegates([membership]):
                _mail(request, user, reminds=True)
    except IntegrityError:  # another worker was first
        return 0
    return 1


def _delegates(asked: Sequence[Membership]) -> list[User]:
    """Everyone who may state a position of one of the members *asked* today, once each."""
    found: dict[int, User] = {}
    for membership in asked:
        today = members.today(membership.group.body)
        for place in member_queries.delegates(membership):
            may = MemberAct.STATE_POSITION in members.acts_of(place)
            if may and place.runs(today) and place.user.is_active and place.user.email:
                found[place.user_id] = place.user
    return list(found.values())


def _mail(request: PositionRequest, user: User, *, reminds: bool = False) -> None:
    with translation.override(django_code(user.language)):
        issue = groups.name(request.issue, user.language).text
        told = {"group": request.group.short_name, "issue": issue}
        subject = (
            _("Reminder: %(group)s asks for your position: %(issue)s") % told
            if reminds
            else _("%(group)s asks for your position: %(issue)s") % told
        )
        opening = _("%(group)s asks its members to give or update their position on “%(issue)s”.")
        if request.due_on is not None:
            told["day"] = date_format(request.due_on)
            opening = _(
                "%(group)s asks you to give or update your position on “%(issue)s” by %(day)s."
            )
        close = _("You find it among the positions on the members' pages.")
    page = f"{settings.BASE_URL}/{public_code(user.language)}/members/positions/"
    body = f"{opening % told}\n\n{request.words}\n\n{close}\n{page}\n"
    outbox.send(EmailMessage(subject, body, to=[user.email]), subject=request)
