"""Virus scan by clamd over INSTREAM, where an installation has one (CONSULTA_CLAMD)."""

import socket
from pathlib import Path
from typing import Protocol

_PIECE = 64 * 1024  # bytes
SECONDS = 60.0  # it may be silent for so long


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
    """clamd at host:port, or at the path of a local socket; a connection per file (clamd(8), INSTREAM)."""

    def __init__(self, address: str) -> None:
        self._address = address

    def is_infected(self, path: Path) -> bool:
        """Send the bytes, read the verdict. Anything but OK or FOUND is no verdict."""
        try:
            with _connected(self._address) as line:
                reply = _converse(line, path)
        except OSError as error:
            raise ScannerUnreachableError(str(error)) from error
        if reply.endswith(b"FOUND"):
            return True
        if reply.endswith(b": OK"):
            return False
        raise ScannerUnreachableError(reply.decode("ascii", "replace")[:200])


def scanner(address: str) -> Scanner:
    """The scanner at *address* (host:port, or a path), or none when it is empty."""
    return Clamd(address) if address else NoScanner()


def _connected(address: str) -> socket.socket:
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX)
    try:
        line.settimeout(SECONDS)
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


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
