"""The process that opens strangers' files: `python -m consulta.adapters.files.worker SOURCE FOLDER`.

It limits itself before it reads anything, and writes into FOLDER: `clean` (the clean copy),
`text`, `embedded-N` (files found inside, to be scanned) and at last `result.json`.
"""

import json
import resource
import sys
from pathlib import Path

from consulta.adapters.files import examination

MEMORY = 2 * 1024 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 20
LARGEST_FILE = 256 * 1024 * 1024  # bytes it may write to one file
MAX_TEXT = 2_000_000  # characters kept


def limit() -> None:
    """Give up memory, time, file size and core dumps beyond what a fair file needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def main() -> None:
    """Check one file. Leaves no result when a limit ends it: the caller reads that as a finding."""
    limit()
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    result = examination.examine(source, folder, most_text=MAX_TEXT)
    (folder / "result.json").write_text(json.dumps(result))


if __name__ == "__main__":
    main()
