"""Which character set a text without a name is in."""

from charset_normalizer import from_bytes

#: Sets in use for the six languages of the United Nations; tried before all others, because a guess
#: among ninety takes Spanish for Polish.
_USUAL = [
    "utf_8", "cp1252", "cp1251", "cp1256", "gb18030", "big5", "koi8_r", "iso8859_5", "iso8859_6",
]  # fmt: skip


def decode(data: bytes) -> str | None:
    """The text, in the likeliest character set; None when it is no text in any."""
    best = from_bytes(data, cp_isolation=_USUAL).best() or from_bytes(data).best()
    return None if best is None else str(best)
