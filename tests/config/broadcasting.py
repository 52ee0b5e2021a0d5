"""A broadcaster behind a real server, on a port of its own, with a store in a folder of the test."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from consulta.config import broadcaster_door
from consulta.config.broadcaster import Broadcaster
from consulta.config.broadcaster_files import Files
from consulta.config.broadcaster_intake import Intake
from consulta.config.broadcaster_tail import Tail
from consulta.live.captions.rooms import Room, Sender
from consulta.live.captions.store import SqliteStore
from consulta.live.captions.writer import Writer

ROOM = Room(
    pk=1,
    slug="hall",
    is_public=True,
    is_over=False,
    languages=("en", "ar", "fr"),
    zero=0,
    webcast=0,
    ended=0,
    shift=0,
)
ENGLISH = "en-token"
SENDERS = {
    ENGLISH: Sender(11, 1, "en", "auto", is_automatic=False, is_over=False),
    "en-second": Sender(12, 1, "en", "auto", is_automatic=False, is_over=False),
    "ar-token": Sender(13, 1, "ar", "auto", is_automatic=True, is_over=False),
    "words": Sender(14, 1, "fr", "words", is_automatic=False, is_over=False),
    "over": Sender(15, 1, "en", "auto", is_automatic=False, is_over=True),
}


@dataclass
class Hall:
    """A sitting called `hall`, and whatever the test changes of it."""

    data: Path
    port: int
    rooms: dict[str, Room] = field(default_factory=lambda: {"hall": ROOM})
    names: dict[str, str] = field(default_factory=dict)
    broadcaster: Any = None

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        """Status and body of one request."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, f"/live/{path}", body, named)
        answer = line.getresponse()
        words = answer.read().decode()
        line.close()
        return answer.status, words

    def caption(self, body: Any, seq: object, token: str = ENGLISH, **headers: str) -> int:
        """Send as Zoom's clients do; the status."""
        sent = body.encode() if isinstance(body, str) else body
        path = f"hall/closedcaption?id={token}&seq={seq}&lang=en-US"
        return self.ask("POST", path, sent, **headers)[0]

    def do(
        self, seq: int, way: str, text: str = "", token: str = ENGLISH, **more: Any
    ) -> tuple[int, str]:
        """Do one thing at the console."""
        told = {"client": "window1", "seq": seq, "way": way, "text": text, **more}
        return self.ask("POST", f"hall/console?id={token}", json.dumps(told).encode())

    def text(self, language: str = "en") -> list[str]:
        """The captions as lines."""
        return self.ask("GET", f"hall/captions/{language}.txt")[1].split("\n")[:-1]


class Watching:
    """An open line of server-sent events."""

    def __init__(self, port: int, query: str = "lang=en", **headers: str) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.line.request("GET", f"/live/hall/events?{query}", headers=named)
        self.answer = self.line.getresponse()
        self.last = ""

    def events(self, count: int) -> list[dict[str, Any]]:
        """The next *count* events, each with its id."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            line = self.answer.readline().decode()
            if not line:
                break
            if line.startswith("id: "):
                self.last = line[4:].strip()
            elif line.startswith("data: "):
                found.append({"id": int(self.last), **json.loads(line[6:])})
        return found

    def texts(self, count: int) -> list[str]:
        """The words of the next *count* events."""
        return [event.get("text", "") for event in self.events(count)]

    def close(self) -> None:
        """Leave."""
        self.answer.close()
        self.line.close()


def make(hall: Hall) -> Broadcaster:
    """The broadcaster of *hall*."""
    writer = Writer(SqliteStore(hall.data / "captions.sqlite3"))
    tail = Tail(writer.store, writer.committed, lambda _pk: dict(hall.names))
    senders = broadcaster_door.Remembered(
        lambda slug, token: SENDERS.get(token) if slug in hall.rooms else None
    )
    return Broadcaster(
        rooms=broadcaster_door.Remembered(lambda slug: hall.rooms.get(slug)),
        intake=Intake(senders, writer.submit, tail.last_seq),
        tail=tail,
        files=Files(),
    )


@contextmanager
def served(data: Path) -> Iterator[Hall]:
    """The hall, served in a thread until the end of the block."""
    door = socket.create_server(("127.0.0.1", 0), backlog=512)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)  # a full line is found out soon
    hall = Hall(data, door.getsockname()[1])
    hall.broadcaster = make(hall)
    config = uvicorn.Config(
        hall.broadcaster, log_config=None, lifespan="off", ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 10
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    try:
        yield hall
    finally:
        server.should_exit = True
        thread.join(10)
