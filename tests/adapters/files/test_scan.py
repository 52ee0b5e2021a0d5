"""The virus scanner is believed when it says OK or FOUND, and in nothing else."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from consulta.adapters.files import scan

from . import clamd, daemon, made


def test_a_virus_is_found_and_a_fair_file_is_not(tmp_path: Path) -> None:
    with clamd.running() as address:
        scanner = scan.scanner(address)
        large = made.put(tmp_path / "large", b"x" * 200_000 + made.EICAR)
        fair = made.put(tmp_path / "fair", b"x" * 200_000)
        assert (scanner.is_infected(large), scanner.is_infected(fair)) == (True, False)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"NOT: OKAY\0"])
def test_any_other_answer_is_no_verdict(tmp_path: Path, answer: bytes) -> None:
    file = made.put(tmp_path / "fair", b"x")
    with clamd.running(fixed=answer) as address, pytest.raises(scan.ScannerUnreachableError):
        scan.scanner(address).is_infected(file)


def test_a_scanner_that_is_not_there_gives_no_verdict(tmp_path: Path) -> None:
    with clamd.running() as address:
        pass
    with pytest.raises(scan.ScannerUnreachableError):
        scan.scanner(address).is_infected(made.put(tmp_path / "fair", b"x"))


def test_an_installation_without_a_scanner_knows_no_virus(tmp_path: Path) -> None:
    assert not scan.scanner("").is_infected(tmp_path / "any")


@pytest.fixture
def real(tmp_path: Path) -> Iterator[daemon.Daemon]:
    with daemon.running(tmp_path) as running:
        yield running


@pytest.mark.clamd
@pytest.mark.parametrize("way", ["address", "path"])
def test_a_real_clamd_finds_the_virus_and_lets_a_fair_file_pass(
    real: daemon.Daemon, tmp_path: Path, way: str
) -> None:
    scanner = scan.scanner(getattr(real, way))
    verdicts = {
        name: scanner.is_infected(made.put(tmp_path / "file", data))
        for name, data in {
            "the virus": made.EICAR,
            "at the end of 5 MB": b"x" * 5_000_000 + made.EICAR,
            "inside a document": made.zipped({**made.word("Hi"), "word/media/a": made.EICAR}),
            "a fair text": b"Hello",
            "a fair document": made.zipped(made.word("Hello")),
        }.items()
    }
    assert [name for name, infected in verdicts.items() if infected] == [
        "the virus",
        "at the end of 5 MB",
        "inside a document",
    ]


@pytest.mark.clamd
def test_a_real_clamd_that_takes_too_long_gives_no_verdict(
    real: daemon.Daemon, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "SECONDS", 0.3)
    file = made.put(tmp_path / "fair", b"Hello")
    real.hold()
    with pytest.raises(scan.ScannerUnreachableError):
        scan.scanner(real.address).is_infected(file)
    real.go_on()
    assert not scan.scanner(real.address).is_infected(file)


@pytest.mark.clamd
@pytest.mark.parametrize("way", ["address", "path"])
def test_a_real_clamd_that_dies_meanwhile_gives_no_verdict(
    real: daemon.Daemon, tmp_path: Path, way: str
) -> None:
    file = made.put(tmp_path / "fair", b"x" * 3_000_000)
    real.hold()
    killer = threading.Timer(0.3, real.die)
    killer.start()
    with pytest.raises(scan.ScannerUnreachableError):
        scan.scanner(getattr(real, way)).is_infected(file)
    killer.join()
