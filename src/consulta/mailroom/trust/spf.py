"""SPF: whether the domain of the envelope lets this server send for it. Source: RFC 7208."""

from dataclasses import dataclass
from typing import Any

import spf

from consulta.mailroom.trust.dns import DnsUnreachableError, Questions

_FAULTS = (ValueError, TypeError, LookupError, AttributeError, AssertionError)


@dataclass(frozen=True, slots=True)
class SpfResult:
    """*result* in the words of the standard (pass, fail, …), and the domain that was asked."""

    result: str
    domain: str


def check(questions: Questions, *, peer: str, sender: str, helo: str) -> SpfResult:
    """What the domain of *sender* (of *helo* for the null sender) says of the server at *peer*."""
    domain = (sender.rpartition("@")[2] or helo).strip("[]").lower()
    if not peer or not domain:
        return SpfResult("none", domain)
    try:
        result: str = _Query(questions, peer=peer, sender=sender, helo=helo).check()[0]
    except DnsUnreachableError:
        return SpfResult("temperror", domain)
    except _FAULTS:  # names and addresses that strangers make up
        return SpfResult("permerror", domain)
    return SpfResult(result, domain)


class _Query(spf.query):  # type: ignore[misc]  # the library has no types
    """The library's question, asked of our DNS instead of its own."""

    def __init__(self, questions: Questions, *, peer: str, sender: str, helo: str) -> None:
        self._questions = questions
        super().__init__(i=peer, s=sender, h=helo)

    def dns(
        self,
        name: str,
        qtype: str,
        cnames: dict[str, str] | None = None,
        ignore_void: bool = False,
    ) -> list[Any]:
        """Records in the library's shapes. Raises its TempError and PermError."""
        del cnames  # our DNS follows them
        try:
            found = self._questions.ask(str(name), qtype) if name and qtype != "SPF" else []
        except DnsUnreachableError as error:
            raise spf.TempError("DNS unreachable") from error
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError("too many names without records")
        return [(record,) for record in found] if qtype == "TXT" else list(found)
