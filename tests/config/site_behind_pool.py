"""A small WSGI site behind the pool, on a socket that the test hands over; run as a program."""

import hashlib
import io
import json
import socket
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qs

import django
import uvicorn
from django.conf import settings
from django.http import HttpResponse

from consulta.config.dispatcher import Dispatcher
from consulta.config.environment import FileBody
from consulta.config.finished import Stamp
from consulta.config.pool import ThreadPool

PIECE = b"x" * 65536
left: list[str] = []


class Pieces:
    """A streamed body that tells when it was closed."""

    def __init__(self, source: Iterator[bytes]) -> None:
        self._source = source

    def __iter__(self) -> Iterator[bytes]:
        return self._source

    def close(self) -> None:
        left.append("closed")


def site(  # noqa: C901 -- one page a line
    environ: dict[str, Any], start: Callable[..., Any]
) -> Iterable[bytes]:
    """Answer what the tests ask."""
    question = parse_qs(environ["QUERY_STRING"])
    start("200 OK", [("Content-Type", "text/plain")])
    match environ["PATH_INFO"]:
        case "/digest":
            digest, length = hashlib.sha256(), 0
            while chunk := environ["wsgi.input"].read(65536):
                digest.update(chunk)
                length += len(chunk)
            left.append("digested")
            return [f"{length} {digest.hexdigest()} {environ['CONTENT_LENGTH']}".encode()]
        case "/slow":
            time.sleep(float(question["s"][0]))
            return HttpResponse(b"slept")
        case "/stream":
            return Pieces(PIECE for _ in range(int(question["pieces"][0])))
        case "/endless":
            return Pieces(iter(lambda: PIECE, b""))
        case "/broken":
            return Pieces(piece for piece in _breaking())
        case "/file":
            return FileBody(io.BytesIO(PIECE * 3))
        case "/left":
            return [json.dumps(left).encode()]
    told = {key: value for key, value in environ.items() if isinstance(value, str | float)}
    return [json.dumps(told).encode()]


def _breaking() -> Iterator[bytes]:
    yield PIECE
    raise OSError("the disk broke")


async def stamp() -> Stamp:
    """A record in which nothing happens."""
    return Stamp(0, 0, 0)


async def ready() -> bool:
    """Always."""
    return True


if __name__ == "__main__":
    settings.configure(LANGUAGES=[("ar", "العربية"), ("en", "English")], USE_I18N=True)
    django.setup()
    door = Dispatcher(
        django=ThreadPool(site), stamp=stamp, ready=ready, personal_cookies=frozenset()
    )
    config = uvicorn.Config(door, loop="uvloop", http="httptools", ws="none", log_config=None)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(sys.argv[1]))])
