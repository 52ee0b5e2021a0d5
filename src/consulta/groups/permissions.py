"""Who may do what: by appointment in a group, or in the whole body. What is not said is not allowed."""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from consulta.accounts.models import User
from consulta.groups.models import Appointment, Group, Role

AnyUser = User | AnonymousUser


class Act(StrEnum):
    """Everything at the desk that a person can be allowed."""

    SEE_DESK = "see_desk"
    SEE_RESTRICTED = "see_restricted"  # what readers of the public pages do not see
    CONVENE = "convene"
    OPEN = "open"
    EXTEND = "extend"
    CANCEL = "cancel"
    CORRECT = "correct"
    EDIT_QUESTIONS = "edit_questions"
    MOVE_MEETING = "move_meeting"
    RECORD_FACT = "record_fact"
    RECORD_DEVIATION = "record_deviation"
    TRANSLATE = "translate"
    MODERATE = "moderate"
    PUBLISH = "publish"
    CONFIRM_SENDER = "confirm_sender"
    ENTER_RESPONSE = "enter_response"
    DECIDE_APPEAL = "decide_appeal"
    ERASE = "erase"
    EDIT_REPORT = "edit_report"
    RELEASE = "release"
    DELIVER = "deliver"
    RECORD_AGREEMENT = "record_agreement"
    SCREEN_CONTEST = "screen_contest"
    ANSWER_CONTEST = "answer_contest"
    PRACTICES = "practices"
    SEE_POST = "see_post"
    APPOINT = "appoint"


_READER = frozenset({Act.SEE_DESK, Act.SEE_RESTRICTED})
_MODERATOR = _READER | {
    Act.MODERATE,
    Act.PUBLISH,
    Act.CONFIRM_SENDER,
    Act.ENTER_RESPONSE,
    Act.DECIDE_APPEAL,
    Act.SCREEN_CONTEST,
    Act.TRANSLATE,
    Act.PRACTICES,
}
_EDITOR = _READER | {Act.EDIT_REPORT, Act.TRANSLATE}

#: What each role may do. An officer may do everything.
ALLOWED: dict[Role, frozenset[Act]] = {
    Role.OFFICER: frozenset(Act),
    Role.EDITOR: _EDITOR,
    Role.MODERATOR: _MODERATOR,
    Role.READER: _READER,
}


class NotAllowedError(PermissionError):
    """This person has no appointment that allows the act."""

    def __init__(self, act: StrEnum) -> None:
        super().__init__(act.value)
        self.act = act


def roles(user: AnyUser, group: Group | None) -> frozenset[Role]:
    """Return the roles that *user* holds in *group* now, those for the whole body included."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    where = Q(group__isnull=True) if group is None else Q(group=group) | Q(group__isnull=True)
    held = Appointment.objects.filter(where, user=user, ended_at__isnull=True)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))


def allowed(user: AnyUser, group: Group | None) -> frozenset[Act]:
    """Return every act that *user* may do in *group*: one query, for a whole page."""
    if isinstance(user, User) and user.is_active and user.is_administrator:
        return frozenset(Act)
    return frozenset().union(*(ALLOWED[role] for role in roles(user, group)))


def held_anywhere(user: AnyUser) -> frozenset[Act]:
    """Return every act that *user* may do in some group or other: what a navigation may show."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if user.is_administrator:
        return frozenset(Act)
    held = Appointment.objects.filter(user=user, ended_at__isnull=True)
    return frozenset().union(*(ALLOWED[Role(r)] for r in held.values_list("role", flat=True)))


def held_by_group(user: AnyUser) -> dict[int | None, frozenset[Act]]:
    """Return every act that *user* may do, by the group's id; None: in the whole body, so everywhere.

    One query for all groups and acts together; none for an administrator.
    """
    if not isinstance(user, User) or not user.is_active:
        return {}
    if user.is_administrator:
        return {None: frozenset(Act)}
    found: dict[int | None, frozenset[Act]] = {}
    held = Appointment.objects.filter(user=user, ended_at__isnull=True)
    for group, role in held.values_list("group", "role"):
        found[group] = found.get(group, frozenset()) | ALLOWED[Role(role)]
    return found


def may(user: AnyUser, act: Act, group: Group | None) -> bool:
    """Say whether *user* may do *act* in *group* (None: in the whole body)."""
    return act in allowed(user, group)


def require(user: AnyUser, act: Act, group: Group | None) -> None:
    """Raise NotAllowedError unless *user* may do *act* in *group*."""
    if not may(user, act, group):
        raise NotAllowedError(act)


def works_here(user: AnyUser) -> bool:
    """Say whether *user* has a place at the desk at all, in whatever group."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return (
        user.is_administrator
        or Appointment.objects.filter(user=user, ended_at__isnull=True).exists()
    )


def groups_of(user: AnyUser, act: Act) -> list[Group]:
    """Return the groups in which *user* may do *act*, in the order of their names."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if may(user, act, None):
        return list(Group.objects.all())
    able = [role for role, acts in ALLOWED.items() if act in acts]
    held = Appointment.objects.filter(user=user, role__in=able, ended_at__isnull=True)
    return list(Group.objects.filter(pk__in=held.values("group")))
