"""PNG and JPEG: the same picture drawn anew, upright, without place, device and author."""

from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from consulta.adapters.files.findings import Cleaning, Finding, RefusedError

MAX_PIXELS = 100_000_000  # a page of A3 at 600 dpi has 70 million
QUALITY = 90  # of a JPEG
_KEPT = ("icc_profile", "transparency", "dpi")
_TOLD = ("exif", "xmp", "comment", "Comment", "photoshop", "Author", "Software", "Description")


def clean(source: Path, target: Path) -> Cleaning:
    """Draw *source* anew into *target*. Raises RefusedError when it is broken or too large to draw."""
    work = Cleaning(pages=[""])
    try:
        with Image.open(source, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise RefusedError(Finding.BOMB)
            _draw(picture, target, work)
    except Image.DecompressionBombError as error:
        raise RefusedError(Finding.BOMB) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise RefusedError(Finding.BROKEN) from error
    return work


def _draw(picture: Any, target: Path, work: Cleaning) -> None:
    kind = "PNG" if picture.format == "PNG" else "JPEG"  # phones put several into one
    if any(name in picture.info for name in _TOLD) or picture.getexif():
        work.found.add(Finding.HIDDEN_DATA_REMOVED)
    upright = ImageOps.exif_transpose(picture)
    upright.load()
    how = {name: upright.info[name] for name in _KEPT if name in upright.info}
    upright.info.clear()
    upright.save(target, format=kind, exif=b"", quality=QUALITY, **how)
