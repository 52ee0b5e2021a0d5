"""Seven hundred letters that nobody should send: twenty kinds, each broken in many ways by seeds."""

import base64
from collections.abc import Callable, Iterator
from random import Random

HEAD = b"From: Sample <person@example.org>\r\nTo: consultation-11@localhost\r\nSubject: Our response\r\n"
MIXED = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"


def _parts(*parts: bytes) -> bytes:
    return HEAD + MIXED + b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"


TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nWe agree."
PDF = (
    b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
    b'Content-Disposition: attachment; filename="%s"\r\n\r\n' + base64.b64encode(b"%%PDF-1.7 x")
)
KINDS: tuple[bytes, ...] = (
    HEAD + b"\r\nWe agree.",
    _parts(TEXT, PDF % b"../../etc/passwd"),
    _parts(TEXT, PDF % b"C:\\windows\\system32\\x\x00.exe"),
    _parts(TEXT, PDF % "‮fdp.exe".encode()),
    _parts(TEXT, PDF % b'a"; filename*0="b"; filename*2*=utf-8\'\'%e2%82; x="'),
    _parts(TEXT, b"Content-Disposition: attachment; filename*=utf-16'ar'%ff%fe%d8\r\n\r\nx"),
    _parts(TEXT, b"Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR"),
    _parts(b"Content-Type: application/pkcs7-mime; name=smime.p7m\r\n\r\nMIIB", TEXT),
    _parts(b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1", PDF % b"x.asc"),
    _parts(TEXT, b"Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----"),
    HEAD + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nIt"
    b" failed.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\n"
    b"Final-Recipient: rfc822; a@b\r\nAction: failed\r\n--b--",
    _parts(TEXT, b"Content-Type: message/rfc822\r\n\r\n" + HEAD + b"\r\nInner."),
    _parts(b"Content-Type: message/partial; id=1; number=1\r\n\r\n" + HEAD, TEXT),
    b"From: =?utf-8?B?!!!?= =?x?Q?=ZZ?= <a@b.example>\r\nSubject: =?utf-8?Q?=ff=fe?==?gb2312?B?0===?=\r\n"
    b"\r\nWe agree.",
    b"From: \"a\r\n b\" (c (d) <e@f>\r\nSubject:\r\n\t\r\n folded\r\n\r\nWe agree.",
    HEAD + b"Content-Type: text/html; charset=koi8-r\r\n\r\n<p>" + "Мы согласны".encode("koi8-r"),
    HEAD + b"Content-Type: text/plain; charset=x-unknown\r\n\r\n" + "نوافق".encode("cp1256"),
    HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"V2UgYWdyZWU" * 7 + b"=!=",
    HEAD + b"Content-Transfer-Encoding: quoted-printable\r\n\r\nWe=20ag=ZZree=\r\n=",
    HEAD + b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n#0V%T\r\n \r\nend\r\n",
    _parts(TEXT, b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\n\x78\x9f\x3e\x22garbage"),
    HEAD + b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/related;"
    b" boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\n\r\n<b>Rich\r\n--c--\r\n--b--",
    b"Received: x\r\n" * 500 + HEAD + b"\r\nWe agree.",
    b"",
)  # fmt: skip


def _truncated(raw: bytes, chance: Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _flipped(raw: bytes, chance: Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(min(len(changed), 1 + len(changed) // 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _with_nuls(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + b"\x00" * chance.randrange(1, 9) + raw[at:]


def _other_boundary(raw: bytes, chance: Random) -> bytes:
    return raw.replace(b"--b", b"--" + bytes([chance.randrange(33, 127)]), chance.randrange(1, 4))


def _other_lines(raw: bytes, chance: Random) -> bytes:
    return raw.replace(b"\r\n", chance.choice([b"\n", b"\r", b"\r\r\n", b"\n\n", b"\x0b", b""]))


def _doubled(raw: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + raw + raw[at:]


def _another_set(raw: bytes, chance: Random) -> bytes:
    named = chance.choice(
        [b"utf-7", b"utf-16", b"idna", b"hex", b"rot13", b"\xff", b"undefined", b"zlib"]
    )
    return raw.replace(b"utf-8", named).replace(b"koi8-r", named)


def _nested(raw: bytes, chance: Random) -> bytes:
    for n in range(chance.randrange(1, 80)):
        raw = HEAD + MIXED.replace(b"=b", b"=n%d" % n) + b"--n%d\r\n" % n + raw
    return raw


BREAK: tuple[Callable[[bytes, Random], bytes], ...] = (
    lambda raw, chance: raw, _truncated, _flipped, _with_nuls, _other_boundary, _other_lines, _doubled,
    _another_set, _nested,
)  # fmt: skip


def letters(count: int = 700) -> Iterator[bytes]:
    """*count* hostile letters, the same ones every time; kinds that open a process come seldom."""
    for seed in range(count):
        chance = Random(seed)  # noqa: S311 -- broken letters, no secrets
        raw = KINDS[seed % len(KINDS)]
        raw = chance.choice(BREAK)(raw, chance)
        yield chance.choice(BREAK)(raw, chance) if seed % 3 else raw
