"""Checking a letter: everything that can be known about who wrote it, as one value."""

from dataclasses import asdict, dataclass
from email.message import Message
from ipaddress import ip_address
from typing import Any

from django.conf import settings

from consulta.core.plaintext import one_line
from consulta.mailroom import post
from consulta.mailroom.letterbox import Envelope
from consulta.mailroom.reading import headers
from consulta.mailroom.trust import dmarc, relay, signatures, spf
from consulta.mailroom.trust.dmarc import Policy
from consulta.mailroom.trust.dns import Dns, DnsUnreachableError, Questions
from consulta.mailroom.trust.relay import Found
from consulta.mailroom.trust.signatures import Signature
from consulta.mailroom.trust.spf import SpfResult


@dataclass(frozen=True, slots=True)
class Trust:
    """What is known about the sender. Results in the words of the standards; empty: not asked.

    *domain* stands in From; *by*: `dns`, the name of the relay that was believed, or empty where
    nothing was checked. *proved*: the letter comes from *domain*, as SPF or DKIM under a name of
    the same organisation says, or as a trusted relay says.
    """

    domain: str = ""
    by: str = ""
    spf: str = ""
    spf_domain: str = ""
    dkim: tuple[tuple[str, str], ...] = ()  # result, domain
    arc: str = ""
    arc_domain: str = ""
    dmarc: str = ""
    policy: str = ""
    proved: bool = False

    def told(self) -> dict[str, Any]:
        """The value as a row keeps it, without what no database holds."""
        return {name: _storable(value) for name, value in asdict(self).items()}


def _storable(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_storable(each) for each in value]
    return one_line(value) if isinstance(value, str) else value


def check(raw: bytes, envelope: Envelope, *, dns: Dns) -> Trust:
    """Who wrote *raw*, as far as it can be known. Never raises for what a stranger sent."""
    message = post.headers_of(raw)
    address, _name = headers.sender(message)
    domain = address.rpartition("@")[2].lower()
    one = headers.senders(message) == 1 and bool(domain)
    if settings.MAIL_CHECK == "off" or not one:
        return Trust(domain=domain)
    said = relay.found(headers.every(message, "Authentication-Results"), settings.MAIL_RELAYS)
    if said is not None and not _is_outside(envelope.peer):
        return _by_relay(domain, said)
    if settings.MAIL_CHECK == "relay":
        return Trust(domain=domain)
    return _by_dns(domain, _asked(raw, message, envelope, questions=Questions(dns)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the DNS said of one letter."""

    spf: SpfResult
    dkim: tuple[Signature, ...]
    arc: Signature
    sealed: Found | None
    questions: Questions


def _asked(raw: bytes, message: Message, envelope: Envelope, *, questions: Questions) -> _Asked:
    told = SpfResult("", "")
    if _is_outside(envelope.peer):
        told = spf.check(questions, peer=envelope.peer, sender=envelope.sender, helo=envelope.helo)
    signed = headers.every(message, "DKIM-Signature")
    chain = signatures.check_chain(raw, headers.every(message, "ARC-Seal"), questions)
    return _Asked(
        told, signatures.check(raw, signed, questions), chain, _sealed(message, chain), questions
    )


def _is_outside(peer: str) -> bool:
    """Whether the letter came straight from the Internet, not by a mail server of ours."""
    try:
        return peer not in settings.MAIL_FRONT and ip_address(peer).is_global
    except ValueError:
        return False


def _sealed(message: Message, chain: Signature) -> Found | None:
    """What the last sealer of an unbroken chain found, if the body trusts it."""
    if chain.result != "pass" or chain.domain not in settings.MAIL_RELAYS:
        return None
    said = headers.every(message, "ARC-Authentication-Results")
    if not said:
        return None
    last = max(said, key=signatures.instance)
    _instance, _end, results = last.partition(";")
    name = results.partition(";")[0].strip().lower()
    return relay.parsed(results.strip(), [name])


def _by_dns(domain: str, asked: _Asked) -> Trust:
    try:
        policy = _policy(domain, asked)
        unknown = ""
    except DnsUnreachableError:
        policy, unknown = None, "temperror"
    proved = _speaks(domain, asked, policy or Policy("none"))
    held = "pass" if proved else "fail"
    sealed = asked.sealed is not None and _dmarc_passed(domain, asked.sealed)
    any_asked = asked.spf.result or asked.dkim or asked.arc.domain
    return Trust(
        domain=domain,
        by="dns" if any_asked else "",
        spf=asked.spf.result,
        spf_domain=asked.spf.domain,
        dkim=tuple((each.result, each.domain) for each in asked.dkim),
        arc="" if asked.arc.result == "none" else asked.arc.result,
        arc_domain=asked.arc.domain,
        dmarc=unknown or (held if policy else "none" if any_asked else ""),
        policy=policy.asks if policy else "",
        proved=proved or sealed,
    )


def _policy(domain: str, asked: _Asked) -> Policy | None:
    """Asked only where something else was: a letter from this house needs no DNS."""
    if not asked.spf.result and not asked.dkim and not asked.arc.domain:
        return None
    return dmarc.policy(domain, asked.questions)


def _speaks(domain: str, asked: _Asked, policy: Policy) -> bool:
    """Whether something that passed speaks for *domain*."""
    if asked.spf.result == "pass" and dmarc.aligned(
        domain, asked.spf.domain, strictly=policy.strict_spf
    ):
        return True
    passed = (each.domain for each in asked.dkim if each.result == "pass")
    return any(dmarc.aligned(domain, each, strictly=policy.strict_dkim) for each in passed)


def _by_relay(domain: str, said: Found) -> Trust:
    spf_result, spf_domain = said.spf
    aligned = [name for result, name in (said.spf, *said.dkim) if result == "pass"]
    by_names = not said.dmarc[0] and any(dmarc.aligned(domain, name) for name in aligned)
    return Trust(
        domain=domain,
        by=said.relay,
        spf=spf_result,
        spf_domain=spf_domain,
        dkim=said.dkim,
        dmarc=said.dmarc[0],
        proved=_dmarc_passed(domain, said) or by_names,
    )


def _dmarc_passed(domain: str, said: Found) -> bool:
    result, about = said.dmarc
    return result == "pass" and about in ("", domain)
