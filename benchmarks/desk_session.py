"""The cookie of an officer who is signed in at a measured instance, second factor included.

Run: ``python -m benchmarks.desk_session --data DIR``; it prints the cookie.
"""

import argparse
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import instance


def cookie(data: Path) -> str:
    """Sign the administrator of the instance in *data* in, and return the header's value."""
    instance.load(data)
    settings: Any = import_module("django.conf").settings  # after Django is set up
    auth: Any = import_module("django.contrib.auth")
    factors: Any = import_module("allauth.mfa.recovery_codes.internal.auth")
    totp: Any = import_module("allauth.mfa.totp.internal.auth")
    founded: Any = import_module("benchmarks.founded")
    who = auth.get_user_model().objects.get(email=founded.ADMINISTRATOR)
    totp.TOTP.activate(who, totp.generate_totp_secret())
    factors.RecoveryCodes.activate(who)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[auth.SESSION_KEY] = str(who.pk)
    session[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[auth.HASH_SESSION_KEY] = who.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def main() -> None:
    """Read the command line and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    print(cookie(parser.parse_args().data))


if __name__ == "__main__":
    main()
