"""The fingerprint of a content: what a receipt shows and the ledger commits to."""

import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import rfc8785

SALT_BYTES = 16


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one spelling of *content*: RFC 8785 JSON. Raises rfc8785.CanonicalizationError."""
    return rfc8785.dumps(dict(content))


def fingerprint(content: Mapping[str, Any], salt: bytes) -> str:
    """SHA-256(salt ‖ RFC 8785 JSON of *content*), as 64 hexadecimal digits."""
    return sha256(salt + canonical(content)).hexdigest()


def new_salt() -> bytes:
    """A fresh random salt, 16 bytes: makes a fingerprint tell nothing about short contents."""
    return secrets.token_bytes(SALT_BYTES)
