"""Naming: what of a respondent stands on the published response. Confirmation decides whose name."""

from dataclasses import dataclass

from consulta.core import redaction
from consulta.core.submission import RespondentKind
from consulta.stakeholders.models import Respondent, StakeholderGroup


@dataclass(frozen=True, slots=True)
class PublicRespondent:
    """The public part of a respondent; empty or None is not shown, and *why* says why not."""

    name: str
    country: str
    group: StakeholderGroup | None
    why: str  # "", "not-confirmed", "mandate-not-confirmed", "withheld"


def public(respondent: Respondent) -> PublicRespondent:
    """What may be shown of *respondent* now."""
    group = None if respondent.mandate_needed else respondent.stakeholder_group
    country = "" if respondent.withhold_country else respondent.country
    if not respondent.confirmed:
        return PublicRespondent("", country, group, "not-confirmed")
    if respondent.mandate_needed:
        return PublicRespondent("", country, None, "mandate-not-confirmed")
    if respondent.kind == RespondentKind.ORGANISATION:
        return PublicRespondent(_shown(respondent), country, group, "")
    if respondent.withhold_name:
        return PublicRespondent("", country, group, "withheld")
    return PublicRespondent(_shown(respondent), country, group, "")


def written(respondent: Respondent) -> str:
    """The name for which *respondent* speaks, as it was written."""
    is_organisation = respondent.kind == RespondentKind.ORGANISATION
    return respondent.organisation_name if is_organisation else respondent.name


def cut(respondent: Respondent) -> str:
    """That name without an address or a telephone number, as mail programs put them there; maybe nothing."""
    name = written(respondent)
    spans = [(found.start, found.end) for found in redaction.find(name)]
    if not spans:
        return name
    return redaction.apply(name, spans).replace(redaction.OMISSION, "").strip(" <>()'\",;")


def _shown(respondent: Respondent) -> str:
    """The whole name where an officer let it stand, else what the rules leave of it."""
    return written(respondent) if respondent.name_stands else cut(respondent)
