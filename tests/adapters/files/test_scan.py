"""The virus scanner is believed when it says OK or FOUND, and in nothing else."""

from pathlib import Path

import pytest

from consulta.adapters.files import scan

from . import clamd, made


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
