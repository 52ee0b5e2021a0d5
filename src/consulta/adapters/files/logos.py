"""A logo opened at arm's length: `data = logos.cleaned(path)`."""

import json
import tempfile
from pathlib import Path

from consulta.adapters.files import sandbox
from consulta.adapters.files.findings import Finding, RefusedError

COMMAND = (*sandbox.PYTHON, "consulta.adapters.files.logo")
SECONDS = 30.0


def cleaned(source: Path) -> bytes:
    """Return the logo at *source*, PNG or SVG, drawn anew as PNG. Raises RefusedError."""
    with tempfile.TemporaryDirectory(prefix=sandbox.PREFIX) as place:
        folder = Path(place)
        code = sandbox.run(COMMAND, source.resolve(), folder, seconds=SECONDS)
        try:
            said = json.loads((folder / "result.json").read_text())["finding"] if code == 0 else ""
            finding = Finding(said) if said else None
        except (OSError, ValueError, KeyError) as error:
            raise RefusedError(Finding.CHECK_STOPPED) from error
        if finding is not None:
            raise RefusedError(finding)
        clean = folder / "clean"
        if code != 0 or not clean.is_file():
            raise RefusedError(Finding.CHECK_STOPPED)
        return clean.read_bytes()
