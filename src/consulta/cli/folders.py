"""An instance's folder: is one there, may one be made, and does a server work in it now?"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from consulta.cli.words import Refusal

DEFAULT_DATA = "var/data"
DATABASE = "consulta.sqlite3"
#: Every server holds this file for its life, so that nobody throws the folder away beneath it.
LOCK = "serving.lock"
#: With one of these set, the tables are not in the folder.
ELSEWHERE = {"DATABASE_URL", "DATABASE_URL_FILE"}


def chosen(data: Path | None) -> Path:
    """The folder that was named with --data, else by the environment, else the usual one."""
    return (data or Path(os.environ.get("CONSULTA_DATA", DEFAULT_DATA))).absolute()


def require(data: Path | None) -> None:
    """Refuse a folder without an instance; makes nothing. Raises Refusal."""
    folder = chosen(data)
    require_folder(data)
    if not ELSEWHERE & set(os.environ) and not (folder / DATABASE).exists():
        raise Refusal(_nothing_in(folder))


def require_folder(data: Path | None) -> None:
    """Refuse a folder that does not exist: its name is probably mistyped. Raises Refusal."""
    if not os.path.isdir(chosen(data)):  # false, too, where we may not look
        raise Refusal(_nothing_in(chosen(data)))


def make(folder: Path) -> None:
    """Make *folder* for its owner alone, if it is not there. Raises Refusal where that is impossible."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        raise Refusal(
            f"{folder} cannot be an instance's folder ({reason}): name another with --data."
        ) from error


def hold(folder: Path) -> None:
    """Hold *folder* until this process and all that it starts have ended; many may hold it at once."""
    held = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    with suppress(OSError):  # a disk that knows no locks
        fcntl.flock(held, fcntl.LOCK_SH)


def is_held(folder: Path) -> bool:
    """Whether a server works in *folder* now."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def _nothing_in(folder: Path) -> str:
    """In English: no language is loaded yet."""
    return (
        f"There is no instance in {folder}: name its folder with --data, or found one"
        " with `consulta init`."
    )
