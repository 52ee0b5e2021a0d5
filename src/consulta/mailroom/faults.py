"""What keeps letters from coming in, in sentences that say how to mend it, for the desk and for `doctor`."""

from django.conf import settings
from django.utils.translation import gettext as _

from consulta.mailroom import mailbox_state, webhooks


def sentences() -> list[str]:
    """Every fault of the ways that are set up; none where letters come in."""
    return [*_webhook(), *_mailbox()]


def _webhook() -> list[str]:
    names = ", ".join(webhooks.missing())
    told = _("Letters of the mail provider are refused: set %(names)s.") % {"names": names}
    return [told] if names else []


def _mailbox() -> list[str]:
    standing = mailbox_state.standing() if settings.MAIL_IMAP_URL else None
    if standing is None:
        return []
    told = []
    if standing.error:
        told.append(
            _(
                "The mailbox elsewhere cannot be read (%(error)s). Letters stay there meanwhile;"
                " check CONSULTA_IMAP_URL."
            )
            % {"error": standing.error}
        )
    if standing.too_large:
        told.append(_("Letters of more than 60 MB stay in the mailbox elsewhere: read them there."))
    return told
