"""What a list or a space is called, for pages and mails."""

from consulta.consultations import queries as consultations
from consulta.core.multilingual import Text
from consulta.groups import queries as groups
from consulta.reflector.models import List, Space


def name(place: List | Space, language: str) -> Text:
    """The topic of a space; of a list the name of its group, or of the body."""
    if isinstance(place, Space):
        return consultations.topic(place.consultation, language)
    holder = place.group or groups.body()
    return groups.name(holder, language) if holder else Text(place.slug, "")


def short(place: List | Space) -> str:
    """A few letters for subjects and senders' names: `SWG`, of a space `SWG 11`."""
    home = place.list if isinstance(place, Space) else place
    holder = home.group or groups.body()
    word = holder.short_name if holder else home.slug
    return f"{word} {place.consultation.number}" if isinstance(place, Space) else word
