"""Virus scan by clamd over INSTREAM, where an installation has one (CONSULTA_CLAMD=host:port)."""

import socket
from pathlib import Path
from typing import Protocol

_PIECE = 64 * 1024  # bytes


class ScannerUnreachableError(Exception):
    """The scanner gave no verdict: nothing may be said of the file yet."""


class Scanner(Protocol):
    """Something that knows viruses."""

    def is_infected(self, path: Path) -> bool:
        """Whether the file holds a known virus. Raises ScannerUnreachableError."""
        ...


class NoScanner:
    """For installations without a scanner: it knows no virus."""

    def is_infected(self, path: Path) -> bool:  # noqa: ARG002 - the Protocol's argument
        """Never."""
        return False


class Clamd:
    """clamd at a host and port; a connection per file (clamd(8), INSTREAM)."""

    def __init__(self, host: str, port: int, *, seconds: float = 60.0) -> None:
        self._address = (host, port)
        self._seconds = seconds

    def is_infected(self, path: Path) -> bool:
        """Send the bytes, read the verdict. Anything but OK or FOUND is no verdict."""
        try:
            with socket.create_connection(self._address, timeout=self._seconds) as line:
                reply = _converse(line, path)
        except OSError as error:
            raise ScannerUnreachableError(str(error)) from error
        if reply.endswith(b"FOUND"):
            return True
        if reply.endswith(b": OK"):
            return False
        raise ScannerUnreachableError(reply.decode("ascii", "replace")[:200])


def scanner(address: str) -> Scanner:
    """The scanner at *address* (host:port), or none when it is empty."""
    if not address:
        return NoScanner()
    host, _, port = address.rpartition(":")
    return Clamd(host.strip("[]"), int(port))


def _converse(line: socket.socket, path: Path) -> bytes:
    line.sendall(b"zINSTREAM\0")
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            line.sendall(len(piece).to_bytes(4, "big") + piece)
    line.sendall((0).to_bytes(4, "big"))
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < _PIECE:
        piece = line.recv(4096)
        if not piece:
            break
        reply += piece
    return reply.rstrip(b"\0\n")
