"""What pages ask about sittings and captioners."""

from collections.abc import Sequence

from django.db.models import Q

from consulta.groups import members
from consulta.groups.permissions import AnyUser
from consulta.live.models import Captioner, Sitting
from consulta.meetings.models import Meeting


def of_meeting(meeting: Meeting) -> list[Sitting]:
    """The sittings of *meeting*, in their order."""
    rows = Sitting.objects.filter(meeting=meeting).select_related("meeting__group__body")
    return list(rows)


def public_of(meeting: Meeting) -> list[Sitting]:
    """The sittings of *meeting* that everyone may follow."""
    return [s for s in of_meeting(meeting) if s.audience == Sitting.Audience.PUBLIC]


def by_slug(slug: str) -> Sitting:
    """The sitting called *slug*. Raises Sitting.DoesNotExist."""
    return Sitting.objects.select_related("meeting__group__body").get(slug=slug)


def at(meeting: Meeting, ordinal: int) -> Sitting:
    """The sitting of *meeting* with this number. Raises Sitting.DoesNotExist."""
    return Sitting.objects.select_related("meeting__group__body").get(
        meeting=meeting, ordinal=ordinal
    )


def present(sittings: Sequence[Sitting]) -> Sitting | None:
    """Which of *sittings* to show: the one that runs, else the next one, else the last."""
    running = [s for s in sittings if s.begun_at and not s.ended_at]
    ahead = [s for s in sittings if not s.begun_at]
    return next(iter([*running[-1:], *ahead[:1], *sittings[-1:]]), None)


def may_follow(sitting: Sitting, user: AnyUser) -> bool:
    """Say whether *user* may follow *sitting*."""
    if sitting.audience == Sitting.Audience.PUBLIC:
        return True
    return members.sees(user, sitting.meeting.group)


def captioners(sitting: Sitting) -> list[Captioner]:
    """All who were admitted to *sitting*, by language; those sent away too."""
    rows = Captioner.objects.filter(sitting=sitting).select_related("issued_by")
    return list(rows.order_by("language", "pk"))


def captioner(sitting: Sitting, pk: int) -> Captioner:
    """One who was admitted to *sitting*. Raises Captioner.DoesNotExist."""
    return Captioner.objects.select_related("sitting__meeting__group").get(sitting=sitting, pk=pk)


def automatic_languages(sitting: Sitting) -> set[str]:
    """The languages that nobody but speech recognition captions."""
    held = Captioner.objects.filter(sitting=sitting).filter(Q(revoked_at__isnull=True))
    by_machine = {c.language for c in held if c.is_automatic}
    return by_machine - {c.language for c in held if not c.is_automatic}
