"""The words of the ledger: what each act is, for everyone who reads an entry."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Promise] = {
    "consultation_drafted": _("A consultation was drafted"),
    "consultation_opened": _("A consultation was announced and its questions froze"),
    "deadline_extended": _("A deadline was extended"),
    "consultation_cancelled": _("A consultation was cancelled"),
    "corrigendum_announced": _("A corrigendum was announced"),
    "body_changed": _("The institution's particulars changed"),
    "meeting_convened": _("A meeting was put on record"),
    "meeting_moved": _("A meeting was moved"),
    "meeting_confirmed": _("A meeting's date became final"),
    "decision_recorded": _("A decision was recorded"),
    "document_posted": _("A document was posted"),
    "milestone_recorded": _("A milestone was recorded"),
    "notice_told": _("Everyone was told that a date has come"),
    "deviation_recorded": _("A reason for a date outside the rule was recorded"),
    "import_started": _("A table of responses was brought in"),
    "import_finished": _("All rows of a table were read"),
    "response_received": _("A response was received"),
    "response_confirmed": _("A sender or a mandate was confirmed"),
    "response_accepted": _("A response was accepted"),
    "response_held": _("A response was held"),
    "response_declined": _("A response was declined"),
    "response_published": _("A response was published"),
    "response_withdrawn": _("A response was withdrawn"),
    "response_removed": _("A response was removed"),
    "response_restored": _("A removed response was shown again"),
    "passage_redacted": _("A passage was redacted or a mark dismissed"),
    "mark_dismissed": _("A marked passage was let stand"),
    "version_received": _("A new version was received"),
    "version_published": _("A new version was published"),
    "appeal_made": _("An appeal was made"),
    "appeal_decided": _("An appeal was decided"),
    "translation_attached": _("A translation was attached"),
    "attachment_rejected": _("A file was found unsafe or unreadable"),
    "file_released": _("A file was released"),
    "content_erased": _("Content was erased"),
    "edition_frozen": _("An edition was frozen"),
    "report_released": _("A report was released"),
    "report_delivered": _("Responses and report were delivered"),
    "record_deposited": _("A record was deposited"),
    "practice_submitted": _("A practice was submitted"),
    "practice_published": _("A practice was published"),
    "practice_declined": _("A practice was declined"),
    "list_made": _("A discussion list was made"),
    "space_made": _("A consultation got its space in a discussion list"),
    "post_received": _("A post to a discussion list was received"),
    "post_shown": _("A post was shown"),
    "post_declined": _("A post was declined"),
    "post_removed": _("A post was removed"),
    "officer_appointed": _("Somebody was appointed"),
    "officer_dismissed": _("An appointment ended"),
}


def act(code: str) -> str:
    """Say what an entry of the ledger records."""
    return str(ACTS.get(code, code))
