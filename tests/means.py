"""What a test needs of the machine: a browser, PostgreSQL, a virus scanner, a reader of scans, a mailbox.

Missing, it is skipped loudly; in CI it fails.
"""

import os
import shutil
import socket
from urllib.parse import urlsplit

POSTGRES = os.environ.get("CONSULTA_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CLAMD_PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/sbin"
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


def clamd() -> str | None:
    """Where the virus scanner's server is, None where there is none."""
    return shutil.which("clamd", path=CLAMD_PLACES)


def tesseract() -> str | None:
    """Where the reader of scans is, None where there is none."""
    return shutil.which("tesseract")


def dovecot() -> str | None:
    """Where the mailbox server is, None where there is none, or where only root could start it."""
    return shutil.which("dovecot") if os.geteuid() == 0 else None


def missing() -> dict[str, str]:
    """Marker to the sentence that says what is missing here."""
    lacks = {}
    if chromium() is None:
        lacks["browser"] = "NO CHROMIUM HERE: install the package chromium"
    if not postgres():
        lacks["postgres"] = f"NO POSTGRESQL AT {POSTGRES}: start one or set CONSULTA_TEST_POSTGRES"
    if clamd() is None:
        lacks["clamd"] = "NO CLAMD HERE: install the package clamav-daemon"
    if tesseract() is None:
        lacks["tesseract"] = "NO TESSERACT HERE: install the package tesseract-ocr"
    if dovecot() is None:
        lacks["dovecot"] = "NO DOVECOT HERE (as root): install the package dovecot-imapd"
    return lacks
