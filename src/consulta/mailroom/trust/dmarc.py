"""DMARC: whether who passed is who the letter says to be from. Source: RFC 7489, sections 3.1 and 6.6."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from publicsuffix2 import PublicSuffixList

from consulta.mailroom.trust.dns import Questions

_POLICIES = ("none", "quarantine", "reject")


@dataclass(frozen=True, slots=True)
class Policy:
    """What a domain asks to do with letters that are not its own, and how strictly names must agree."""

    asks: str
    strict_spf: bool = False
    strict_dkim: bool = False


def policy(domain: str, questions: Questions) -> Policy | None:
    """The policy for *domain*: its own, else that of its organisation. Raises DnsUnreachableError."""
    above = organisation(domain)
    for name in dict.fromkeys((domain, above)):
        records = questions.ask(f"_dmarc.{name}", "TXT")
        found = [each for each in map(_tags, records) if each.get("v", "").upper() == "DMARC1"]
        if len(found) == 1:
            return _policy(found[0], below=name != domain)
    return None


def aligned(domain: str, other: str, *, strictly: bool = False) -> bool:
    """Whether *other*, which was proved, speaks for *domain*, which the letter names."""
    if not domain or not other:
        return False
    if strictly or domain == other:
        return domain == other
    return organisation(domain) == organisation(other)


def organisation(domain: str) -> str:
    """The domain that somebody registered: example.co.uk for mail.example.co.uk."""
    return str(_suffixes().get_public_suffix(domain.lower()) or domain.lower())


def _policy(tags: dict[str, str], *, below: bool) -> Policy:
    asks = (tags.get("sp") if below else None) or tags.get("p", "none")
    return Policy(
        asks if asks in _POLICIES else "none",
        strict_spf=tags.get("aspf") == "s",
        strict_dkim=tags.get("adkim") == "s",
    )


def _tags(record: bytes) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in record.decode("utf-8", "replace").split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _is, value in pairs}


@cache
def _suffixes() -> PublicSuffixList:
    """Under which names anybody can register: the list that authheaders brings."""
    file = resources.files("authheaders") / "public_suffix_list.txt"
    with file.open(encoding="utf-8") as lines:
        return PublicSuffixList(lines)
