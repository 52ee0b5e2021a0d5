"""Private links: 128 random bits, of which only the hash is stored."""

from hashlib import sha256
from secrets import token_urlsafe

TOKEN_BYTES = 16


def new_token() -> str:
    """A fresh secret of 128 random bits, safe in an address."""
    return token_urlsafe(TOKEN_BYTES)


def hashed(token: str) -> str:
    """What is stored of *token*: SHA-256, 64 hexadecimal digits."""
    return sha256(token.encode()).hexdigest()
