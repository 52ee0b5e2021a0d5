"""What was kept is on the disk: bytes first, then the name, then the folder's."""

import errno
import io
import os
import stat
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consulta.mailroom import durable, spool

WORDS = "Да 是 نعم".encode() * 100_000


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    "source",
    [[WORDS[:7], WORDS[7:]], io.BytesIO(WORDS), SimpleUploadedFile("../../x", WORDS)],
    ids=["pieces", "file", "upload"],
)
def test_a_kept_file_has_its_hash_its_size_and_no_name_of_the_sender(
    source: Any, data: Path
) -> None:
    kept = spool.keep(source, folder="spool/uploads")
    assert (kept.sha256, kept.size) == (sha256(WORDS).hexdigest(), len(WORDS))
    assert (data / kept.path).read_bytes() == WORDS
    assert kept.path.startswith("spool/uploads/")
    assert len(kept.path.rpartition("/")[2]) == 32
    assert stat.S_IMODE((data / kept.path).stat().st_mode) == 0o600


def test_the_bytes_are_flushed_before_the_name_and_the_name_before_we_return(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool.keep([b"first"], folder="spool")
    seen: list[str] = []
    flush, rename = os.fsync, Path.rename

    def noted_flush(handle: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "bytes")
        flush(handle)

    def noted_rename(self: Path, target: Path) -> Path:
        seen.append("name")
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", noted_flush)
    monkeypatch.setattr(Path, "rename", noted_rename)
    spool.keep([b"second"], folder="spool")
    assert seen == ["bytes", "name", "folder"]


def test_a_new_folder_is_flushed_into_the_one_above(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(durable, "sync_folder", flushed.append)
    spool.keep([b"x"], folder="spool/uploads")
    assert flushed == [data, data / "spool", data / "spool/uploads"]


def full() -> Iterator[bytes]:
    yield b"some"
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_and_leaves_nothing_partial(data: Path) -> None:
    with pytest.raises(spool.SpoolFullError, match="disk is full"):
        spool.keep(full(), folder="spool")
    assert list((data / "spool").iterdir()) == []


def broken() -> Iterator[bytes]:
    yield b"some"
    raise ConnectionResetError


def test_a_broken_upload_leaves_nothing_partial(data: Path) -> None:
    with pytest.raises(ConnectionResetError):
        spool.keep(broken(), folder="spool")
    assert list((data / "spool").iterdir()) == []


def test_a_kept_file_is_never_replaced(data: Path) -> None:
    spool.keep([b"first"], folder="spool", name="17.eml")
    with pytest.raises(FileExistsError):
        spool.keep([b"second"], folder="spool", name="17.eml")
    assert (data / "spool/17.eml").read_bytes() == b"first"


@pytest.mark.parametrize(
    "path", ["../secret_key", "spool/../secret_key", "/etc/passwd", "spool/", "x", "spool/.part"]
)
def test_no_path_leads_out_of_the_spool(path: str) -> None:
    with pytest.raises(ValueError, match="not a path in the spool"):
        spool.locate(path)


def test_a_removed_file_is_gone_and_may_be_removed_again(data: Path) -> None:
    kept = spool.keep([b"x"], folder="spool")
    spool.remove(kept.path)
    spool.remove(kept.path)
    assert not (data / kept.path).exists()


def test_only_old_files_that_no_row_names_are_swept(data: Path) -> None:
    named, orphan, fresh = (spool.keep([b"x"], folder="spool").path for _ in range(3))
    (data / "spool/.abc.part").write_bytes(b"half")
    for path in (named, orphan, "spool/.abc.part"):
        os.utime(data / path, (0, 0))

    def known(paths: Collection[str]) -> list[str]:
        assert sorted(paths) == sorted([named, orphan])
        return [named]

    before = datetime.now(UTC) - timedelta(days=1)
    assert sorted(spool.sweep("spool", before=before, known=known)) == sorted(
        ["spool/.abc.part", orphan]
    )
    assert sorted(f"spool/{p.name}" for p in (data / "spool").iterdir()) == sorted([named, fresh])
    assert spool.sweep("nowhere", before=before, known=known) == []
