"""The process that lays out one file: ``python -m …renderers.worker FORMAT IN OUT BYTES SECONDS``.

IN is a job (see `jobs`), OUT the file to write; what was replaced in it is written beside it, as JSON.
BYTES is the address space that the process may use, SECONDS its processor time.
"""

import contextlib
import json
import os
import resource
import sys
import threading
from importlib import import_module
from pathlib import Path

from consulta.reports.renderers import jobs, replaced, volumes

#: Where each format is made: a function of a paper and its place, in a module under this folder.
MAKERS = {
    "pdf": "pdf:pdf",
    "docx": "docx:docx",
    "html": "html:html",
    "akn": "akn:akn",
    "json": "data:data",
}


def main(kind: str, source: str, target: str, memory: str, seconds: str) -> None:
    """Read the job, lay it out, write the file."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    threading.Thread(target=_end_with_the_caller, daemon=True).start()
    paper, place = jobs.read(Path(source))
    paper = volumes.beside(paper, kind)
    module, name = MAKERS[kind].split(":")
    make = getattr(import_module(f"consulta.reports.renderers.{module}"), name)
    made = make(paper, place)
    Path(target).write_bytes(made.encode() if isinstance(made, str) else made)
    found = json.dumps(replaced.of(paper, kind))
    Path(target + ".replaced").write_text(found)


def _end_with_the_caller() -> None:
    """End at once when whoever asked for the file is gone: its end of our pipe closes."""
    with contextlib.suppress(OSError):
        while os.read(0, 1):
            continue
    os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
