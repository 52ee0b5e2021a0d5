"""Signing mail that goes out (DKIM, RFC 6376): rsa-sha256, relaxed/relaxed, with the instance's own key.

The key is made when it is first needed, readable by its owner alone. A published record in the domain's
DNS makes the signature worth something; without it the mail goes out all the same.
"""

import base64
import logging
import os
import quopri
import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings

KEY = "dkim_key.pem"
BITS = 2048  # RFC 8301, section 3.2
_FOLD = re.compile(rb"[ \t\r\n]+")
_BLANKS = re.compile(rb"[ \t]+")
_FOLDED = re.compile(rb"\r\n(?![ \t])")
Header = tuple[bytes, bytes]
#: What the signature of a mail to one person covers, as far as it is there.
COVERED = (
    b"from", b"to", b"reply-to", b"subject", b"date", b"message-id", b"in-reply-to", b"references",
    b"mime-version", b"content-type", b"content-transfer-encoding", b"auto-submitted",
    b"list-unsubscribe", b"list-unsubscribe-post",
)  # fmt: skip
log = logging.getLogger(__name__)


class KeyUnusableError(ValueError):
    """CONSULTA_DKIM_KEY holds no RSA key in PEM."""


@lru_cache(maxsize=4)
def _parsed(pem: bytes) -> rsa.RSAPrivateKey:
    try:
        found = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise KeyUnusableError("CONSULTA_DKIM_KEY holds no private key in PEM") from error
    if not isinstance(found, rsa.RSAPrivateKey):
        raise KeyUnusableError("CONSULTA_DKIM_KEY must hold an RSA key")
    return found


def key() -> rsa.RSAPrivateKey:
    """The instance's key, made where there is none. Raises KeyUnusableError."""
    if settings.DKIM_KEY:
        return _parsed(settings.DKIM_KEY.encode())
    place = Path(settings.DATA) / KEY
    try:
        return _parsed(place.read_bytes())
    except FileNotFoundError:
        _make(place)
    return _parsed(place.read_bytes())


def record() -> tuple[str, str]:
    """The name and the text of the DNS record (TXT) that lets others check our signatures."""
    spki = (
        key()
        .public_key()
        .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    name = f"{settings.DKIM_SELECTOR}._domainkey.{settings.MAIL_DOMAIN}"
    return name, f"v=DKIM1; k=rsa; p={base64.b64encode(spki).decode()}"


def sign(headers: Sequence[Header], body: bytes, *, names: Sequence[bytes], at: datetime) -> bytes:
    """The DKIM-Signature header, with its line end, for a message of *headers* and *body*.

    *headers*: name and value as they are sent, without line ends. *names*: those to be signed, in lower
    case; one that is not there is signed as absent, so that nobody can add it.
    """
    tags = [
        b"v=1; a=rsa-sha256; c=relaxed/relaxed",
        b" d=%s; s=%s; t=%d" % (
            settings.MAIL_DOMAIN.encode("idna"), settings.DKIM_SELECTOR.encode(), int(at.timestamp())
        ),
        b" h=" + b":".join(names),
        b" bh=" + base64.b64encode(sha256(_relaxed_body(body)).digest()),
        b" b=",
    ]  # fmt: skip
    unsigned = b";\r\n".join(tags)
    present = {name.lower(): (name, value) for name, value in headers}
    signed = b"".join(_relaxed(*present[n]) + b"\r\n" for n in names if n in present)
    signed += _relaxed(b"DKIM-Signature", unsigned)
    made = base64.b64encode(key().sign(signed, padding.PKCS1v15(), hashes.SHA256()))
    lines = [made[i : i + 72] for i in range(0, len(made), 72)]
    return b"DKIM-Signature: " + unsigned + b"\r\n ".join(lines) + b"\r\n"


def signed(raw: bytes, *, at: datetime) -> bytes:
    """A whole mail of ours with its signature, where the instance has a key; else as it is.

    Only for a sender under our own domain: for another one the signature would prove nothing. Bytes
    that a server on the way may write otherwise are written in ASCII first (RFC 6376, section 5.3).
    """
    head, gap, body = raw.partition(b"\r\n\r\n")
    headers = [_parts(line) for line in _FOLDED.split(head)]
    if not (gap and has_key() and _is_ours(dict(_lowered(headers)).get(b"from", b""))):
        return raw
    headers, body = _in_ascii(headers, body)
    try:
        signature = sign(headers, body, names=COVERED, at=at)
    except KeyUnusableError as error:
        log.error("mail goes out unsigned: %s", error)
        return raw
    return signature + b"".join(b"%s:%s\r\n" % each for each in headers) + b"\r\n" + body


def has_key() -> bool:
    """Whether a key was set or made; mail of the lists makes one."""
    return bool(settings.DKIM_KEY) or (Path(settings.DATA) / KEY).exists()


def _is_ours(sender: bytes) -> bool:
    """Whether *sender*, a From header, is an address of our domain or below it."""
    domain = parseaddr(sender.decode("ascii", "replace"))[1].rpartition("@")[2].lower()
    ours = settings.MAIL_DOMAIN.encode("idna").decode().lower()
    return domain == ours or domain.endswith(f".{ours}")


def _in_ascii(headers: list[Header], body: bytes) -> tuple[list[Header], bytes]:
    """A text of one part in quoted-printable where it holds other bytes; all else as it is."""
    said = dict(_lowered(headers))
    kind = said.get(b"content-type", b"").strip().lower()
    coded = said.get(b"content-transfer-encoding", b"").strip().lower()
    if body.isascii() or coded != b"8bit" or not kind.startswith(b"text/"):
        return headers, body
    kept = [each for each in headers if each[0].lower() != b"content-transfer-encoding"]
    text = quopri.encodestring(body.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return [*kept, (b"Content-Transfer-Encoding", b" quoted-printable")], text


def _lowered(headers: Sequence[Header]) -> list[Header]:
    return [(name.lower(), value) for name, value in headers]


def _parts(line: bytes) -> Header:
    name, _colon, value = line.partition(b":")
    return name, value


@lru_cache(maxsize=256)  # the copies of one post share most of their headers
def _relaxed(name: bytes, value: bytes) -> bytes:
    """One header in its relaxed form (RFC 6376, section 3.4.2)."""
    return name.lower().strip() + b":" + _FOLD.sub(b" ", value).strip()


def _relaxed_body(body: bytes) -> bytes:
    """The body in its relaxed form (RFC 6376, section 3.4.4); lines must end as mail wants them."""
    lines = _BLANKS.sub(b" ", body).replace(b" \r\n", b"\r\n").removesuffix(b" ")
    while lines.endswith(b"\r\n"):
        lines = lines.removesuffix(b"\r\n")
    return lines + b"\r\n" if lines else b""


def _make(place: Path) -> None:
    """A new key at *place*; of two processes at once the first one's stands."""
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    made = rsa.generate_private_key(public_exponent=65537, key_size=BITS).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, place)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
