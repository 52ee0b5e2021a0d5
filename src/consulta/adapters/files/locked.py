"""Does a file open only with a password? `python -m consulta.adapters.files.locked SOURCE FOLDER`.

It answers by its exit code: LOCKED, or anything else. Limited as the worker is.
"""

import sys
from pathlib import Path

import pikepdf

from consulta.adapters.files import identify, odt, worker
from consulta.adapters.files.archive import Archive
from consulta.adapters.files.findings import LOCKED, ODT, PDF, Finding, RefusedError


def is_locked(source: Path) -> bool:
    """Whether an examination of *source* would come to this; nothing is cleaned."""
    try:
        kind = identify.media_type(source)
        if kind == ODT:
            odt.refuse_locked(Archive(source))
        if kind == PDF:
            pikepdf.open(source).close()
    except RefusedError as refusal:
        return refusal.finding == Finding.ENCRYPTED
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False
    return False


if __name__ == "__main__":
    worker.limit()
    sys.exit(LOCKED if is_locked(Path(sys.argv[1])) else 0)
