"""What an authenticator app shows: a code from a shared secret and the clock (RFC 6238, RFC 4226)."""

import base64
import hmac
import struct
import time

STEP = 30  # seconds (RFC 6238, 5.2)


def code(secret: str, *, at: float | None = None) -> str:
    """Six digits for *secret* (base 32) at the instant *at* (unix seconds; now unless given)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = int((time.time() if at is None else at) // STEP)
    digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
    offset = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
