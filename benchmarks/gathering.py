"""A meeting of the measured group with any number of documents, and a delegation's draft and contributions.

Run: ``python -m benchmarks.gathering --data DIR --documents 300`` on an instance of ``benchmarks.instance``.
"""

import argparse
import os
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import instance

SLUG = "sample-group-2"
SORTS = ("report", "information", "temporary", "liaison", "administrative", "")
AUDIENCES = ("public", "listed", "members")
LANGUAGES = ("en", "fr")


def fill(documents: int, *, size: int) -> None:
    """Post *documents* to the coming meeting, each in two languages with *size* random bytes a file."""
    meetings: Any = import_module("consulta.meetings.models")  # after Django is set up
    posting: Any = import_module("consulta.meetings.documents")
    meeting = meetings.Meeting.objects.select_related("group__body").get(slug=SLUG)
    for n in range(documents):
        made = meetings.Document(
            meeting=meeting,
            titles={"en": f"Document {n} on access to the network", "fr": f"Document {n}"},
            source="Secretariat",
            sort=SORTS[n % len(SORTS)],
            audience=AUDIENCES[n % len(AUDIENCES)],
            files=[_file(language, size) for language in LANGUAGES],
        )
        posting.post(made, language="en", by=None)


def _file(language: str, size: int) -> dict[str, object]:
    spool: Any = import_module("consulta.mailroom.spool")
    kept = spool.keep([os.urandom(size)], folder="editions")
    told = {"name": f"paper-{language}.pdf", "path": kept.path, "sha256": kept.sha256}
    return told | {"size": kept.size, "media_type": "application/pdf", "language": language}


def main() -> None:
    """Read the command line and fill."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--bytes", type=int, default=10_000, help="of each file")
    chosen = parser.parse_args()
    instance.load(chosen.data)
    fill(chosen.documents, size=chosen.bytes)


if __name__ == "__main__":
    main()
