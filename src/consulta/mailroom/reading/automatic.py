"""Whether a program sent a letter, and whether a filter called it spam: by its headers alone."""

import re
from email.message import Message

from consulta.mailroom.reading import headers

_REPORTS = frozenset({"multipart/report", "message/delivery-status"})
_BULK = frozenset({"bulk", "junk", "list"})
#: How programs that know no RFC 3834 begin the subject of an answer while their owner is away.
_AWAY = re.compile(
    r"(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office"
    r"|réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina"
    r"|автоответ|автоматический ответ|нет на месте|自动回复|自動回覆|رد تلقائي|خارج المكتب)"
    r"(?P<alone>\s*(?:[:：.!\-–—]|$))?",
    re.IGNORECASE,
)


def reasons(message: Message) -> tuple[str, ...]:
    """Which headers say that a program sent it (RFC 3834, section 2; RFC 3464; RFC 2919)."""
    said = headers.raw(message, "Auto-Submitted").partition(";")[0].strip().lower()
    found = {
        "auto-submitted": said not in ("", "no"),
        "precedence": _precedence(message) == "auto_reply",
        "list-id": _has(message, "List-Id", "List-Unsubscribe"),
        "report": headers.kind(message) in _REPORTS,
        "x-autoreply": _has(message, "X-Autoreply", "X-Autorespond"),
        "x-failed-recipients": _has(message, "X-Failed-Recipients"),
        "subject": _away(message),
    }
    return tuple(name for name, holds in found.items() if holds)


def bulk(message: Message) -> bool:
    """Whether it was sent to many: never answered, though a person may have written it."""
    return _precedence(message) in _BULK


def spam(message: Message) -> bool:
    """Whether a filter on its way called it spam. A sender who writes so harms only himself."""
    flag = headers.raw(message, "X-Spam-Flag").strip().lower()
    status = headers.raw(message, "X-Spam-Status").strip().lower()
    return flag == "yes" or status.startswith("yes")


def _away(message: Message) -> bool:
    """Whether the subject is that of such an answer; with more words behind, a header must agree."""
    found = _AWAY.match(headers.line(message, "Subject"))
    if found is None:
        return False
    signs = _has(message, "X-Auto-Response-Suppress", "In-Reply-To", "References")
    return found["alone"] is not None or signs or bulk(message)


def _precedence(message: Message) -> str:
    return headers.raw(message, "Precedence").strip().lower()


def _has(message: Message, *names: str) -> bool:
    return any(headers.raw(message, name) for name in names)
