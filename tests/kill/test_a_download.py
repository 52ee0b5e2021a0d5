"""Kill -9 while a whole meeting is being downloaded: nothing half is taken for a whole, or left behind."""

import http.client
import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks import instance
from benchmarks.gathering import SLUG
from tests.kill.site import PATIENCE, Site, found

pytestmark = pytest.mark.kill
DOCUMENTS, SIZE = 20, 2_000_000
ENOUGH = 1_000_000  # bytes that have come when everything is killed
PLACE = f"/en/members/meetings/{SLUG}/documents.zip"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An instance with a meeting of large documents, and the cookie of somebody who may read them."""
    data = found(tmp_path_factory.mktemp("download") / "founded")
    words = ["--documents", str(DOCUMENTS), "--bytes", str(SIZE)]
    ran(data, "benchmarks.gathering", *words)
    return data, ran(data, "benchmarks.desk_session").strip()


def ran(data: Path, module: str, *words: str) -> str:
    """Run a module on the instance in *data*; what it printed."""
    whole = [sys.executable, "-m", module, "--data", str(data), *words]
    done = subprocess.run(
        whole,
        env=instance.environment(data),
        cwd=instance.ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE * 3,
    )
    return done.stdout


def test_a_download_that_is_killed_is_no_archive_and_leaves_nothing(
    founded: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, cookie = founded
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    site = Site(tmp_path / "data", founded=data)
    try:
        site.start()
        with asked(site, cookie) as answer:
            half = answer.read(ENOUGH)
            site.kill_tree()
            rest, is_cut = the_rest(answer)
        assert is_cut, "whoever was cut off is not told so"
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(io.BytesIO(half + rest))
        assert archives(site.data) == set()
        assert list((tmp_path / "tmp").iterdir()) == []
        site.start()
        with asked(site, cookie) as answer:
            whole = answer.read()
    finally:
        site.kill_tree()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        sums = {sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    kept = {sha256(path.read_bytes()).hexdigest() for path in (data / "editions").rglob("*")
            if path.is_file()}  # fmt: skip
    assert len(kept & sums) == 2 * DOCUMENTS


@contextmanager
def asked(site: Site, cookie: str) -> Iterator[http.client.HTTPResponse]:
    """The answer to the download, its bytes still to come."""
    door = http.client.HTTPConnection("127.0.0.1", site.port, timeout=PATIENCE)
    with closing(door):
        door.request("GET", PLACE, headers={"Cookie": cookie})
        with closing(door.getresponse()) as answer:
            assert answer.status == 200
            yield answer


def the_rest(answer: http.client.HTTPResponse) -> tuple[bytes, bool]:
    """What still comes, and whether the reader is told that it is not all."""
    try:
        return answer.read(), False
    except http.client.IncompleteRead as cut:
        return cut.partial, True
    except OSError:
        return b"", True


def archives(data: Path) -> set[Path]:
    """What lies on the disk and begins as an archive does, whole or half."""
    kept = (path for path in data.rglob("*") if path.is_file())
    return {path for path in kept if path.read_bytes()[:4] == b"PK\x03\x04"}
