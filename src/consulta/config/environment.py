"""An ASGI request told in the words of WSGI (PEP 3333)."""

import sys
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from consulta.config.asgi_types import Scope

Environ = dict[str, Any]


class FileBody:
    """A file that a view answers with; sent without holding one of the threads."""

    def __init__(self, file: IO[bytes], block_size: int = 65536) -> None:
        self.file = file
        self.block_size = block_size

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(self.block_size), b"")

    def close(self) -> None:
        """Close the file, and with it Django's response."""
        self.file.close()


def environ_of(scope: Scope, body: IO[bytes], *, length: int) -> Environ:
    """The environ for a request whose whole body, *length* bytes, lies in *body*."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    return {
        **_headers(scope["headers"]),
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "CONTENT_LENGTH": str(length),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1] or 0),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileBody,
        "consulta.began_at": scope["consulta.began_at"],
    }


def _headers(headers: list[tuple[bytes, bytes]]) -> Environ:
    """Headers under their WSGI names; one with an underscore could pass for another and is left out."""
    named: Environ = {}
    for name, value in headers:
        if b"_" in name:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        text = value.decode("latin-1")
        named[key] = f"{named[key]}{joint}{text}" if key in named else text
    return named
