"""A DNS of our own, and letters that are signed with keys of our own: no network."""

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

import dkim
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.trust.dns import DnsUnreachableError

THEIRS, ELSEWHERE = "203.0.113.9", "198.51.100.7"
OUTSIDE = "8.8.4.4"  # an address of the open Internet; nobody is asked there


@dataclass
class StubDns:
    """Answers what it was told; anything else does not exist. *silent*: nobody answers."""

    told: dict[tuple[str, str], list[object]] = field(default_factory=dict)
    silent: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)

    def records(self, name: str, kind: str) -> list[object]:
        assert isinstance(name, str)
        self.asked.append((name, kind))
        if self.silent:
            raise DnsUnreachableError(name)
        return self.told.get((name, kind), [])


@cache
def keys() -> tuple[bytes, bytes]:
    """A private key in PEM, and its TXT record."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return private, b"v=DKIM1; k=rsa; p=" + b64encode(public)


def dns(**more: bytes) -> StubDns:
    """The names of example.org: its servers, its key and its policy; *more* TXT records."""
    told: dict[tuple[str, str], list[object]] = {
        ("example.org", "TXT"): [b"v=spf1 ip4:8.8.4.4 -all"],
        ("_dmarc.example.org", "TXT"): [b"v=DMARC1; p=reject"],
        ("s1._domainkey.example.org", "TXT"): [keys()[1]],
        ("s1._domainkey.lists.example.net", "TXT"): [keys()[1]],
    }
    return StubDns(told | {(name, "TXT"): [text] for name, text in more.items()})


def letter(sender: str = "ana@example.org", *, body: str = "We agree.", head: str = "") -> bytes:
    return f"{head}From: Ana <{sender}>\r\nSubject: Ours\r\n\r\n{body}\r\n".encode()


def signed(raw: bytes, *, domain: str = "example.org", **how: object) -> bytes:
    signature = dkim.sign(raw, b"s1", domain.encode(), keys()[0], **how)
    return bytes(signature) + raw


def sealed(raw: bytes, *, domain: str = "lists.example.net") -> bytes:
    """*raw* as a forwarder passes it on: it says what it found, and seals that (ARC)."""
    said = f"Authentication-Results: {domain}; dmarc=pass header.from=example.org\r\n".encode()
    raw = said + raw
    headers = dkim.arc_sign(raw, b"s1", domain.encode(), keys()[0], domain.encode())
    return b"".join(headers) + raw


def envelope(sender: str = "ana@example.org", *, peer: str = OUTSIDE, helo: str = "") -> Envelope:
    return Envelope(sender, ("consultation-11@localhost",), datetime.now(UTC), peer, helo)
