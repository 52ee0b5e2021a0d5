"""The entry point of each web process: the dispatcher, wired to Django and to the record."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from consulta.adapters.sqlite.mark import SqliteMark
from consulta.config.broadcaster import Broadcaster
from consulta.config.broadcaster_door import Remembered
from consulta.config.broadcaster_files import Files
from consulta.config.broadcaster_intake import Intake
from consulta.config.broadcaster_tail import Tail
from consulta.config.dispatcher import Dispatcher
from consulta.config.pool import ThreadPool
from consulta.config.versions import Versions
from consulta.config.wsgi import application as django_application  # before any model: sets up
from consulta.consultations import queries
from consulta.groups import member_queries
from consulta.ledger import versions
from consulta.live import registration_queries
from consulta.live.captions import place, rooms
from consulta.reports import contest_clock
from consulta.web.ui.finished import personal_cookies

P = ParamSpec("P")
Answer = TypeVar("Answer")
#: Seconds after which a database that has not answered counts as not ready.
PATIENCE = 5


def _boundaries() -> list[float]:
    """The instants at which a page may change by itself (unix seconds)."""
    now = timezone.now()
    found = (
        *queries.boundaries(),
        *contest_clock.boundaries(now),
        *member_queries.boundaries(now),
        *registration_queries.boundaries(now),
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


def _fresh(ask: Callable[P, Answer]) -> Callable[P, Answer]:
    """The same question from a thread of our own, whose connection may have grown too old."""

    def asked(*args: P.args, **kwargs: P.kwargs) -> Answer:
        close_old_connections()
        return ask(*args, **kwargs)

    return asked


def _live() -> Broadcaster:
    """Captions; nothing is opened before the first request, when the processes have been made."""
    writer = place.writer()
    tail = Tail(writer.store, writer.committed, _fresh(rooms.names))
    return Broadcaster(
        rooms=Remembered(_fresh(rooms.room)),
        intake=Intake(Remembered(_fresh(rooms.sender)), writer.submit, tail.last_seq),
        tail=tail,
        files=Files(),
    )


application = Dispatcher(
    django=ThreadPool(django_application, folder=settings.FILE_UPLOAD_TEMP_DIR),
    stamp=Versions(version=versions.record_version, boundaries=_boundaries, mark=_mark()).now,
    ready=ready,
    personal_cookies=frozenset(name.encode() for name in personal_cookies()),
    static=settings.STATIC_URL,
    live=_live(),
)
