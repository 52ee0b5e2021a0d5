"""Private links of a respondent: stored hashed, expiring. Reading one acts on nothing."""

from datetime import datetime, timedelta

from consulta.core.tokens import hashed, new_token
from consulta.responses.errors import LinkUnknownError
from consulta.responses.models import Response, ReturnLink

#: How long a link works. A respondent may withdraw at any time: an expired link is sent anew on
#: request to the confirmed address.
LIFETIME = {
    ReturnLink.Purpose.CONFIRM: timedelta(days=30),
    ReturnLink.Purpose.RESPONDENT: timedelta(days=400),
    ReturnLink.Purpose.ANSWER: timedelta(days=400),
}


def give(response: Response, purpose: ReturnLink.Purpose, *, now: datetime) -> str:
    """Make a new private link to *response*; return its secret, which is kept nowhere."""
    token = new_token()
    ReturnLink.objects.create(
        response=response,
        purpose=purpose,
        token_hash=hashed(token),
        created_at=now,
        expires_at=now + LIFETIME[purpose],
    )
    return token


def find(token: str, purpose: ReturnLink.Purpose, *, now: datetime) -> ReturnLink:
    """The link whose secret is *token*. Raises LinkUnknownError when unknown or expired."""
    link = (
        ReturnLink.objects.select_related("response__respondent", "response__consultation")
        .filter(token_hash=hashed(token), purpose=purpose, expires_at__gt=now)
        .first()
    )
    if link is None:
        raise LinkUnknownError
    return link
