"""Who may see and change a consultation: what the group's appointments allow."""

from consulta.consultations.models import Consultation
from consulta.groups import permissions
from consulta.groups.permissions import Act, AnyUser


def may_see(user: AnyUser, consultation: Consultation) -> bool:
    """Say whether *user* may see it: everyone once it is announced, the desk before."""
    if consultation.is_record or consultation.announced_at:
        return True
    return permissions.may(user, Act.SEE_DESK, consultation.group)


def may(user: AnyUser, act: Act, consultation: Consultation) -> bool:
    """Say whether *user* may do *act* in *consultation*; deny by default."""
    return permissions.may(user, act, consultation.group)


def require(user: AnyUser, act: Act, consultation: Consultation) -> None:
    """Raise NotAllowedError unless *user* may do *act* in *consultation*."""
    permissions.require(user, act, consultation.group)
