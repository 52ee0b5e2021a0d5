"""Numbers of responses: readable aloud, with a check digit, never reused."""

import re
import unicodedata

from stdnum.iso7064 import mod_11_10

SERIAL_DIGITS = 5
_SHAPE = re.compile(rf"(\d+)-(\d{{{SERIAL_DIGITS + 1},}})")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−_ /"), "-")


class NumberMistypedError(ValueError):
    """This is no number that Consulta gave: a digit is missing, wrong, or two are swapped."""


def western(text: str) -> str:
    """*text* with every decimal digit (Arabic-Indic, Persian, full-width …) as 0-9."""
    return "".join(
        str(unicodedata.decimal(c)) if unicodedata.decimal(c, None) is not None else c for c in text
    )


def response_number(consultation: int, serial: int) -> str:
    """`{consultation number}-{at least 5 digits}{check}`; check digit by ISO 7064 MOD 11-10."""
    digits = f"{consultation}{serial:0{SERIAL_DIGITS}}"
    return f"{consultation}-{serial:0{SERIAL_DIGITS}}{mod_11_10.calc_check_digit(digits)}"


def contest_number(consultation: int, serial: int) -> str:
    """The number of a contest of a report: `C` and what a response's number has."""
    return f"C{response_number(consultation, serial)}"


def read_number(typed: str) -> str:
    """The number that a person typed, in its one spelling. Raises NumberMistypedError."""
    compact = re.sub(r"\s+", "", western(unicodedata.normalize("NFKC", typed))).translate(_DASHES)
    found = _SHAPE.fullmatch(re.sub(r"-+", "-", compact))
    if not found or not mod_11_10.is_valid("".join(found.groups())):
        raise NumberMistypedError(typed)
    return "-".join(found.groups())
