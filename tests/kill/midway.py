"""Does one piece of the worker's work and is killed in the middle of it, always at the same place.

Run: ``python -m tests.kill.midway DATA mail|freezing|edition|file``; ``… DATA leave`` leaves that work.
"""

import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks import instance

#: What is being done, and the step that is reached and never taken.
STEPS = {
    "mail": "consulta.mailroom.delivery._note",  # handed over, not yet noted
    "freezing": "consulta.reports.assembly._number",  # drawn up, and no edition yet
    "edition": "consulta.reports.making._keep",  # one file laid out, on no disk
    "file": "consulta.responses.attachments._settle",  # examined, the clean copy on disk
}


def killed(*_args: object, **_kwargs: object) -> None:
    """End at once, as the kernel ends a process."""
    os.kill(os.getpid(), signal.SIGKILL)


def main(data: Path, what: str) -> None:
    """Leave work, or begin it as the worker does at its start."""
    instance.load(data)
    if what == "leave":
        unfinished: Any = import_module("tests.kill.unfinished")  # after Django is set up
        unfinished.leave()
        return
    tasks: Any = import_module("consulta.flow.tasks")
    with patch(STEPS[what], killed):
        tasks.sweep()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
