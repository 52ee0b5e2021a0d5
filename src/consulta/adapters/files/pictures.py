"""Pictures inside documents: known by their first bytes, and freed of place, device and author."""

import struct

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"\xd7\xcd\xc6\x9a", "image/x-wmf"),
    (b"\x01\x00\x09\x00", "image/x-wmf"),
    (b"\x01\x00\x00\x00", "image/x-emf"),
)
_PNG_TALK = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_KEPT_SEGMENTS = {0xE0, 0xE2, 0xEE}  # JFIF, colour profile, Adobe's colour transform


def media_type(data: bytes) -> str:
    """The picture's type by its first bytes, empty for anything else."""
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")


def quiet(data: bytes) -> bytes:
    """The same picture without Exif, XMP, comments (so: no GPS); the pixels are not touched."""
    kind = media_type(data)
    if kind == "image/jpeg":
        return _quiet_jpeg(data)
    return _quiet_png(data) if kind == "image/png" else data


def _quiet_jpeg(data: bytes) -> bytes:
    """Segments before the scan, ISO/IEC 10918-1 annex B: marker, length, content."""
    kept, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        marker = data[at + 1]
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        talk = marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in _KEPT_SEGMENTS)
        if not talk:
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, data[at:]])


def _quiet_png(data: bytes) -> bytes:
    """Chunks, PNG (Third Edition) 5.3: length, type, content, checksum."""
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] not in _PNG_TALK:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
    return b"".join(kept)
