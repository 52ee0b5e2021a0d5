"""Files of documents are read: for those that not everyone may have, it is noted by whom."""

from collections.abc import Iterable

from consulta.accounts import access_log
from consulta.accounts.models import User
from consulta.groups.permissions import AnyUser
from consulta.meetings.models import Document
from consulta.meetings.packing import Packed


def note(documents: Iterable[Document], reader: AnyUser, *, name: str = "") -> None:
    """Note that *reader* takes the files of *documents*, or the one called *name*; public ones aside."""
    if not isinstance(reader, User):
        return
    closed = [one for one in documents if one.audience != Document.Audience.PUBLIC]
    files = ((one, file) for one in closed for file in one.files)
    access_log.note(
        reader,
        [(one, str(file.get("sha256", ""))) for one, file in files if name in ("", file["name"])],
    )


def note_packed(packed: Iterable[Packed], reader: AnyUser) -> None:
    """Note that *reader* takes the chosen files of many documents at once; public ones aside."""
    if not isinstance(reader, User):
        return
    closed = [one for one in packed if one.document.audience != Document.Audience.PUBLIC]
    access_log.note(
        reader,
        [(one.document, str(file.get("sha256", ""))) for one in closed for file in one.files],
    )
