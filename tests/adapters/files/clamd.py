"""A server that speaks clamd's INSTREAM and knows one virus, EICAR."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from .made import EICAR


def _exactly(line: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = line.recv(size - len(data))
        if not piece:
            raise ConnectionError
        data += piece
    return data


def _answer(line: socket.socket, fixed: bytes | None) -> None:
    assert _exactly(line, 10) == b"zINSTREAM\0"
    data = b""
    while size := int.from_bytes(_exactly(line, 4), "big"):
        data += _exactly(line, size)
    found = b"stream: Eicar-Test FOUND\0" if EICAR in data else b"stream: OK\0"
    line.sendall(found if fixed is None else fixed)


@contextmanager
def running(*, fixed: bytes | None = None) -> Iterator[str]:
    """The address of a scanner, for as long as the block lasts. *fixed*: what it always answers."""
    server = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()
    server.settimeout(0.1)

    def serve() -> None:
        while not stopped.is_set():
            try:
                line, _ = server.accept()
            except TimeoutError:
                continue
            with line:
                line.settimeout(5)
                _answer(line, fixed)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        stopped.set()
        thread.join()
        server.close()
