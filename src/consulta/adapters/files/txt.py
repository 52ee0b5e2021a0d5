"""Text files: any character set in, UTF-8 without control characters out."""

import codecs
from pathlib import Path

from consulta.adapters.files import charset, plain
from consulta.adapters.files.findings import Cleaning, Finding, RefusedError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def clean(source: Path, target: Path) -> Cleaning:
    """Write *source* to *target* as UTF-8. Raises RefusedError when no character set fits."""
    work = Cleaning()
    text = _decode(source.read_bytes(), work)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    work.text, dropped = plain.without_controls(text)
    if dropped:
        work.found.add(Finding.CONTROL_CHARACTERS_REMOVED)
    target.write_bytes(work.text.encode("utf-8"))
    return work


def _decode(data: bytes, work: Cleaning) -> str:
    named = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(named)
    except UnicodeDecodeError:
        guessed = charset.decode(data)
    if guessed is None:
        raise RefusedError(Finding.BROKEN)
    work.found.add(Finding.ENCODING_GUESSED)
    return guessed
