"""What a mail server that the body trusts found out before us. Source: RFC 8601."""

from dataclasses import dataclass

from authres import AuthenticationResultsHeader
from authres.core import AuthResError


@dataclass(frozen=True, slots=True)
class Found:
    """What a relay says: the result of each method, and for whom it holds."""

    relay: str
    spf: tuple[str, str] = ("", "")
    dkim: tuple[tuple[str, str], ...] = ()
    dmarc: tuple[str, str] = ("", "")


def found(headers: list[str], trusted: list[str]) -> Found | None:
    """What the topmost Authentication-Results says, if one of *trusted* wrote it.

    Those further down came with the letter: anybody may have written them (section 5).
    """
    if not headers or not trusted:
        return None
    return parsed(headers[0], trusted)


def parsed(value: str, trusted: list[str]) -> Found | None:
    """One header's results, if one of *trusted* wrote it; None where it cannot be read."""
    try:
        header = AuthenticationResultsHeader.parse_value(value)
    except (AuthResError, ValueError, AttributeError, LookupError, TypeError):
        return None
    relay = str(header.authserv_id or "").lower()
    if relay not in {name.lower() for name in trusted}:
        return None
    results = [(r.method, str(r.result).lower(), _names(r)) for r in header.results or ()]
    return Found(
        relay,
        spf=_first(results, "spf", ("mailfrom", "helo")),
        dkim=tuple((res, _name(names, ("d", "i"))) for how, res, names in results if how == "dkim"),
        dmarc=_first(results, "dmarc", ("from",)),
    )


def _names(result: object) -> dict[str, str]:
    properties = getattr(result, "properties", ())
    return {str(each.name): str(each.value).lower() for each in properties}


def _first(
    results: list[tuple[str, str, dict[str, str]]], method: str, wanted: tuple[str, ...]
) -> tuple[str, str]:
    here = ((res, _name(names, wanted)) for how, res, names in results if how == method)
    return next(here, ("", ""))


def _name(names: dict[str, str], wanted: tuple[str, ...]) -> str:
    """The domain that a result is about, without what stands before its @."""
    return next((names[key].rpartition("@")[2] for key in wanted if key in names), "")
