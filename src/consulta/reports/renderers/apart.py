"""Processes of our own that lay files out, with limits, and that end with the one that asked."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

SECONDS = 180
#: Where a machine is busy a process waits for its turn: by the clock it may take so many times as long.
PATIENCE = 10
MEMORY = 3 * 1024**3  # bytes of address space of one process; half of it is threads and fonts
#: What one process takes of the machine's memory in the worst case that was measured.
SHARE = 600 * 1024**2
_FREE = Path("/proc/meminfo")


class LayoutFailedError(Exception):
    """The process that lays a report out failed: over its time or memory, or on its text."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process may use: *seconds* of work (:data:`PATIENCE` times that by the clock), *memory*
    in bytes of address space.
    """

    seconds: float = SECONDS
    memory: int = MEMORY


def at_once() -> int:
    """How many processes may work side by side: one a core, fewer where memory is short."""
    cores = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    return max(1, min(cores, _free() // SHARE))


def lay_out(kind: str, source: Path, target: Path, *, limits: Limits) -> list[dict[str, Any]]:
    """Make the file *target* of format *kind* from the job *source*; return what was replaced in it.

    Raises :class:`LayoutFailedError`; then there is no *target*.
    """
    command = [sys.executable, "-m", "consulta.reports.renderers.worker"]
    command += [kind, str(source), str(target), str(limits.memory), str(int(limits.seconds) + 60)]
    _run(command, target.parent, limits.seconds * PATIENCE)
    told = target.with_name(target.name + ".replaced")
    replaced: list[dict[str, Any]] = json.loads(told.read_bytes())
    told.unlink()
    return replaced


def _run(command: list[str], folder: Path, seconds: float) -> None:
    """Run *command* to its end. It reads our end of a pipe: when we are killed, it ends too."""
    with TemporaryFile(dir=folder) as said:
        process = subprocess.Popen(  # noqa: S603 (our own module, no shell)
            command,
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise LayoutFailedError(f"not finished after {seconds:.0f} seconds") from error
        finally:
            process.kill()
            process.communicate()
        if code == -signal.SIGXCPU:
            raise LayoutFailedError("not finished within the seconds of work it is given")
        if code:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
            raise LayoutFailedError(f"ended with {code}: {last[0][:500]}")


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours: no secret, no settings, no database."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(filter(None, map(os.path.abspath, sys.path))),
        "PYTHONIOENCODING": "utf-8",
        "TMPDIR": str(folder),
    }


def _free() -> int:
    """Bytes of memory that are free; where nobody says, plenty."""
    if not _FREE.is_file():
        return SHARE * 1024
    lines = dict(line.split(":", 1) for line in _FREE.read_text().splitlines())
    return int(lines["MemAvailable"].split()[0]) * 1024
