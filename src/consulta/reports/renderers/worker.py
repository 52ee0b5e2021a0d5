"""The process that lays out one file: ``python -m consulta.reports.renderers.worker FORMAT IN OUT BYTES``.

IN is a file of JSON, OUT the file to write, BYTES the address space that the process may use.
"""

import json
import resource
import sys
from pathlib import Path

from consulta.core.paper import from_json
from consulta.reports.renderers.docx import docx
from consulta.reports.renderers.pdf import pdf


def main(kind: str, source: str, target: str, memory: str) -> None:
    """Read the paper, lay it out, write the file."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    job = json.loads(Path(source).read_bytes())
    paper = from_json(job["paper"])
    Path(target).write_bytes(docx(paper) if kind == "docx" else pdf(paper, job["place"]))


if __name__ == "__main__":
    main(*sys.argv[1:])
