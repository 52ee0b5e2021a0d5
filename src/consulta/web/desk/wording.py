"""The words of the desk for codes of the record: acts, reasons to hold, findings in files, passages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HOLD_REASONS: dict[str, Promise] = {
    "empty": _("Neither text nor file"),
    "late": _("After the close"),
    "unsafe_file": _("Carries an unsafe file"),
    "locked_file": _("Carries a file that opens only with a password"),
    "blank_form": _("Its questionnaire came back without answers: its sender is asked for them"),
    "person": _("Held by a person"),
    "bulk": _("Sent by mail to many"),
    "subject_alone": _("Nothing but its subject says anything: a file or words may be missing"),
    "hidden_words": _(
        "Its letter holds words that its reader may not see: look at the letter as it came"
    ),
    "unlisted": _("Its questionnaire names a country or a group that is not on the list"),
    "answered": _("Words that came as an answer to the receipt"),
}
STEPS: dict[str, Promise] = {
    "accepted": _("Accepted"),
    "held": _("Held"),
    "declined": _("Declined"),
    "published": _("Published"),
    "removed": _("Removed"),
    "restored": _("Shown again"),
    "redacted": _("Passage redacted"),
    "withdrawn": _("Withdrawn"),
    "file_released": _("File released"),
    "file_asked": _("Asked by mail for a file without a password"),
    "form_asked": _("Asked by mail for the answers to the questionnaire"),
    "set_aside": _("Set aside: it is no response"),
    "taken_back": _("Taken for a response after all"),
}
PASSAGES: dict[str, Promise] = {
    "email": _("E-mail address"),
    "telephone": _("Telephone number"),
    "signature": _("Signature block"),
    "passage": _("Passage"),
    "confidential": _("Kept confidential by the respondent"),
}
SCREENINGS: dict[str, Promise] = {
    "waiting": _("waiting"),
    "accepted": _("accepted"),
    "declined": _("declined"),
    "published": _("published"),
    "superseded": _("superseded by a later version"),
}
FINDINGS: dict[str, Promise] = {
    "missing": _("The file is not on our disk."),
    "empty": _("The file is empty."),
    "too_large": _("The file is too large."),
    "type_not_allowed": _("Its content is none of the types that are taken."),
    "bomb": _("Unpacked, it would fill the disk."),
    "unsafe_names": _("It holds names that lead out of its folder."),
    "dangerous_markup": _("It holds markup that can attack a reader's program."),
    "virus": _("A virus was found in it."),
    "encrypted": _("It opens only with a password."),
    "broken": _("It is broken and cannot be read."),
    "check_stopped": _("The check took too long or too much memory and was stopped."),
    "scanner_unreachable": _("The virus scanner could not be reached; it is tried again."),
    "active_content_removed": _("Active content was taken out of the copy."),
    "macros_removed": _("Macros were taken out of the copy."),
    "embedded_files_removed": _("Files inside it were taken out of the copy."),
    "external_links_removed": _("Links that load from elsewhere were taken out of the copy."),
    "hidden_data_removed": _("Hidden data (author, history) was taken out of the copy."),
    "hidden_text_removed": _("Hidden text was taken out of the copy."),
    "comments_removed": _("Comments were taken out of the copy."),
    "changes_accepted": _("Tracked changes were accepted in the copy."),
    "restrictions_removed": _("Restrictions on printing or copying were taken off the copy."),
    "control_characters_removed": _("Control characters were taken out of the copy."),
    "formatting_removed": _("Layout and pictures are not in the copy; its words are."),
    "no_text": _("No text could be read from it; it may be a scan."),
    "text_cut": _("Only the first part of its text was read."),
    "text_recognised": _("It is a scan: its words were recognised by machine and may be wrong."),
    "encoding_guessed": _("Its character set is not named and was guessed."),
}
MAILS: dict[str, Promise] = {
    "queued": _("to be delivered"),
    "sent": _("delivered"),
    "failed": _("failed"),
    "waiting": _("waiting"),
    "processed": _("processed"),
    "repeated": _("the same mail again"),
    "set_aside": _("set aside"),
    "bounced": _("came back"),
}

BY: dict[str, Promise] = {
    "participant": _("the participant"),
    "respondent": _("the respondent"),
    "rules": _("the rules"),
    "system": _("the system"),
}


def by(code: str) -> str:
    """Name who acted where it was no person with an account."""
    return str(BY.get(code, code))


def hold_reason(code: str) -> str:
    """Say why the rules or a person held a response."""
    return str(HOLD_REASONS.get(code, code))


def step(code: str) -> str:
    """Name an act of moderation."""
    return str(STEPS.get(code, code))


def passage(code: str) -> str:
    """Name what a marked passage seems to be."""
    return str(PASSAGES.get(code, code))


def finding(code: str) -> str:
    """Say what was found in a file."""
    return str(FINDINGS.get(code, code))


def screening(code: str) -> str:
    """Name what became of a version."""
    return str(SCREENINGS.get(code, code))


def mail(code: str) -> str:
    """Name the state of a mail."""
    return str(MAILS.get(code, code))
