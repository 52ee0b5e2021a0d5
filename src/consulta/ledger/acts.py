"""Every act that the ledger knows, and what each one changes for the public."""

from enum import StrEnum


class Shows(StrEnum):
    """What an act changes in public: whole pages, only balance and register, or nothing."""

    PAGES = "pages"
    REGISTER = "register"
    NONE = "none"


ACTS: dict[str, Shows] = {
    "consultation_drafted": Shows.NONE,
    "consultation_opened": Shows.PAGES,
    "deadline_extended": Shows.PAGES,
    "consultation_cancelled": Shows.PAGES,
    "corrigendum_announced": Shows.PAGES,
    "body_changed": Shows.PAGES,
    "meeting_convened": Shows.PAGES,
    "meeting_moved": Shows.PAGES,
    "meeting_confirmed": Shows.PAGES,
    "decision_recorded": Shows.PAGES,
    "document_posted": Shows.PAGES,
    "milestone_recorded": Shows.PAGES,
    "notice_told": Shows.PAGES,
    "deviation_recorded": Shows.PAGES,
    "import_started": Shows.NONE,
    "import_finished": Shows.NONE,
    "response_received": Shows.REGISTER,
    "response_confirmed": Shows.PAGES,
    "response_accepted": Shows.REGISTER,
    "late_admitted": Shows.REGISTER,
    "response_held": Shows.REGISTER,
    "response_declined": Shows.REGISTER,
    "response_published": Shows.PAGES,
    "response_withdrawn": Shows.PAGES,
    "response_removed": Shows.PAGES,
    "response_restored": Shows.PAGES,
    "response_set_aside": Shows.REGISTER,
    "response_taken_back": Shows.REGISTER,
    "mail_sorted": Shows.NONE,
    "mail_sent_again": Shows.NONE,
    "passage_redacted": Shows.PAGES,
    "mark_dismissed": Shows.PAGES,
    "version_received": Shows.REGISTER,
    "version_published": Shows.PAGES,
    "appeal_made": Shows.REGISTER,
    "appeal_decided": Shows.REGISTER,
    "translation_attached": Shows.PAGES,
    "attachment_rejected": Shows.REGISTER,
    "file_asked_again": Shows.NONE,
    "file_released": Shows.PAGES,
    "content_erased": Shows.PAGES,
    "edition_frozen": Shows.NONE,
    "report_released": Shows.PAGES,
    "report_delivered": Shows.PAGES,
    "record_deposited": Shows.PAGES,
    "practice_submitted": Shows.NONE,
    "practice_published": Shows.PAGES,
    "practice_declined": Shows.NONE,
    "list_made": Shows.PAGES,
    "space_made": Shows.PAGES,
    "post_received": Shows.NONE,
    "post_shown": Shows.PAGES,
    "post_declined": Shows.NONE,
    "post_removed": Shows.PAGES,
    "signature_asked": Shows.PAGES,
    "signature_confirmed": Shows.PAGES,
    "signature_declined": Shows.PAGES,
    "signature_withdrawn": Shows.PAGES,
    "signature_taken_off": Shows.PAGES,
    "mandate_document_attached": Shows.NONE,
    "mandate_asked": Shows.NONE,
    "mandate_denied": Shows.NONE,
    "officer_appointed": Shows.NONE,
    "officer_dismissed": Shows.NONE,
}


class UnknownActError(ValueError):
    """The act is not in ACTS: add it there, with what it shows."""
