"""Private links and secret addresses of our own: they work for one person, and come back in quotations."""

import re
from urllib.parse import urlsplit

from consulta.core.redaction import OMISSION

_SLASH = r"(?:/|%(?:25)*2F|_)"  # as it is, encoded (also twice), and as a mail filter writes it
_COLON = r"(?::|%(?:25)*3A|-3A)"
_KINDS = rf"""(?:mine|registration(?:{_SLASH}confirm)?|confirm|drafts|sign|mandate|link
    |follow(?:{_SLASH}(?:outputs|documents))?|repository{_SLASH}submitted
    |(?:reflector{_SLASH})?link{_SLASH}(?:confirm|post|subscription)
    |captioning{_SLASH}[a-z0-9_-]{{1,60}}|account{_SLASH}(?:password{_SLASH}reset{_SLASH}key|confirm-email))"""
_LETTER = r"[A-Za-z0-9_:%-]"
_WRAPPED = r"[ \t]*\r?\n[ \t>»|]*"  # where a mail program broke the line
#: A whole secret; one broken over two lines, told by the slash that ends every private link.
_SECRET = rf"""(?:{_WRAPPED})?(?:{_LETTER}{{16,}}|{_LETTER}{{1,60}}{_WRAPPED}{_LETTER}{{1,60}}/)"""
_REST = r"(?:[A-Za-z0-9/_.%=&?;:+\#~!-]*[A-Za-z0-9/_=-])?"
_PLUS = r"(?:\+|%(?:25)*2B)"
_SIGN = rf"(?:answer{_PLUS}|(?<![a-z0-9_-])[a-z0-9_-]{{1,64}}{_PLUS}(?:leave|confirm|bounce)-)"


def left_out(text: str, *, base_url: str, mail_domain: str) -> str:
    """*text* with an omission mark for each private link under *base_url* and each secret address.

    Found also without a scheme, below another scheme or port, inside the links of mail filters, and
    broken over two lines. Public addresses stay.
    """
    host = urlsplit(base_url).hostname or ""
    for pattern in (_link(host), _address(mail_domain)):
        text = pattern.sub(OMISSION, text)
    return text


def _link(host: str) -> re.Pattern[str]:
    """Links to *host*; without a host, only those that begin with a slash."""
    named = rf"(?:https?{_COLON}{_SLASH}{{2}}|(?<![\w.-]))(?:www\.)?{re.escape(host)}"
    return re.compile(
        rf"(?:{named}(?:{_COLON}[0-9]{{2,5}})?{_SLASH}|(?<![\w.:/-])/)"
        rf"(?:[a-z]{{2}}{_SLASH})?{_KINDS}{_SLASH}{_SECRET}{_REST}",
        re.IGNORECASE | re.VERBOSE,
    )


def _address(domain: str) -> re.Pattern[str]:
    return re.compile(
        rf"{_SIGN}[A-Za-z0-9_-]+(?:@|%(?:25)*40){re.escape(domain)}(?![\w-])", re.IGNORECASE
    )
