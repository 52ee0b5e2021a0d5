"""Hand out stored bytes so that a browser never runs them in the institution's name."""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.http import content_disposition_header

#: What a stored file may do in a browser: nothing.
SANDBOX = "default-src 'none'; sandbox"
#: An edition in HTML carries its own style and may be read in the browser, without scripts.
READABLE = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"


def path(relative: str) -> Path:
    """Return the place of a stored file inside the data folder. Raises Http404 if it is not there."""
    folder = Path(settings.DATA).resolve()
    found = (folder / relative).resolve()
    if not relative or not found.is_relative_to(folder) or not found.is_file():
        raise Http404
    return found


def download(file: Path, *, name: str, media_type: str) -> FileResponse:
    """Stream *file* to be saved under *name*."""
    response = FileResponse(file.open("rb"), content_type=media_type or "application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return _safe(response, SANDBOX)


def unshared(response: FileResponse) -> FileResponse:
    """Have no cache keep *response*: not every reader may have it."""
    response["Cache-Control"] = "private, no-store"
    return response


def readable(file: Path, *, name: str) -> FileResponse:
    """Stream an HTML *file* of our own making to be read in the browser; it can run nothing."""
    response = FileResponse(file.open("rb"), content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f"inline; filename*=utf-8''{quote(name)}"
    return _safe(response, READABLE)


def _safe(response: FileResponse, policy: str) -> FileResponse:
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-cache"
    return response
