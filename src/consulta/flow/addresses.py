"""Who may be written to here: what the door for letters is told, since it has no database."""

from django.conf import settings
from django.utils import timezone

from consulta.consultations import queries as consultations
from consulta.flow import reflecting
from consulta.groups import queries as groups
from consulta.mailroom import letterbox


def keep() -> None:
    """Have the door take letters to everybody who is here now; whoever is gone is refused from now on."""
    letterbox.write_addresses(local_parts())


def local_parts() -> set[str]:
    """What stands before the @, in small letters; a name ending in + takes any tag. Four queries.

    Lists and spaces that are wanting are made first.
    """
    taken = {f"consultation-{number}" for number in consultations.mail_numbers()}
    tagged = {f"{name}+" for name in taken}
    general = {group.slug.casefold() for group in groups.groups()}
    return taken | tagged | general | _ours() | set(reflecting.keep(timezone.now()))


def _ours() -> set[str]:
    """Our own sender's name, to which bounces and questions come."""
    local, _, domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")
    mine = domain.rstrip(">").casefold() == settings.MAIL_DOMAIN.casefold()
    return {local.rpartition("<")[2].casefold()} if mine else set()
