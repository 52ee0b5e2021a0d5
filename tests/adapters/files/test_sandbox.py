"""A file that kills its checker is a finding; the checker has limits and sees none of our secrets."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from consulta.adapters.files import sandbox
from consulta.adapters.files.findings import Finding, Verdict
from consulta.adapters.files.sandbox import Examination

STOPPED = Examination("", Verdict.UNREADABLE, (Finding.CHECK_STOPPED,))
Checker = Callable[[str], Examination]
ANSWER = (
    "import json, os, pathlib, sys;"
    "folder = pathlib.Path(sys.argv[2]); (folder / 'clean').touch();"
    "(folder / 'text').write_text(' '.join(sorted(os.environ)));"
    "(folder / 'result.json').write_text(json.dumps({'verdict': 'clean', 'findings': []}))"
)


@pytest.fixture
def checker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Checker:
    """Examine a file with this program in the place of the worker."""
    file = tmp_path / "stranger"
    file.write_bytes(b"Hello")

    def check(program: str) -> Examination:
        monkeypatch.setattr(sandbox, "COMMAND", (sys.executable, "-c", program))
        with sandbox.examining(file, name="attachment 1") as seen:
            return seen

    return check


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "raise ValueError",
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "import sys; sys.exit(0)",
        ANSWER.replace("'clean', 'findings'", "'fine', 'findings'"),
        ANSWER.replace("(folder / 'clean').touch()", "0"),
        "from consulta.adapters.files import worker; worker.limit(); bytearray(3 * 1024**3);"
        + ANSWER,
    ],
    ids=["abort", "error", "fault", "no result", "odd result", "no copy", "memory"],
)
def test_a_checker_that_dies_or_talks_nonsense_leaves_a_finding(
    checker: Checker, program: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert checker(program) == STOPPED
    assert "attachment 1" in caplog.text


def test_a_checker_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "stranger"
    file.write_bytes(b"Hello")
    with sandbox.examining(file, seconds=0.01) as seen:
        assert seen == STOPPED


def test_a_checker_that_uses_too_much_processor_time_is_stopped(checker: Checker) -> None:
    program = (
        "from consulta.adapters.files import worker; worker.CPU_SECONDS = 1; worker.limit()\n"
        "while True: pass"
    )
    assert checker(program) == STOPPED


def test_the_checker_sees_none_of_our_secrets(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSULTA_SECRET_KEY", "hush")
    names = set(checker(ANSWER).text.split())
    assert names <= {"HOME", "LANG", "LC_CTYPE", "PYTHONPATH"}


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    with sandbox.examining(tmp_path / "gone") as seen:
        assert (seen.verdict, seen.findings) == (Verdict.UNREADABLE, (Finding.MISSING,))


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    file = tmp_path / "stranger"
    file.write_bytes(b"Hello")
    with sandbox.examining(file) as seen:
        assert seen.clean_path is not None
        folder = seen.clean_path.parent
    assert not folder.exists()


def test_the_checker_starts_without_django() -> None:
    program = (
        "import sys, json, consulta.adapters.files.worker; print(json.dumps(list(sys.modules)))"
    )
    out = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env={"PYTHONPATH": "src"}
    )
    assert "django" not in json.loads(out.stdout)
