"""Build hook: compile the message catalogues with babel, so that no system gettext is needed."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "src" / "consulta" / "locale"


def compile_all(root: Path = LOCALE) -> list[Path]:
    """Compile every ``*.po`` below *root*; return the files written."""
    written = []
    for source in sorted(root.rglob("*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as po:
            catalogue = read_po(po, domain=source.stem)
        with target.open("wb") as mo:
            write_mo(mo, catalogue)
        written.append(target)
    return written


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand or from a test, without the build's own needs
    pass
else:

    class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]
        """Compiles the catalogues before the wheel is packed."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            compile_all()


if __name__ == "__main__":
    for path in compile_all():
        print(path)
