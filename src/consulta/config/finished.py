"""Finished pages: what an anonymous reader sees, kept ready to send until the record or the clock moves."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import brotli

Headers = list[tuple[bytes, bytes]]

#: Quality 5 costs about a millisecond for 30 kB and saves three quarters of the bytes.
BROTLI_QUALITY = 5
GZIP_LEVEL = 6
MEMORY = 64 * 1024 * 1024
REPLACED = frozenset(
    {b"x-consulta-finished", b"content-length", b"etag", b"cache-control", b"vary", b"expires"}
)


class Stamp(NamedTuple):
    """How far the record and the clock were when a page was begun.

    *pages* counts the acts that change pages, *total* all acts, *passed* the openings, closings
    and due dates that lie behind.
    """

    pages: int
    total: int
    passed: int


class Address(NamedTuple):
    """What a page is known by; *language* is the reader's list where the page depends on it."""

    scheme: str
    host: bytes
    path: bytes
    query: bytes
    language: bytes = b""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, whole, in the three forms in which it may be sent."""

    headers: Headers
    forms: dict[bytes, bytes]  # by content encoding; b"" is the page as it was rendered
    tag: str
    stamp: Stamp
    whole_record: bool  # shows the register: every act makes it old, not only those of pages
    by_language: bool

    @property
    def size(self) -> int:
        """Bytes in memory, roughly."""
        return 2000 + sum(len(form) for form in self.forms.values())

    def is_fresh(self, stamp: Stamp) -> bool:
        """Whether nothing that the page shows has happened since."""
        now = stamp if self.whole_record else stamp._replace(total=self.stamp.total)
        return now == self.stamp

    def answer(self, *, encodings: bytes, known: bytes) -> tuple[int, Headers, bytes]:
        """Status, headers and body for a reader who takes *encodings* and holds the tags *known*."""
        encoding = choose_encoding(encodings)
        tag = self._tag(encoding)
        headers = [*self.headers, (b"etag", tag)]
        if names(known, tag):
            return 304, headers, b""
        body = self.forms[encoding]
        if encoding:
            headers.append((b"content-encoding", encoding))
        return 200, [*headers, (b"content-length", b"%d" % len(body))], body

    def _tag(self, encoding: bytes) -> bytes:
        suffix = f"-{encoding.decode()}" if encoding else ""
        return f'"{self.tag}{suffix}"'.encode()


@lru_cache(maxsize=256)  # browsers say one of a few dozen things
def choose_encoding(accepted: bytes) -> bytes:
    """The best form that a reader takes: brotli, gzip or the plain page (RFC 9110, 12.5.3)."""
    weights = dict(_weights(accepted.lower()))
    for encoding in (b"br", b"gzip"):
        if weights.get(encoding, weights.get(b"*", 0.0)) > 0:
            return encoding
    return b""


def _weights(accepted: bytes) -> Iterable[tuple[bytes, float]]:
    for part in accepted.split(b","):
        name, _, parameter = part.partition(b";")
        weight = parameter.strip().removeprefix(b"q=")
        try:
            yield name.strip(), float(weight) if weight else 1.0
        except ValueError:
            yield name.strip(), 0.0


def names(known: bytes, tag: bytes) -> bool:
    """Whether an If-None-Match header names *tag* (RFC 9110, 13.1.2: weak comparison)."""
    tags = [each.strip().removeprefix(b"W/") for each in known.split(b",")]
    return tag in tags or tags == [b"*"]


def finish(headers: Headers, body: bytes, *, stamp: Stamp) -> Page:
    """The page that Django rendered, made ready to be sent many times; takes some milliseconds."""
    found = dict(headers)
    by_language = b"accept-language" in found.get(b"vary", b"").lower()
    vary = b"Accept-Encoding, Cookie" + (b", Accept-Language" if by_language else b"")
    kept = [(name, value) for name, value in headers if name not in REPLACED]
    kept += [(b"cache-control", b"public, max-age=0, must-revalidate"), (b"vary", vary)]
    return Page(
        headers=kept,
        forms={
            b"": body,
            b"br": brotli.compress(body, quality=BROTLI_QUALITY),
            b"gzip": gzip.compress(body, GZIP_LEVEL, mtime=0),
        },
        tag=hashlib.sha256(body).hexdigest()[:32],
        stamp=stamp,
        whole_record=found.get(b"x-consulta-finished") == b"register",
        by_language=by_language,
    )


def may_be_kept(status: int, headers: Headers) -> bool:
    """Whether a response is the same for every anonymous reader: marked so, and nobody's own."""
    found = dict(headers)
    return (
        status == 200
        and b"x-consulta-finished" in found
        and b"set-cookie" not in found
        and b"content-encoding" not in found
        and b"'nonce-" not in found.get(b"content-security-policy", b"")
    )


@dataclass
class FinishedPages:
    """The pages that this process holds, those least recently asked for dropped first."""

    memory: int = MEMORY
    size: int = 0
    _pages: OrderedDict[Address, Page] = field(default_factory=OrderedDict)

    def __len__(self) -> int:
        return len(self._pages)

    def find(self, address: Address, stamp: Stamp) -> Page | None:
        """The page at *address* if it is still true; *address* names the reader's languages."""
        for known in _names_of(address):
            page = self._pages.get(known)
            if page is not None and page.is_fresh(stamp):
                self._pages.move_to_end(known)
                return page
        return None

    def knows(self, address: Address) -> bool:
        """Whether what stands at *address* is a finished page, be it an old one."""
        return any(known in self._pages for known in _names_of(address))

    def keep(self, address: Address, page: Page) -> None:
        """Hold *page* in place of what was there; pages larger than an eighth are not held."""
        if not page.by_language:
            address = address._replace(language=b"")
        self._drop(address)
        if page.size > self.memory // 8:
            return
        self._pages[address] = page
        self.size += page.size
        while self.size > self.memory:
            self._drop(next(iter(self._pages)))

    def _drop(self, address: Address) -> None:
        if page := self._pages.pop(address, None):
            self.size -= page.size


def _names_of(address: Address) -> tuple[Address, Address]:
    return address._replace(language=b""), address
