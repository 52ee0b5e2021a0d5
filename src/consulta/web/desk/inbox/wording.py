"""The words of the inbox: what waits, and why."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consulta.flow.inbox import sources
from consulta.mailroom import wording as mail_words
from consulta.web.desk import wording

#: Each kind, as a tab of the list.
KINDS: dict[str, Promise] = {
    sources.APPEALS: pgettext_lazy("inbox", "Appeals"),
    sources.HELD: pgettext_lazy("inbox", "Held responses"),
    sources.RECEIVED: pgettext_lazy("inbox", "Waiting for the sender"),
    sources.ACCEPTED: pgettext_lazy("inbox", "To publish"),
    sources.VERSIONS: pgettext_lazy("inbox", "New versions"),
    sources.MARKS: pgettext_lazy("inbox", "Marked passages"),
    sources.FILES: pgettext_lazy("inbox", "Unsafe files"),
    sources.LETTERS: pgettext_lazy("inbox", "Mails to sort"),
    sources.POSTS: pgettext_lazy("inbox", "Posts to lists"),
    sources.FAILED: pgettext_lazy("inbox", "Mails that failed"),
    sources.PRACTICES: pgettext_lazy("inbox", "Practices"),
    sources.CONTESTS: pgettext_lazy("inbox", "Contests"),
}
#: The same, of one line.
ONE: dict[str, Promise] = {
    sources.APPEALS: pgettext_lazy("inbox", "Appeal"),
    sources.HELD: pgettext_lazy("inbox", "Held response"),
    sources.RECEIVED: pgettext_lazy("inbox", "Response waiting for its sender"),
    sources.ACCEPTED: pgettext_lazy("inbox", "Response to publish"),
    sources.VERSIONS: pgettext_lazy("inbox", "New version"),
    sources.MARKS: pgettext_lazy("inbox", "Marked passages"),
    sources.FILES: pgettext_lazy("inbox", "Unsafe file"),
    sources.LETTERS: pgettext_lazy("inbox", "Mail to sort"),
    sources.POSTS: pgettext_lazy("inbox", "Post to a list"),
    sources.FAILED: pgettext_lazy("inbox", "Mail that failed"),
    sources.PRACTICES: pgettext_lazy("inbox", "Practice"),
    sources.CONTESTS: pgettext_lazy("inbox", "Contest of a report"),
}
REASONS: dict[str, Promise] = {
    sources.UNCONFIRMED: _("Sender not confirmed"),
    sources.UNOPENED: _("The mail could not be opened"),
    sources.TO_READ: _("To be read and decided"),
    sources.TO_ANSWER: _("To be answered"),
}
ACTS: dict[str, Promise] = {
    "accept": _("Accept"),
    "publish": _("Accept and publish"),
    "hold": _("Hold, with a ground"),
    "decline": _("Decline, with a ground"),
    "settle": _("Mail: I have taken care of it"),
    "enquiry": _("Mail: it is an enquiry"),
    "spam": _("Mail: it is spam"),
    "robot": _("Mail: a program sent it"),
    "again": _("Mail that failed: send it again"),
}


def reason(code: str) -> str:
    """Say why a line waits."""
    if code in REASONS:
        return str(REASONS[code])
    kinds = mail_words.KINDS
    return str(kinds[code]) if code and code in kinds else wording.hold_reason(code)
