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


def named(name: str) -> list[Organisation]:
    """Every organisation called *name*, whatever its country; letters small or large are the same."""
    return list(Organisation.objects.filter(name__iexact=name.strip())) if name.strip() else []


def with_focal_point(respondent: Respondent) -> Organisation | None:
    """The organisation for which *respondent* claims to speak, if we know whom to ask there.

    A name is enough to ask its focal point; it is never enough to believe the claim.
    """
    own = respondent.organisation
    if own is not None and own.focal_point:
        return own
    named = Organisation.objects.filter(name__iexact=respondent.organisation_name.strip())
    named = named.exclude(focal_point="").filter(country__in=["", respondent.country])
    return named.order_by("-country", "pk").first() if respondent.organisation_name else None


def is_focal_point(address: str, *, organisation: str) -> bool:
    """Whether *address* is the focal point of the organisation called *organisation*."""
    known = Organisation.objects.filter(name__iexact=organisation.strip())
    return bool(address) and known.filter(focal_point__iexact=address.strip()).exists()
