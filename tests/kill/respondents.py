"""Respondents who write in the real form, over and over, and remember what they were promised."""

import http.client
import re
import threading
import time
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.instance import SLUG

_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|terms|seen)" value="([^"]*)"')
_NUMBER = re.compile(r"\b\d+-\d{6,}\b")


class NotAnsweredError(Exception):
    """The page did not come as it should: begin anew."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the site said it had: the secret of the link it gave, and what was sent."""

    token: str
    text: str
    file: bytes


@dataclass
class Promises:
    """Everything that all respondents were promised."""

    drafts: list[Kept] = field(default_factory=list)
    receipts: list[Kept] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)  # number shown -> the link's secret


class Browser:
    """One client with its cookies; every respondent has a network address of its own."""

    def __init__(self, port: int, *, source: str) -> None:
        self._port, self._source = port, source
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> tuple[int, str, str]:
        """Status, Location and text of a page."""
        return self._ask("GET", path, b"", {})

    def post(self, path: str, body: bytes, kind: str) -> tuple[int, str, str]:
        """Send a form."""
        return self._ask("POST", path, body, {"Content-Type": kind})

    def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, str, str]:
        door = http.client.HTTPConnection(
            "127.0.0.1", self._port, timeout=30, source_address=(self._source, 0)
        )
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            door.request(method, path, body, {**headers, "Cookie": cookies})
            answer = door.getresponse()
            text = answer.read().decode()
        finally:
            door.close()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), text


class Respondent(threading.Thread):
    """Responds as fast as the site takes it, until told to stop."""

    def __init__(self, port: int, *, number: int, promises: Promises) -> None:
        super().__init__(daemon=True)
        self._browser = Browser(port, source=f"127.0.0.{10 + number}")
        self._promises = promises
        self.stopping = threading.Event()

    def run(self) -> None:
        """Begin anew whatever goes wrong, as a person does."""
        while not self.stopping.is_set():
            try:
                self.respond()
            except (OSError, http.client.HTTPException, NotAnsweredError):
                time.sleep(0.05)

    def respond(self) -> None:
        """Write, check, send, and look at the receipt."""
        text = f"We wrote this once: {uuid.uuid4()}."
        file = f"A file that came with it: {uuid.uuid4()}.\n".encode()
        draft = self._write(text, file)
        self._promises.drafts.append(Kept(draft, text, file))
        mine = self._send(draft)
        self._promises.receipts.append(Kept(mine, text, file))
        _, _, page = self._page(f"/en/mine/{mine}/", 200)
        if found := _NUMBER.search(page):
            self._promises.numbers[found[0]] = mine

    def _write(self, text: str, file: bytes) -> str:
        path = f"/en/consultations/{SLUG}/respond/"
        _, _, form = self._page(path, 200)
        fields = dict(_HIDDEN.findall(form)) | {
            "answer-1": text,
            "language": "en",
            "kind": "organisation",
            "organisation": "Sample Organisation",
            "email": f"office-{uuid.uuid4().hex}@example.org",
            "stakeholder_group": "civil-society",
            "act": "check",
        }
        body, kind = _multipart(fields, file)
        status, to, said = self._browser.post(path, body, kind)
        return _secret(status, to, said, r"/drafts/([^/]+)/check/")

    def _send(self, draft: str) -> str:
        path = f"/en/drafts/{draft}/check/"
        _, _, form = self._page(path, 200)
        body = urlencode(dict(_HIDDEN.findall(form))).encode()
        status, to, said = self._browser.post(path, body, "application/x-www-form-urlencoded")
        return _secret(status, to, said, r"/mine/([^/]+)/")

    def _page(self, path: str, wanted: int) -> tuple[int, str, str]:
        answer = self._browser.get(path)
        if answer[0] != wanted:
            raise NotAnsweredError(f"{path}: {answer[0]}")
        return answer


def _secret(status: int, to: str, said: str, pattern: str) -> str:
    found = re.search(pattern, to)
    if status != 303 or not found:
        raise NotAnsweredError(f"{status} {to} {said[:2000]}")
    return found[1]


def _multipart(fields: dict[str, str], file: bytes) -> tuple[bytes, str]:
    """A form with one text file, as a browser sends it (RFC 7578)."""
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = 'Content-Disposition: form-data; name="files"; filename="note.txt"'
    parts.append(
        f"--{edge}\r\n{head}\r\nContent-Type: text/plain\r\n\r\n".encode() + file + b"\r\n"
    )
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"
