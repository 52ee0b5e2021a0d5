"""Where procedure files lie: in the package, and in the folder that CONSULTA_PROCEDURES names.

A file of the institution's own folder comes before one of the same name in the package. Editions
that are no longer the present one lie in ``earlier/`` beside it, as ``SLUG-EDITION.toml``.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from consulta.core import instruments, procedure_file
from consulta.core.procedure_file import ProcedureFileError
from consulta.core.rules import Procedure

HERE = Path(__file__).parent / "procedures"
VARIABLE = "CONSULTA_PROCEDURES"
#: A procedure's name stands in addresses.
SLUG = re.compile(r"[A-Za-z0-9_-]+")


class UnreadableFileError(LookupError):
    """There is no such file, or it cannot be opened. *path* is what was asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def folders() -> tuple[Path, ...]:
    """Return the folders with procedures, the institution's own first."""
    own = os.environ.get(VARIABLE, "").strip()
    return (Path(own), HERE) if own else (HERE,)


def slugs() -> tuple[str, ...]:
    """List the procedures that exist, in alphabetical order."""
    paths = (path for folder in folders() for path in folder.glob("*.toml"))
    return tuple(sorted({path.stem for path in paths if path.is_file()}))


def editions(slug: str, within: tuple[Path, ...]) -> Iterator[Procedure]:
    """Yield the present edition of the procedure called *slug*, then the earlier ones.

    Raises ProcedureFileError, also for a file that cannot be opened or whose name is no slug.
    """
    yield from _present(slug, within)
    yield from _earlier(slug, within)


def earlier_first(slug: str, within: tuple[Path, ...]) -> Iterator[Procedure]:
    """Yield the same, the earlier ones first: a slip in the present one hinders none of them."""
    yield from _earlier(slug, within)
    yield from _present(slug, within)


def _present(slug: str, within: tuple[Path, ...]) -> Iterator[Procedure]:
    for folder in within:
        if (path := folder / f"{slug}.toml").is_file():
            yield _opened(path, slug)


def _earlier(slug: str, within: tuple[Path, ...]) -> Iterator[Procedure]:
    for folder in within:
        for path in sorted((folder / "earlier").glob(f"{slug}-*.toml")):
            if path.stem[len(slug) + 1 :].isdecimal():
                yield _opened(path, slug)


def _opened(path: Path, slug: str) -> Procedure:
    if not SLUG.fullmatch(slug):
        mend = "its name stands in addresses; rename it with the letters a to z, digits, _ and -"
        raise ProcedureFileError(slug, "the file", mend, 1)
    try:
        return read(path, slug=slug)
    except UnreadableFileError as error:
        mend = "cannot be opened; let the account that runs Consulta read it"
        raise ProcedureFileError(path.stem, "the file", mend, 1) from error


def read(path: Path, *, slug: str = "") -> Procedure:
    """Read the file at *path*; its name is the slug unless one is given.

    A byte-order mark is passed over. Raises UnreadableFileError, or ProcedureFileError naming the
    line to mend.
    """
    slug = slug or path.stem
    found = procedure_file.read(
        _text(path, slug), slug=slug, grounds=lambda name: _grounds(path, name), norms=_norms()
    )
    if path.parent.name == "earlier" and path.stem != f"{slug}-{found.edition}":
        problem = f"is {found.edition}, but the file is called {path.name}; rename it"
        raise ProcedureFileError(path.stem, "edition", problem)
    return found


def _grounds(path: Path, name: str) -> list[dict[str, object]]:
    """Read the shared list of grounds called *name*. Raises FileNotFoundError."""
    places = (path.parent / "grounds", HERE / "grounds")
    found = next((p for place in places if (p := place / f"{name}.toml").is_file()), None)
    if found is None or Path(name).name != name:
        raise FileNotFoundError(name)
    listed = procedure_file.parse(_text(found, f"grounds/{name}"), slug=f"grounds/{name}")
    return listed.take("grounds", list)


def _text(path: Path, slug: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ProcedureFileError(
            slug, "the file", "is not UTF-8 text; save it as UTF-8", line
        ) from error


def _norms() -> dict[str, tuple[str, ...]]:
    return {
        slug: tuple(edition.label for edition in norm.editions)
        for slug, norm in instruments.every().items()
    }
