"""Files as Outlook writes them, made here: the smallest TNEF stream and compound file that hold a letter."""

import struct
from dataclasses import dataclass, field
from itertools import pairwise

SECTOR = 512
END, FREE, FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
#: "hello world" as rich text, packed. Source: MS-OXRTFCP, section 4.1.
RTF = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a0072637067313235423" "20af32068656c090020627705b06c647d0a800fa0"
)  # fmt: skip


def tnef(body: str = "", *, rtf: bytes = b"", files: dict[str, bytes] | None = None) -> bytes:
    """winmail.dat with *body* or *rtf*, and *files*. Source: MS-OXTNEF."""
    stream = struct.pack("<IH", 0x223E9F78, 1)
    stream += _attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    stream += _attribute(1, 0x00069007, struct.pack("<II", 1252, 0))
    if body:
        stream += _attribute(1, 0x0002800C, body.encode("cp1252") + b"\x00")
    if rtf:
        stream += _attribute(1, 0x00069003, _property(0x10090102, rtf))
    for name, data in (files or {}).items():
        stream += _attribute(2, 0x00069002, b"\x00" * 14)
        stream += _attribute(2, 0x00018010, name.encode("cp1252") + b"\x00")
        stream += _attribute(2, 0x0006800F, data)
    return stream


def _attribute(level: int, name: int, data: bytes) -> bytes:
    return (
        struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    )


def _property(tag: int, data: bytes) -> bytes:
    padded = data + b"\x00" * (-len(data) % 4)
    return struct.pack("<IIII", 1, tag, 1, len(data)) + padded


def msg(
    subject: str, body: str, *, sender: str = "", files: dict[str, bytes] | None = None
) -> bytes:
    """A .msg file. Source: MS-OXMSG."""
    words = {0x0037001F: subject, 0x1000001F: body, 0x0C1F001F: sender, 0x001A001F: "IPM.Note"}
    root = Storage(_streams(words, {}, header=struct.pack("<8x4I8x", 0, 1, 0, len(files or {}))))
    root.storages["__nameid_version1.0"] = Storage({"__substg1.0_00020102": b""})
    for n, (name, data) in enumerate((files or {}).items()):
        inside = _streams({0x3707001F: name}, {0x37010102: data}, header=b"\x00" * 8)
        root.storages[f"__attach_version1.0_#{n:08X}"] = Storage(inside)
    return compound(root)


def _streams(words: dict[int, str], data: dict[int, bytes], *, header: bytes) -> dict[str, bytes]:
    held = {tag: text.encode("utf-16-le") for tag, text in words.items()} | data
    table = b"".join(struct.pack("<IIII", tag, 6, len(value), 0) for tag, value in held.items())
    streams = {f"__substg1.0_{tag:08X}": value for tag, value in held.items()}
    return streams | {"__properties_version1.0": header + table}


@dataclass
class Storage:
    """A folder of a compound file."""

    streams: dict[str, bytes]
    storages: dict[str, "Storage"] = field(default_factory=dict)


def compound(root: Storage) -> bytes:
    """A compound file whose streams are all shorter than 4,096 bytes. Source: MS-CFB."""

    sectors: list[bytes] = []
    chains: list[list[int]] = []
    entries: list[bytearray] = []
    small = bytearray()
    small_fat: list[int] = []
    _enter("Root Entry", root, entries, small, small_fat)
    root_start = _chain(bytes(small), sectors, chains)
    struct.pack_into("<II", entries[0], 116, root_start, len(small))
    minifat = _chain(
        b"".join(struct.pack("<I", n) for n in small_fat), sectors, chains, fill=b"\xff"
    )
    directory = _chain(b"".join(entries), sectors, chains)
    fat = [END] * len(sectors)
    for chain in chains:
        for here, following in zip(chain, [*chain[1:], END], strict=True):
            fat[here] = following
    count = -(-(len(fat) + 1) * 4 // SECTOR)
    count = -(-(len(fat) + count) * 4 // SECTOR)
    places = list(range(len(fat), len(fat) + count))
    table = b"".join(struct.pack("<I", n) for n in [*fat, *[FAT] * count]).ljust(
        count * SECTOR, b"\xff"
    )
    head = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, count, directory, 0, 4096, minifat, -(-len(small_fat) * 4 // SECTOR), END, 0,
    )  # fmt: skip
    head += b"".join(struct.pack("<I", n) for n in places)
    return head.ljust(SECTOR, b"\xff") + b"".join(sectors) + table


def _enter(name, storage, entries, small, small_fat) -> int:
    """Enter a folder with what lies in it, siblings as a list to the right; its number."""
    mine = len(entries)
    entries.append(_entry(name, 5 if mine == 0 else 1))
    inside = [
        (key, _small(value, small, small_fat), len(value)) for key, value in storage.streams.items()
    ]
    numbers = []
    for key, start, size in inside:
        numbers.append(len(entries))
        entries.append(_entry(key, 2, start=start, size=size))
    numbers += [
        _enter(key, each, entries, small, small_fat) for key, each in storage.storages.items()
    ]
    for here, following in pairwise(numbers):
        struct.pack_into("<I", entries[here], 72, following)
    struct.pack_into("<I", entries[mine], 76, numbers[0] if numbers else NONE)
    return mine


def _entry(name: str, kind: int, *, start: int = END, size: int = 0) -> bytearray:
    words = name.encode("utf-16-le")
    entry = words.ljust(64, b"\x00") + struct.pack(
        "<HBBIII", len(words) + 2, kind, 1, NONE, NONE, NONE
    )
    entry += b"\x00" * 36 + struct.pack("<III", start, size, 0)
    return bytearray(entry)


def _small(data: bytes, small: bytearray, small_fat: list[int]) -> int:
    """Put a stream of less than 4,096 bytes in pieces of 64; where it begins."""
    assert len(data) < 4096
    if not data:
        return END
    first, pieces = len(small_fat), -(-len(data) // 64)
    small += data.ljust(pieces * 64, b"\x00")
    small_fat += [*range(first + 1, first + pieces), END]
    return first


def _chain(
    data: bytes, sectors: list[bytes], chains: list[list[int]], *, fill: bytes = b"\x00"
) -> int:
    pieces = [data[at : at + SECTOR].ljust(SECTOR, fill) for at in range(0, len(data), SECTOR)]
    chains.append(list(range(len(sectors), len(sectors) + len(pieces))))
    sectors += pieces
    return chains[-1][0]
