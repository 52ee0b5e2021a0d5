"""The process that opens Outlook's files: `python -m consulta.adapters.outlook.worker SOURCE FOLDER`.

It limits itself before it reads anything, and writes into FOLDER: `file-N` and at last `result.json`.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from oxmsg import Message
from striprtf.striprtf import rtf_to_text
from tnefparse import TNEF

from consulta.adapters.files.worker import limit
from consulta.adapters.outlook import rtf
from consulta.adapters.outlook.opening import TNEF as TNEF_MARK

MAX_TEXT = 2_000_000  # characters kept
MAX_FILES = 200
Found = dict[str, Any]


def main() -> None:
    """Open one file. Leaves no result when a limit or a fault ends it."""
    limit()
    data, folder = Path(sys.argv[1]).read_bytes(), Path(sys.argv[2])
    found = _tnef(data) if data.startswith(TNEF_MARK) else _msg(data)
    files = [(name, inside) for name, inside in found.pop("files") if inside][:MAX_FILES]
    for n, (_name, inside) in enumerate(files):
        (folder / f"file-{n}").write_bytes(inside)
    result = {key: _words(value)[:MAX_TEXT] for key, value in found.items()}
    (folder / "result.json").write_text(
        json.dumps(result | {"files": [name for name, _inside in files]}), encoding="utf-8"
    )


def _tnef(data: bytes) -> Found:
    """Source: MS-OXTNEF."""
    opened = TNEF(data, do_checksum=False)
    files = [(_name(each), each.data) for each in opened.attachments]
    text = opened.body
    if not text and not opened.htmlbody and opened._rtfbody:
        text = _plain(rtf.unpacked(bytes(opened._rtfbody)))
    return {
        "subject": _property(opened, "MAPI_SUBJECT"),
        "sender": "",
        "text": text or "",
        "html": opened.htmlbody or "",
        "files": _named(files),
    }


def _msg(data: bytes) -> Found:
    """Source: MS-OXMSG. A letter inside the letter is left in the file."""
    opened = Message.load(data)
    text, html = opened.body, opened.html_body
    return {
        "subject": opened.subject,
        "sender": opened.sender or "",
        "text": text or "",
        "html": html or "",
        "files": _named((each.file_name, each.file_bytes) for each in opened.attachments),
    }


def _named(files: Iterable[tuple[Any, Any]]) -> list[tuple[str, bytes]]:
    return [
        (_words(name or "").strip("\x00") or f"file-{n}", bytes(inside))
        for n, (name, inside) in enumerate(files, start=1)
        if isinstance(inside, bytes | bytearray)
    ]


def _name(attachment: Any) -> str:
    """The library takes every short name for UTF-8; Outlook writes it in the letter's code page."""
    try:
        return str(attachment.long_filename())
    except UnicodeDecodeError:
        return _words(attachment._name)


def _property(opened: Any, name: str) -> str:
    found = (each.data for each in opened.mapiprops if each.name_str == name)
    return _words(next(found, ""))


def _plain(marked: str) -> str:
    return str(rtf_to_text(marked, errors="replace"))  # type: ignore[no-untyped-call]


def _words(value: Any) -> str:
    """Text as text; bytes in no named set as UTF-8, else as Windows writes Western Europe."""
    if isinstance(value, bytes | bytearray):
        try:
            return bytes(value).decode("utf-8")
        except UnicodeDecodeError:
            return bytes(value).decode("cp1252", "replace")
    return str(value)


if __name__ == "__main__":
    main()
