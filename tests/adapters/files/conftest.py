"""Examine bytes as a stranger's file, in the real limited process."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from consulta.adapters.files import sandbox
from consulta.adapters.files.findings import Finding, Verdict


@dataclass(frozen=True)
class Seen:
    """An examination whose clean copy was read before it went."""

    kind: str
    verdict: Verdict
    findings: set[Finding]
    clean: bytes | None
    text: str
    embedded: list[bytes]


@pytest.fixture
def seen(tmp_path: Path) -> Callable[[bytes], Seen]:
    """Examine these bytes."""

    def look(data: bytes) -> Seen:
        path = tmp_path / "stranger"
        path.write_bytes(data)
        with sandbox.examining(path) as it:
            return Seen(
                kind=it.media_type,
                verdict=it.verdict,
                findings=set(it.findings),
                clean=it.clean_path.read_bytes() if it.clean_path else None,
                text=it.text,
                embedded=[path.read_bytes() for path in it.embedded],
            )

    return look
