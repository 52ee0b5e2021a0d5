"""Private links of a registration: the button that confirms, and the page where it is changed.

The first is 128 random bits, stored hashed. The second stands in every mail and is sealed, so that
nothing need be stored for it; it opens nothing once the personal data are gone.
"""

from django.conf import settings
from django.core import signing

from consulta.live.models import Registration
from consulta.live.registration_errors import LinkUnknownError

_SALT = "consulta.live.registration"


def token(registration: Registration) -> str:
    """The secret of the page of *registration*."""
    return str(signing.Signer(salt=_SALT, sep=".").sign(str(registration.pk)))


def find(sealed: str) -> Registration:
    """The registration whose page *sealed* opens. Raises LinkUnknownError."""
    try:
        pk = int(signing.Signer(salt=_SALT, sep=".").unsign(sealed))
    except (signing.BadSignature, ValueError) as error:
        raise LinkUnknownError from error
    rows = Registration.objects.select_related("meeting__group__body", "membership")
    found = rows.filter(pk=pk, reduced_at__isnull=True, confirmed_at__isnull=False).first()
    if found is None:
        raise LinkUnknownError
    return found


def mine(registration: Registration) -> str:
    """The whole address of the page of *registration*."""
    path = f"/{registration.language}/registration/{token(registration)}/"
    return f"{settings.BASE_URL}{path}"


def confirm(secret: str, *, language: str) -> str:
    """The whole address of the page with the button that confirms."""
    return f"{settings.BASE_URL}/{language}/registration/confirm/{secret}/"


def live(slug: str, *, language: str) -> str:
    """The whole address of the page on which a meeting is followed remotely."""
    return f"{settings.BASE_URL}/{language}/meetings/{slug}/live/"
