"""Check an Ed25519 signature (RFC 8032)."""

from collections.abc import Collection

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_signed(body: bytes, *, signature: str, key: str, trusted: Collection[str]) -> bool:
    """Whether *signature* over *body* is by *key*, and *key* is one of *trusted*; all hexadecimal."""
    if key not in trusted:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), body
        )
    except (InvalidSignature, ValueError):
        return False
    return True
