"""The key that signs checkpoints: `ledger_key` in the data folder, readable by its owner only.

Beside it `ledger_key.pub` holds every public key that was ever in use, one a line, newest last.
"""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


class LedgerKeyMissingError(RuntimeError):
    """There is no key to sign with: `consulta init` makes one."""


def create() -> str:
    """Make the key unless there is one; the public key in hexadecimal."""
    if not _private().exists():
        _write_private(Ed25519PrivateKey.generate())
    current = load().public_key().public_bytes_raw().hex()
    if current not in public_keys():
        with _public().open("a", encoding="ascii") as file:
            file.write(current + "\n")
            file.flush()
            os.fsync(file.fileno())
    return current


def load() -> Ed25519PrivateKey:
    """The signing key. Raises LedgerKeyMissingError."""
    try:
        text = _private().read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise LedgerKeyMissingError(
            f"{_private()} is missing: run `consulta init`, or restore it from a backup"
        ) from error
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))


def public_keys() -> list[str]:
    """Every public key that ever signed here, in hexadecimal, newest last; empty for none."""
    return _public().read_text(encoding="ascii").split() if _public().exists() else []


def _private() -> Path:
    return settings.DATA / "ledger_key"


def _public() -> Path:
    return settings.DATA / "ledger_key.pub"


def _write_private(key: Ed25519PrivateKey) -> None:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    handle = os.open(_private(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(key.private_bytes_raw().hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
