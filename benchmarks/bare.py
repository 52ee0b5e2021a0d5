"""The measure of all pages: a Django view that does nothing, without middleware, behind our door."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

from consulta.cli.supervisor import Child, Supervisor
from consulta.cli.web import cores, listen, run_on
from consulta.config.dispatcher import Dispatcher
from consulta.config.finished import Stamp
from consulta.config.pool import ThreadPool
from consulta.web.ui.finished import finished

ROOT = Path(__file__).resolve().parents[1]
BODY = b"<!doctype html><title>Bare</title>" + b"<p>A line of a page.</p>" * 1200


def bare(_request: HttpRequest) -> HttpResponse:
    """Thirty kilobytes, made again for every reader."""
    return HttpResponse(BODY)


urlpatterns = [path("bare", bare), path("finished", finished(shows="pages")(bare))]


async def stamp() -> Stamp:
    """A record in which nothing happens."""
    return Stamp(0, 0, 0)


async def ready() -> bool:
    """Always."""
    return True


@dataclass(frozen=True, slots=True)
class Site:
    """Where a server answers, and the process on top of it."""

    base: str
    pid: int


@contextmanager
def bare_site(port: int) -> Iterator[Site]:
    """The bare view in a tree of processes of its own, as many as `consulta serve` has."""
    search = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.bare", str(port)],
        env={**os.environ, "PYTHONPATH": search},
        stderr=subprocess.DEVNULL,
    )
    site = Site(f"http://127.0.0.1:{port}", process.pid)
    try:
        wait_for(f"{site.base}/bare")
        yield site
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, *, seconds: float = 30) -> None:
    """Return when *url* answers; raises TimeoutError when it does not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):  # noqa: S310 -- our own address
                return
        except OSError:  # not there yet, or busy starting
            time.sleep(0.05)
    raise TimeoutError(url)


def main() -> int:
    """Serve on the port that is named."""
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="benchmarks.bare",
        MIDDLEWARE=[],
        SECRET_KEY="only-for-the-benchmark",  # noqa: S106
        LOGGING_CONFIG=None,
    )
    django.setup(set_prefix=False)
    door = Dispatcher(
        django=ThreadPool(WSGIHandler()), stamp=stamp, ready=ready, personal_cookies=frozenset()
    )
    run = run_on(listen("127.0.0.1", int(sys.argv[1])), application=door)
    return Supervisor([Child(f"web-{number}", run) for number in range(cores())]).run()


if __name__ == "__main__":
    sys.exit(main())
