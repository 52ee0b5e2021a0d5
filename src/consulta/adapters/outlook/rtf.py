"""Rich text as Outlook packs it. Source: MS-OXRTFCP, sections 2.1 and 3.1.3."""

import struct

_SEED = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_PACKED, _PLAIN = b"LZFu", b"MELA"
LARGEST = 20_000_000  # bytes unpacked


def unpacked(data: bytes) -> str:
    """The rich text in *data*. Raises ValueError where it is none, or too much."""
    if len(data) < 16:
        raise ValueError("no packed rich text")
    size, raw_size, kind = struct.unpack("<II4s", data[:12])
    if raw_size > LARGEST or kind not in (_PACKED, _PLAIN):
        raise ValueError("no packed rich text, or too much of it")
    body = data[16 : size + 4]
    text = _expand(body) if kind == _PACKED else body
    return text[:raw_size].decode("latin-1")


def _expand(body: bytes) -> bytes:
    window = bytearray(_SEED.ljust(_WINDOW, b"\x00"))
    at, out, read = len(_SEED), bytearray(), 0
    while read < len(body) and len(out) <= LARGEST:
        control, read = body[read], read + 1
        for bit in range(8):
            if read >= len(body):
                break
            if control >> bit & 1:
                if read + 1 >= len(body):
                    return bytes(out)
                place, read = body[read] << 8 | body[read + 1], read + 2
                start, length = place >> 4, (place & 15) + 2
                if start == at:  # the end
                    return bytes(out)
                piece = _copied(window, start, at, length=length)
            else:
                piece, read = body[read : read + 1], read + 1
                window[at] = piece[0]
            out += piece
            at = (at + len(piece)) % _WINDOW
    return bytes(out)


def _copied(window: bytearray, start: int, at: int, *, length: int) -> bytes:
    """Repeat *length* bytes from *start* at *at*, byte by byte: they may overlap."""
    piece = bytearray()
    for n in range(length):
        byte = window[(start + n) % _WINDOW]
        window[(at + n) % _WINDOW] = byte
        piece.append(byte)
    return bytes(piece)
