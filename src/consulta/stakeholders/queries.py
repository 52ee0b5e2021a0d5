"""What is asked about stakeholders: their groups and the organisations known."""

from collections.abc import Sequence

from consulta.core.multilingual import Text, choose
from consulta.stakeholders.models import Organisation, StakeholderGroup


def stakeholder_groups() -> Sequence[StakeholderGroup]:
    """Return the groups whose views are heard, in the body's order."""
    return list(StakeholderGroup.objects.all())


def by_slug(slug: str) -> StakeholderGroup | None:
    """Return the stakeholder group called *slug*; None if there is none."""
    return StakeholderGroup.objects.filter(slug=slug).first()


def name(group: StakeholderGroup, language: str) -> Text:
    """Return the group's name for a reader of *language*."""
    found = choose(group.names, language)
    return found if found.text else Text(group.slug, "")


def organisations() -> Sequence[Organisation]:
    """Return the organisations known, with their stakeholder groups, in the order of their names."""
    return list(Organisation.objects.select_related("stakeholder_group"))
