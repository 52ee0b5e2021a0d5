"""What killed processes left behind is removed: only what is old, and only what is ours."""

import os
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import consulta
from consulta.adapters.files import leftovers

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BEFORE = NOW - timedelta(hours=6)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def made(folder: Path, *, hours: int) -> Path:
    folder.mkdir()
    (folder / "source").write_bytes(b"words of a person")
    at = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(folder, (at, at))
    return folder


def test_only_what_is_old_and_bears_one_of_our_names_goes(place: Path) -> None:
    old = made(place / "consulta-file-abc_1234", hours=7)
    recent = made(place / "consulta-file-abcd1234", hours=5)
    others = made(place / "consulta-file-of-somebody", hours=70)

    assert leftovers.sweep(before=BEFORE) == 1
    assert [old.exists(), recent.exists(), others.exists()] == [False, True, True]


def test_behind_a_link_nothing_is_removed(place: Path) -> None:
    kept = made(place / "kept", hours=70)
    (place / "consulta-sheet-abcd1234").symlink_to(kept)
    os.utime(place / "consulta-sheet-abcd1234", (0, 0), follow_symlinks=False)

    assert leftovers.sweep(before=BEFORE) == 1
    assert (kept / "source").exists()


def test_every_name_that_the_program_gives_is_known() -> None:
    sources = Path(consulta.__file__).parent.rglob("*.py")
    given = {
        name for path in sources for name in re.findall(r'"(consulta-\w+-)"', path.read_text())
    }

    assert "consulta-file-" in given
    assert [name for name in given if not leftovers.OURS.fullmatch(f"{name}abcd1234")] == []
