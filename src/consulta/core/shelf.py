"""Where procedure files lie: in the package, and in the folder that CONSULTA_PROCEDURES names.

A file of the institution's own folder comes before one of the same name in the package. Editions
that are no longer the present one lie in ``earlier/`` beside it, as ``SLUG-EDITION.toml``.
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path

from consulta.core import procedure_file
from consulta.core.procedure_file import ProcedureFileError
from consulta.core.rules import Procedure

HERE = Path(__file__).parent / "procedures"
VARIABLE = "CONSULTA_PROCEDURES"


class UnreadableFileError(LookupError):
    """There is no such file, or it is no text. *path* is what was asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def folders() -> tuple[Path, ...]:
    """Return the folders with procedures, the institution's own first."""
    own = os.environ.get(VARIABLE, "").strip()
    return (Path(own), HERE) if own else (HERE,)


def slugs() -> tuple[str, ...]:
    """List the procedures that exist, in alphabetical order."""
    return tuple(sorted({path.stem for folder in folders() for path in folder.glob("*.toml")}))


def editions(slug: str, within: tuple[Path, ...]) -> Iterator[Procedure]:
    """Yield the present edition of the procedure called *slug*, then the earlier ones."""
    for folder in within:
        if (path := folder / f"{slug}.toml").is_file():
            yield read(path)
    for folder in within:
        for path in sorted((folder / "earlier").glob(f"{slug}-*.toml")):
            if path.stem[len(slug) + 1 :].isdecimal():
                yield read(path, slug=slug)


def read(path: Path, *, slug: str = "") -> Procedure:
    """Read the file at *path*; its name is the slug unless one is given.

    Raises UnreadableFileError, or ProcedureFileError
    naming the line to mend.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(path) from error
    slug = slug or path.stem
    found = procedure_file.read(text, slug=slug, grounds=lambda name: _grounds(path, name))
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
    grounds: list[dict[str, object]] = tomllib.loads(found.read_text(encoding="utf-8"))["grounds"]
    return grounds
