"""Open a stranger's file at arm's length: `with sandbox.examining(path) as examination: …`."""

import contextlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import consulta
from consulta.adapters.files import identify
from consulta.adapters.files.findings import LOCKED, Finding, Verdict

log = logging.getLogger(__name__)
SECONDS = 100.0  # by the clock on the wall; 20 s of processor time, and 35 s more for scans
#: How a process that opens a file is started; its module, the file and its folder follow.
PYTHON = (sys.executable, "-P", "-s", "-m")
COMMAND = (*PYTHON, "consulta.adapters.files.worker")
LOCK_COMMAND = (*PYTHON, "consulta.adapters.files.locked")
LOCK_SECONDS = 10.0
PREFIX = "consulta-file-"  # of the folders in which files are opened
_SOURCES = Path(consulta.__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Examination:
    """What one file was found to be. *clean_path* is gone when the `with` block ends.

    *embedded* are files that were inside, for the virus scanner only.
    """

    media_type: str
    verdict: Verdict
    findings: tuple[Finding, ...]
    clean_path: Path | None = None
    text: str = ""
    embedded: tuple[Path, ...] = ()


@contextlib.contextmanager
def examining(
    path: Path, *, name: str = "", language: str = "", seconds: float = SECONDS
) -> Iterator[Examination]:
    """Examine the file at *path* in a process of its own. *name* is used in the log only.

    *language*: in which scans are read, where tesseract is on this machine and knows it. A crash, a
    lack of memory or time is a finding (check_stopped), never an exception.
    """
    with tempfile.TemporaryDirectory(prefix=PREFIX) as place:
        folder = Path(place)
        if not path.is_file():
            yield Examination("", Verdict.UNREADABLE, (Finding.MISSING,))
            return
        recogniser = shutil.which("tesseract") or ""
        (folder / "scans.json").write_text(
            json.dumps({"recogniser": recogniser, "language": language})
        )
        code = run(COMMAND, path.resolve(), folder, seconds=seconds)
        examination = _read(folder) if code == 0 else None
        if examination is None:
            log.warning("the check of %s stopped with %s", name or path.name, code)
        yield examination or Examination("", Verdict.UNREADABLE, (Finding.CHECK_STOPPED,))


def is_locked(path: Path) -> bool:
    """Whether the file opens only with a password; asked of a process of its own, in half a second.

    False for everything that is not known for sure: the examination says more.
    """
    if not identify.may_be_locked(path):
        return False
    with tempfile.TemporaryDirectory(prefix=PREFIX) as place:
        code = run(LOCK_COMMAND, path.resolve(), Path(place), seconds=LOCK_SECONDS)
    return code == LOCKED


def run(command: Sequence[str], path: Path, folder: Path, *, seconds: float) -> int:
    """Run the worker *command* to its end; it sees none of our environment, so none of our secrets.

    Returns its exit code, negative where a signal or the lack of time ended it.
    """
    worker = subprocess.Popen(  # noqa: S603 - our own module; the path is one argument
        [*command, path, folder],
        cwd=folder,
        env={"PYTHONPATH": str(_SOURCES), "LANG": "C.UTF-8", "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return worker.wait(seconds)
    except subprocess.TimeoutExpired:
        return -signal.SIGALRM
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def _read(folder: Path) -> Examination | None:
    """What the worker wrote, or None when it cannot be believed."""
    try:
        result: dict[str, Any] = json.loads((folder / "result.json").read_text())
        verdict = Verdict(result["verdict"])
        findings = tuple(Finding(code) for code in result["findings"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    clean, text = folder / "clean", folder / "text"
    if verdict == Verdict.CLEAN and not (clean.is_file() and text.is_file()):
        return None
    shown = verdict == Verdict.CLEAN
    return Examination(
        media_type=str(result.get("media_type", ""))[:100],
        verdict=verdict,
        findings=findings,
        clean_path=clean if shown else None,
        text=text.read_text(encoding="utf-8") if shown else "",
        embedded=tuple(sorted(folder.glob("embedded-*"))),
    )
