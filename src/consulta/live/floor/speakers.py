"""Who speaks: somebody who registered, or somebody in the room whom a moderator names."""

from dataclasses import dataclass
from typing import Any

from consulta.live.floor.errors import NameMissingError
from consulta.live.models import Mode, Registration
from consulta.stakeholders.models import StakeholderGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A speaker without a registration, as a moderator writes the name down."""

    name: str
    organisation_name: str = ""
    stakeholder_group: StakeholderGroup | None = None
    role: str = Registration.Role.PARTICIPANT
    mode: str = Mode.IN_PERSON


Who = Registration | Named


def particulars(who: Who) -> dict[str, Any]:
    """The columns of a speaker. Raises NameMissingError."""
    name = " ".join(who.name.split())
    if not name:
        raise NameMissingError
    return {
        "name": name[:200],
        "organisation_name": " ".join(who.organisation_name.split())[:300],
        "stakeholder_group": who.stakeholder_group,
        "role": who.role,
        "mode": who.mode,
        "registration": who if isinstance(who, Registration) else None,
    }
