"""Known respondents: told by an address that they proved to be theirs, never by a name."""

from consulta.stakeholders.models import Organisation, Respondent

#: Ways in which somebody proved to read the mail of an address.
PROVED = (
    Respondent.Confirmation.BUTTON,
    Respondent.Confirmation.MAIL,
    Respondent.Confirmation.ACCOUNT,
)


def respondent(address: str) -> Respondent | None:
    """Who responded last under *address* and confirmed it; None for a stranger."""
    rows = Respondent.objects.filter(email=address.strip().lower(), confirmed_how__in=PROVED)
    return rows.select_related("stakeholder_group", "organisation").order_by("-pk").first()


def organisation(address: str) -> Organisation | None:
    """The organisation for which *address* speaks: as its focal point, or in an earlier response."""
    known = Organisation.objects.filter(focal_point__iexact=address.strip()).order_by("pk").first()
    if known is not None:
        return known
    earlier = respondent(address)
    return earlier.organisation if earlier is not None else None
