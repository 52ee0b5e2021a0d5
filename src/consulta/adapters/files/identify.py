"""What a file is, by its content; its name says nothing."""

import re
from pathlib import Path

import puremagic

from consulta.adapters.files import charset
from consulta.adapters.files.archive import Archive
from consulta.adapters.files.findings import (
    DOCX,
    HTML,
    JPEG,
    ODT,
    PDF,
    PNG,
    RTF,
    TXT,
    Finding,
    RefusedError,
)

MAX_SIZE = 50 * 1024 * 1024  # bytes
_SAMPLE = 64 * 1024  # bytes
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # DOC, XLS, and DOCX with a password
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
#: Beginnings of text that a program would run, draw or unfold.
_OTHER_TEXT = (b"<!doctype", b"<html", b"<?", b"<svg", b"<script", b"<head", b"<body")
_OTHER_BEGINNINGS = (*_OTHER_TEXT, b"#!", b"%!ps", b"begin 6", b"@echo off")
_RTF = b"{\\rtf"
_PICTURES = ((b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
#: A page of the web; comments, and the declaration of XHTML, may stand before its first element.
_HTML = re.compile(
    rb"(?>\s|<\?xml[^>]{0,200}\?>|<!--.{0,2000}?-->)*+(?:<!doctype\s+html|<html|<head|<body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_TEXT_CONTROLS = frozenset(b"\t\n\r\x0c\x1a\x1b")


def media_type(path: Path) -> str:
    """The type of a file that is taken. Raises RefusedError for every other."""
    size = path.stat().st_size
    if not 0 < size <= MAX_SIZE:
        raise RefusedError(Finding.TOO_LARGE if size else Finding.EMPTY)
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    if head.startswith(_ZIP):
        return _of_archive(Archive(path))
    if head.startswith(_OLE) and _is_locked(path):
        raise RefusedError(Finding.ENCRYPTED)
    if kind := _by_beginning(head):
        return kind
    raise RefusedError(Finding.TYPE_NOT_ALLOWED)


def guess(path: Path) -> str:
    """What another file seems to be, for a person to read: a media type, or empty."""
    try:
        return str(puremagic.from_file(path, mime=True))[:100]
    except (puremagic.PureError, ValueError, OSError):
        return ""


def could_be_allowed(head: bytes) -> bool:
    """Whether a file with these first bytes may be one that is taken; safe on anything, and quick."""
    return head.startswith((_ZIP, _OLE)) or bool(_by_beginning(head))


def may_be_locked(path: Path) -> bool:
    """Whether a closer look is worth its while: the bytes speak of a password somewhere."""
    data = path.read_bytes()
    if data.startswith(_OLE):
        return _is_locked(path)
    odt = data.startswith(_ZIP) and ODT.encode() in data[:200]
    zipped = data.startswith(_ZIP) and bool(data[6:7] and data[6] & 1)
    return odt or zipped or (is_pdf(data[:_SAMPLE]) and b"/Encrypt" in data)


def _by_beginning(head: bytes) -> str:
    """The type that the first bytes tell; empty for what is not taken, or is an archive."""
    if is_pdf(head):
        return PDF
    for magic, kind in _PICTURES:
        if head.startswith(magic):
            return kind
    start = head.removeprefix(_BOMS[0]).lstrip()
    if start.startswith(_RTF):
        return RTF
    if _HTML.match(start):
        return HTML
    return TXT if is_text(head) else ""


def is_pdf(head: bytes) -> bool:
    """Whether it begins as a PDF; blank space or a byte order mark before the header is borne."""
    return head.removeprefix(_BOMS[0]).lstrip(b"\r\n\t \0").startswith(b"%PDF-")


def is_text(head: bytes) -> bool:
    """Whether it is plain text in some character set, and not markup or a script."""
    if head.startswith(_BOMS[1:]):
        return True
    start = head.removeprefix(_BOMS[0]).lstrip().lower()
    if not start or start.startswith(_OTHER_BEGINNINGS):
        return False
    controls = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in head)
    if b"\0\0" in head or controls * 200 > len(head):
        return False
    return is_utf8(head) or charset.decode(head) is not None


def is_utf8(head: bytes) -> bool:
    """Whether it is UTF-8; a character cut at the end of the sample is borne."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and len(head) == _SAMPLE
    return True


def _of_archive(archive: Archive) -> str:
    if "mimetype" in archive.names and archive.read("mimetype").strip() == ODT.encode():
        return ODT
    if {"[Content_Types].xml", "_rels/.rels"} <= archive.names and any(
        name.startswith("word/") for name in archive.names
    ):
        return DOCX
    raise RefusedError(Finding.TYPE_NOT_ALLOWED)


def _is_locked(path: Path) -> bool:
    """A DOCX with a password is an OLE file with a stream of this name (MS-OFFCRYPTO 2.3.4.4)."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
