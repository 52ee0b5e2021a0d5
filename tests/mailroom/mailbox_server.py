"""A small IMAP server with one mailbox: as much of RFC 3501 and RFC 6851 as fetching letters needs.

The tests that use it run against Dovecot too where that is installed, so that it does not lie.
"""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Mailbox:
    """Folders of letters (UID, INTERNALDATE, bytes), and what is to go wrong."""

    validity: int = 100
    folders: dict[str, list[tuple[int, str, bytes]]] = field(default_factory=dict)
    next_uid: int = 1
    password: str = "secret"
    drop_at: str = ""  # a command at which the line is cut
    asked: list[str] = field(default_factory=list)

    def add(self, raw: bytes, at: str = "20-Nov-2026 09:30:00 +0100") -> int:
        """Put a letter into INBOX; its UID."""
        uid, self.next_uid = self.next_uid, self.next_uid + 1
        self.folders.setdefault("INBOX", []).append((uid, at, raw))
        return uid

    def uids(self, folder: str = "INBOX") -> list[int]:
        return [uid for uid, _at, _raw in self.folders.get(folder, [])]


class Talk(socketserver.StreamRequestHandler):
    """One client."""

    server: Any

    def handle(self) -> None:
        context = self.server.context
        if context is None:
            self.talk()
            return
        with suppress(ssl.SSLError), context.wrap_socket(self.request, server_side=True) as line:
            self.rfile, self.wfile = line.makefile("rb"), line.makefile("wb", buffering=0)
            self.talk()

    def talk(self) -> None:
        box: Mailbox = self.server.box
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, command = line.split(" ", 1)
            box.asked.append(command.split(" ", 1)[0])
            if box.drop_at and command.upper().startswith(box.drop_at):
                return
            self.answer(tag, command, box)
            if command.upper() == "LOGOUT":
                return

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def answer(self, tag: str, command: str, box: Mailbox) -> None:
        """Answer one command."""
        word = command.upper()
        if word.startswith("LOGIN") and f'"{box.password}"' not in command:
            self.say(f"{tag} NO [AUTHENTICATIONFAILED] wrong password")
            return
        if word.startswith("UID FETCH"):
            self.fetch(command, box)
        elif word.startswith("UID MOVE"):
            self.move(command, box)
        told = {
            "CAPABILITY": "* CAPABILITY IMAP4rev1 MOVE AUTH=XOAUTH2",
            "SELECT": f"* {len(box.uids())} EXISTS\r\n* OK [UIDVALIDITY {box.validity}] valid",
            "STATUS": f'* STATUS "INBOX" (UIDVALIDITY {box.validity})',
            "UID SEARCH": f"* SEARCH {' '.join(map(str, box.uids()))}".rstrip(),
            "LOGOUT": "* BYE",
        }
        for name, line in told.items():
            if word.startswith(name):
                self.say(line)
        self.say(f"{tag} OK done")

    def fetch(self, command: str, box: Mailbox) -> None:
        wanted = int(command.split()[2])
        for number, (uid, at, raw) in enumerate(box.folders.get("INBOX", []), start=1):
            if uid != wanted:
                continue
            if "BODY.PEEK[]" in command:
                self.say(f"* {number} FETCH (UID {uid} BODY[] {{{len(raw)}}}")
                self.wfile.write(raw)
                self.say(")")
            else:
                size = f'UID {uid} RFC822.SIZE {len(raw)} INTERNALDATE "{at}"'
                self.say(f"* {number} FETCH ({size})")

    def move(self, command: str, box: Mailbox) -> None:
        found = re.fullmatch(r'UID MOVE ([\d,]+) "?([^"]+)"?', command, re.IGNORECASE)
        assert found is not None, command
        moved = {int(uid) for uid in found[1].split(",")}
        inbox = box.folders.get("INBOX", [])
        box.folders.setdefault(found[2], []).extend(each for each in inbox if each[0] in moved)
        box.folders["INBOX"] = [each for each in inbox if each[0] not in moved]


@contextmanager
def serving(box: Mailbox, *, pem: Path | None = None) -> Iterator[int]:
    """Serve *box*, encrypted with the certificate in *pem*; the port."""
    server: Any = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk)
    server.daemon_threads, server.box, server.context = True, box, None
    if pem is not None:
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(pem)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
