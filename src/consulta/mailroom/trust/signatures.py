"""DKIM and ARC: whose signatures on a letter hold. Sources: RFC 6376, RFC 8617."""

import logging
import re
from binascii import Error as Base64Error
from dataclasses import dataclass

import dkim

from consulta.mailroom.trust.dns import DnsUnreachableError, Questions

MAX_SIGNATURES = 5
_DOMAIN = re.compile(r"(?:^|;)\s*d\s*=\s*([^;\s]+)")
_LENGTH = re.compile(r"(?:^|;)\s*l\s*=")
_INSTANCE = re.compile(r"(?:^|;)\s*i\s*=\s*(\d+)")
_FAULTS = (dkim.DKIMException, Base64Error, ValueError, TypeError, LookupError, AttributeError)
#: The library tells what is wrong with a signature; that is the sender's matter, not our log's.
_QUIET = logging.Logger("dkim", logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and whether it holds: pass, fail, temperror."""

    domain: str
    result: str


def check(raw: bytes, signed: list[str], questions: Questions) -> tuple[Signature, ...]:
    """The signatures on *raw*, whose DKIM-Signature headers are *signed*, the topmost first.

    One that covers only the beginning of the body (l=) does not hold: anybody can add to it.
    """
    found = []
    for position, header in enumerate(signed[:MAX_SIGNATURES]):
        domain = _of(header)
        result = "fail" if _LENGTH.search(header) else _verified(raw, position, questions)
        found.append(Signature(domain, result))
    return tuple(found)


def check_chain(raw: bytes, seals: list[str], questions: Questions) -> Signature:
    """The ARC chain of *raw*, whose ARC-Seal headers are *seals*: who sealed last; `none` without."""
    if not seals:
        return Signature("", "none")
    last = max(seals, key=instance)
    try:
        result, _each, _why = dkim.ARC(raw, logger=_QUIET).verify(dnsfunc=questions.text)
    except DnsUnreachableError:
        return Signature(_of(last), "temperror")
    except _FAULTS:
        return Signature(_of(last), "fail")
    return Signature(_of(last), "pass" if result == dkim.CV_Pass else "fail")


def instance(header: str) -> int:
    """The number of the ARC set that *header* belongs to."""
    found = _INSTANCE.search(header)
    return int(found[1][:4]) if found else 0


def _verified(raw: bytes, position: int, questions: Questions) -> str:
    try:
        held = dkim.DKIM(raw, logger=_QUIET).verify(idx=position, dnsfunc=questions.text)
    except DnsUnreachableError:
        return "temperror"
    except _FAULTS:
        return "fail"
    return "pass" if held else "fail"


def _of(header: str) -> str:
    found = _DOMAIN.search(header)
    return found[1].lower()[:253] if found else ""
