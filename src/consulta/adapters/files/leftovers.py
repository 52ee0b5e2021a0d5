"""What a process that was killed leaves in the folder for temporary files: strangers' files, opened."""

import logging
import os
import re
import shutil
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

#: Every name that this program gives to what it makes there, and what `tempfile` adds to it.
OURS = re.compile(
    r"consulta-(addresses|cover|document|file|form|layout|logo|outlook|sheet|table)-[a-z0-9_]{8}"
)

log = logging.getLogger(__name__)


def sweep(*, before: datetime) -> int:
    """Remove what is ours, belongs to our user and was last touched *before*; return how many.

    Another instance on this machine may be at work: *before* lies further back than any work takes.
    """
    with os.scandir(tempfile.gettempdir()) as entries:
        named = [entry for entry in entries if OURS.fullmatch(entry.name)]
    return sum(_remove(Path(entry.path)) for entry in named if _is_old(entry, before))


def _is_old(entry: "os.DirEntry[str]", before: datetime) -> bool:
    with suppress(FileNotFoundError):
        found = entry.stat(follow_symlinks=False)
        return found.st_uid == os.getuid() and found.st_mtime < before.timestamp()
    return False


def _remove(path: Path) -> bool:
    """Remove a folder with all in it, or a file; of a link the link alone."""
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        log.warning("%s was left behind and cannot be removed: %s", path, error)
        return False
    return True
