"""Sparing strangers: whoever writes in somebody's name has us mail that address once an hour, not more."""

from datetime import timedelta
from hashlib import sha256

from consulta.accounts import ratelimit
from consulta.accounts.ratelimit import TooOftenError

HOUR = timedelta(hours=1)


def may_mail(address: str, *, limit: int = 1) -> bool:
    """Count a mail to *address*, from whatever channel; whether it is one of *limit* in this hour."""
    who = sha256(address.strip().lower().encode()).hexdigest()[:32]
    try:
        ratelimit.count(f"letter:{who}", limit=limit, per=HOUR)
    except TooOftenError:
        return False
    return True
