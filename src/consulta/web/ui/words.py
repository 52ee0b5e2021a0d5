"""The words that pages use for states, verdicts and channels. The core has only their codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

#: States of a response and of a consultation, and the balance's lines.
STATES: dict[str, Promise] = {
    "received": _("Received"),
    "held": _("Waiting for a decision"),
    "accepted": _("Accepted, not yet published"),
    "declined": _("Declined"),
    "published": _("Published"),
    "withdrawn": _("Withdrawn by the respondent"),
    "removed": _("Removed by the institution"),
    "set_aside": _("Set aside: it is no response"),
    "draft": pgettext_lazy("state of a consultation", "Draft"),
    "announced": pgettext_lazy("state of a consultation", "Announced"),
    "open": pgettext_lazy("state of a consultation", "Open for responses"),
    "closed": pgettext_lazy("state of a consultation", "Closed"),
    "reported": pgettext_lazy("state of a consultation", "Report published"),
    "delivered": pgettext_lazy("state of a consultation", "Delivered to the group"),
    "cancelled": pgettext_lazy("state of a consultation", "Cancelled"),
}

CHANNELS: dict[str, Promise] = {
    "web": pgettext_lazy("channel of a response", "Web form"),
    "email": pgettext_lazy("channel of a response", "E-mail"),
    "api": pgettext_lazy("channel of a response", "API"),
    "desk": pgettext_lazy("channel of a response", "Entered at the desk"),
    "paper": pgettext_lazy("channel of a response", "Paper"),
    "import": pgettext_lazy("channel of a response", "Imported"),
    "reflector": pgettext_lazy("channel of a response", "Discussion list"),
    "floor": pgettext_lazy("channel of a response", "From the floor"),
}

VERDICTS: dict[str, Promise] = {
    "kept": pgettext_lazy("verdict", "Kept"),
    "kept_with_tolerance": pgettext_lazy("verdict", "Kept, within the tolerance"),
    "not_due": pgettext_lazy("verdict", "Not yet due"),
    "unknown": pgettext_lazy("verdict", "Not known"),
}


def state(code: object) -> str:
    """Return the word for a state's code; a code without a word is shown as it is."""
    return str(STATES.get(str(code), code))


def channel(code: object) -> str:
    """Return the word for a channel's code."""
    return str(CHANNELS.get(str(code), code))


def verdict(status: object, days: int | None) -> str:
    """Return a verdict in words; *days* by which a date was missed or is overdue."""
    if str(status) == "missed":
        return _days(days, gettext("Missed"), "missed")
    if str(status) == "overdue":
        return _days(days, gettext("Overdue"), "overdue")
    return str(VERDICTS.get(str(status), VERDICTS["unknown"]))


def _days(days: int | None, bare: str, kind: str) -> str:
    if not days:
        return bare
    if kind == "missed":
        return ngettext("Missed by %(days)d day", "Missed by %(days)d days", days) % {"days": days}
    return ngettext("Overdue by %(days)d day", "Overdue by %(days)d days", days) % {"days": days}
