"""What a test needs of the machine: a browser, PostgreSQL. Missing, it is skipped loudly; in CI it fails."""

import os
import shutil
import socket
from urllib.parse import urlsplit

POSTGRES = os.environ.get("CONSULTA_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
REQUIRED = frozenset(os.environ.get("CONSULTA_TEST_REQUIRE", "").split())


def chromium() -> str | None:
    """Where a Chromium is, None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def postgres() -> bool:
    """Whether something answers where PostgreSQL should."""
    where = urlsplit(POSTGRES)
    try:
        with socket.create_connection((where.hostname or "127.0.0.1", where.port or 5432), 1):
            return True
    except OSError:
        return False


def missing() -> dict[str, str]:
    """Marker to the sentence that says what is missing here."""
    lacks = {}
    if chromium() is None:
        lacks["browser"] = "NO CHROMIUM HERE: install the package chromium"
    if not postgres():
        lacks["postgres"] = f"NO POSTGRESQL AT {POSTGRES}: start one or set CONSULTA_TEST_POSTGRES"
    return lacks
