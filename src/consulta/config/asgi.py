"""The entry point of each web process: the dispatcher, wired to Django and to the record."""

import asyncio
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from consulta.config.dispatcher import Dispatcher
from consulta.config.pool import ThreadPool
from consulta.config.versions import SqliteMark, Versions
from consulta.config.wsgi import application as django_application  # before any model: sets up
from consulta.consultations import queries
from consulta.groups import member_queries
from consulta.ledger import versions
from consulta.reports import contest_clock
from consulta.web.ui.finished import personal_cookies

#: Seconds after which a database that has not answered counts as not ready.
PATIENCE = 5


def _boundaries() -> list[float]:
    """The instants at which a page may change by itself (unix seconds)."""
    now = timezone.now()
    found = (
        *queries.boundaries(),
        *contest_clock.boundaries(now),
        *member_queries.boundaries(now),
    )
    return sorted({instant.timestamp() for instant in found})


def _mark() -> SqliteMark | None:
    """SQLite's cheap sign that something was committed; other databases are asked each time."""
    if connection.vendor != "sqlite":
        return None
    return SqliteMark(Path(settings.DATABASES["default"]["NAME"]))


def _answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    finally:
        connection.close()
    return True


async def ready() -> bool:
    """Whether the database answers now."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.to_thread(_answers)
    except TimeoutError:
        return False


application = Dispatcher(
    django=ThreadPool(django_application, folder=settings.FILE_UPLOAD_TEMP_DIR),
    stamp=Versions(version=versions.record_version, boundaries=_boundaries, mark=_mark()).now,
    ready=ready,
    personal_cookies=frozenset(name.encode() for name in personal_cookies()),
    static=settings.STATIC_URL,
)
