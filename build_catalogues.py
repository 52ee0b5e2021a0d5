"""Build hook: compile the message catalogues with babel, so that no system gettext is needed."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "src" / "consulta" / "locale"


def compile_all(root: Path = LOCALE) -> list[Path]:
    """Compile every ``*.po`` below *root*; return the files written."""
    return [_compile(source) for source in sorted(root.rglob("*.po"))]


def compile_changed(root: Path = LOCALE) -> list[Path]:
    """Compile those that changed since they were last compiled; return the files written."""
    return [_compile(source) for source in sorted(root.rglob("*.po")) if _stale(source)]


def _stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    """Write the compiled file in one step: a running site never reads half of it."""
    target = source.with_suffix(".mo")
    with source.open("rb") as po:
        catalogue = read_po(po, domain=source.stem)
    with NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as mo:
        write_mo(mo, catalogue)
    Path(mo.name).chmod(0o644)
    os.replace(mo.name, target)
    return target


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand or from a test, without the build's own needs
    pass
else:

    class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
        """Compiles the catalogues before the wheel is packed."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
            compile_all()


if __name__ == "__main__":
    for path in compile_changed():
        print(path)
