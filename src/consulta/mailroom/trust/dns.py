"""Questions to the DNS, bounded: so many, so long, and no more once nothing answers."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from dns.exception import DNSException, Timeout
from dns.resolver import NXDOMAIN, NoAnswer, NoNameservers, NoResolverConfiguration, Resolver

SECONDS = 3.0  # for one question
MAX_QUESTIONS = 60  # for one letter
PATIENCE = 12.0  # seconds for all questions of one letter
#: After so many questions without an answer the others are not asked: there is no network.
SILENCE = 2
Record = Any  # an address or a name, (preference, name) for MX, bytes for TXT


class DnsUnreachableError(Exception):
    """Nobody answered in time, or too much was asked: for now nothing is known."""


class Dns(Protocol):
    """Where names are looked up."""

    def records(self, name: str, kind: str) -> list[Record]:
        """The records of *kind* (A, AAAA, MX, PTR, TXT); none where there is no such name.

        Raises DnsUnreachableError.
        """


@dataclass(slots=True)
class SystemDns:
    """The DNS as this machine asks it; one for a round of letters."""

    silent: int = 0
    resolver: Resolver | None = None

    def records(self, name: str, kind: str) -> list[Record]:
        """As :class:`Dns` says."""
        if self.silent >= SILENCE:
            raise DnsUnreachableError(name)
        try:
            found = list(self._asked().resolve(name, kind, lifetime=SECONDS))
        except (NXDOMAIN, NoAnswer):
            found = []
        except (Timeout, NoNameservers, NoResolverConfiguration, OSError) as error:
            self.silent += isinstance(error, Timeout | NoResolverConfiguration | OSError)
            raise DnsUnreachableError(name) from error
        except (DNSException, UnicodeError, ValueError):  # no name at all
            return []
        self.silent = 0
        return [_SHAPES[kind](each) for each in found]

    def _asked(self) -> Resolver:
        self.resolver = self.resolver or Resolver()
        return self.resolver


@dataclass(slots=True)
class Questions:
    """What is asked about one letter, each question once."""

    dns: Dns
    known: dict[tuple[str, str], list[Record]] = field(default_factory=dict)
    ends_at: float = field(default_factory=lambda: time.monotonic() + PATIENCE)

    def ask(self, name: str, kind: str) -> list[Record]:
        """The records of *name*. Raises DnsUnreachableError."""
        question = (name.rstrip(".").lower(), kind)
        if question not in self.known:
            if len(self.known) >= MAX_QUESTIONS or time.monotonic() > self.ends_at:
                raise DnsUnreachableError(name)
            self.known[question] = self.dns.records(*question)
        return self.known[question]

    def text(self, name: bytes, timeout: float = SECONDS) -> bytes:
        """The TXT record at *name* as dkimpy asks for it: bytes for a bytes name."""
        del timeout  # ours is shorter
        return next(iter(self.ask(name.decode("ascii", "replace"), "TXT")), b"")


_SHAPES: dict[str, Callable[[Any], Record]] = {
    "A": lambda record: record.address,
    "AAAA": lambda record: record.address,
    "MX": lambda record: (record.preference, record.exchange.to_text(omit_final_dot=True)),
    "PTR": lambda record: record.target.to_text(omit_final_dot=True),
    "TXT": lambda record: b"".join(record.strings),
}
