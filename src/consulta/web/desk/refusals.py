"""Why an act was refused, in a sentence that says how to mend it. One sentence for each broken rule."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from consulta.consultations import errors as consulting
from consulta.consultations import wording
from consulta.core.calendar import OutOfCalendarError
from consulta.core.lifecycle import StepNotAllowedError
from consulta.flow.deciding import RedactedAlreadyError
from consulta.flow.erasing import OrganisationIsMemberError
from consulta.groups.appointing import LastOfficerError, SpeaksForMemberError
from consulta.mailroom.outbox import NotMailableError
from consulta.mailroom.spool import SpoolFullError
from consulta.meetings import moving
from consulta.repository import erasing as leaving
from consulta.repository import practices
from consulta.responses import erasing, mandate, signatories
from consulta.responses import errors as responding
from consulta.responses.attachments import ReleaseNotAllowedError, UploadRefusedError
from consulta.web.ui import words
from consulta.web.ui.templatetags.ui import language_name, written


def sentence(error: Exception) -> str:
    """Say what *error* means for the person at the desk."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return SENTENCES[type(error)](error)


def _step(error: StepNotAllowedError) -> str:
    if error.old == error.new:
        return _("Nothing changed: this was done already, a moment ago or by somebody else.")
    return _(
        "Nothing changed. The response stands as “%(old)s” by now; look at it again and choose an"
        " act that its state allows."
    ) % {"old": words.state(error.old)}


def _names(milestones: tuple[str, ...]) -> str:
    return "; ".join(wording.milestone_name(name) for name in milestones)


def _original(error: consulting.OriginalIncompleteError) -> str:
    return _(
        "The topic or a question is missing in the original language, %(language)s. Edit the draft"
        " and write it, or choose another original language."
    ) % {"language": language_name(error.language)}


def _dates_missing(error: consulting.DatesMissingError) -> str:
    return _(
        "A date cannot be computed yet: %(milestones)s. Choose the meeting it is counted from, a"
        " provisional date is enough, or choose the day yourself."
    ) % {"milestones": _names(error.milestones)}


def _procedure(error: consulting.ProcedureUnreadableError) -> str:
    return _(
        "The file of the procedure “%(slug)s” has a slip or is gone, so no date can be computed."
        " Have the file mended, or edit the draft and choose another procedure."
    ) % {"slug": error.slug}


def _deviation(error: consulting.DeviationNeedsReasonError) -> str:
    return _(
        "Dates lie outside what the rule allows: %(milestones)s. Say why; the reason stays on record."
    ) % {"milestones": _names(error.milestones)}


def _options(error: consulting.OptionsUnevenError) -> str:
    return _(
        "A question offers 2 to 12 different options, as many in each language: correct those in"
        " %(language)s, one a line."
    ) % {"language": language_name(error.language)}


def _shortened(error: consulting.DeadlineShortenedError) -> str:
    return _(
        "A published deadline is never shortened. It is %(published)s; choose a later day."
    ) % {"published": written(error.published, True)}


def _before_decision(error: moving.BeforeDecisionError) -> str:
    return _(
        "This day lies before the meeting that decided to consult, %(decided)s. Choose a later day."
    ) % {"decided": written(error.decided, True)}


def _plain(text: Callable[[], str]) -> Callable[..., str]:
    return lambda _error: text()


SENTENCES: dict[type[Exception], Callable[..., str]] = {
    StepNotAllowedError: _step,
    consulting.OriginalIncompleteError: _original,
    consulting.ProcedureUnreadableError: _procedure,
    consulting.DatesMissingError: _dates_missing,
    consulting.DeviationNeedsReasonError: _deviation,
    consulting.DeadlineShortenedError: _shortened,
    consulting.AlreadyAnnouncedError: _plain(
        lambda: _("The consultation was announced already. What froze is corrected by a corrigendum.")
    ),
    consulting.NotAnnouncedError: _plain(
        lambda: _("The consultation is still a draft: edit the draft instead.")
    ),
    consulting.AlreadyEndedError: _plain(
        lambda: _("The consultation was cancelled, or its report is out: its dates stand as they are.")
    ),
    consulting.QuestionsFrozenError: _plain(
        lambda: _("The questions froze when the consultation was announced: announce a corrigendum.")
    ),
    consulting.QuestionsMissingError: _plain(
        lambda: _("This procedure puts questions to everyone. Edit the draft and write at least one.")
    ),
    consulting.DatesOutOfOrderError: _plain(
        lambda: _("It would close before it opens, or open in the past. Edit the draft: choose the days.")
    ),
    consulting.ReasonMissingError: _plain(
        lambda: _("Give a reason, or the source: it stays on record.")
    ),
    consulting.UnknownMilestoneError: _plain(
        lambda: _("The procedure has no such milestone; choose one from the list.")
    ),
    consulting.NotYetDoneError: _plain(
        lambda: _("This day is still to come, so it is no fact yet. Record it once it is done, or check"
                  " the day.")
    ),
    consulting.RuleKeptError: _plain(
        lambda: _("This date keeps the rule, so there is nothing to explain. Choose a date that lies"
                  " outside the rule.")
    ),
    consulting.FromPublicRecordError: _plain(
        lambda: _("This consultation was taken over from the public record, so nothing is decided about"
                  " it here. What its sources say can be recorded as a fact.")
    ),
    consulting.OptionsUnevenError: _options,
    consulting.WrittenAlreadyError: _plain(
        lambda: _("This text is published in this language already: announce a corrigendum.")
    ),
    OutOfCalendarError: _plain(wording.out_of_calendar),
    moving.MeetingHeldError: _plain(
        lambda: _("The meeting has begun: what was held cannot be moved.")
    ),
    moving.PastDayError: _plain(
        lambda: _("This day is past. Choose a day to come; if the meeting was held already, record that"
                  " as a fact of the consultation.")
    ),
    moving.TooFarError: _plain(
        lambda: _("This day lies more than ten years ahead. Check the year, and choose a nearer day.")
    ),
    moving.BeforeDecisionError: _before_decision,
    moving.MoveNeedsReasonError: _plain(
        lambda: _("Say why the meeting is moved; everyone can read the reason.")
    ),
    moving.SameDayError: _plain(
        lambda: _("The meeting begins on that day already; choose another one.")
    ),
    responding.GroundMissingError: _plain(
        lambda: _("Choose a ground from the published list.")
    ),
    erasing.UndecidedStillError: _plain(
        lambda: _("This response is not decided yet. Decline it first, then erase it.")
    ),
    responding.ErasedError: _plain(
        lambda: _("The law took this response away: it cannot be shown again.")
    ),
    responding.ReasonMissingError: _plain(
        lambda: _("Write a short reason or the evidence: it stays on record, and the author can read it.")
    ),
    responding.SecondPersonNeededError: _plain(
        lambda: _("You took the decision that is appealed. Another person must decide the appeal.")
    ),
    responding.AppealUsedError: _plain(
        lambda: _("This appeal was decided already; there is only one.")
    ),
    responding.AppealMadeError: _plain(
        lambda: _("An appeal was made about it. Decide the appeal; nothing else decides about it now.")
    ),
    responding.PassageOutsideError: _plain(
        lambda: _("The passage does not lie inside the answer; copy it from the text again.")
    ),
    responding.NotConfirmableError: _plain(
        lambda: _("No address was given, so there is nothing to confirm by mail; confirm it on evidence.")
    ),
    responding.UnknownConsultationError: _plain(
        lambda: _("There is no consultation at this address.")
    ),
    responding.SealedError: _plain(
        lambda: _("The rule shows all responses together after the close. Accept it now; it is"
                  " published by itself when the close has passed.")
    ),
    responding.NotYetOpenError: _plain(
        lambda: _("The consultation had not opened on that day. Check the day, or enter it once it is open.")
    ),
    responding.CancelledError: _plain(
        lambda: _("The consultation was cancelled and takes no responses.")
    ),
    RedactedAlreadyError: _plain(
        lambda: _("Nothing changed: this passage is left out already.")
    ),
    ReleaseNotAllowedError: _plain(
        lambda: _("This file cannot be released: it is not waiting for a person, a danger was found that"
                  " no eye can check, or the reason is missing.")
    ),
    UploadRefusedError: _plain(
        lambda: _("The document was not added. Choose a PDF, DOCX, ODT, RTF, HTML, plain text, PNG or JPEG"
                  " file that is not empty; all together may have 50 MB.")
    ),
    mandate.NotAnOrganisationError: _plain(
        lambda: _("This response speaks for an individual, so there is no mandate to show.")
    ),
    mandate.TooManyDocumentsError: _plain(
        lambda: _("No more documents are taken for this mandate. Note the rest as evidence.")
    ),
    mandate.NoFocalPointError: _plain(
        lambda: _("No focal point is known of this organisation, or nothing waits for it. Confirm the"
                  " mandate on evidence.")
    ),
    mandate.AskedLatelyError: _plain(
        lambda: _("The focal point was asked less than a day ago. Ask again tomorrow.")
    ),
    signatories.NotSignedError: _plain(
        lambda: _("Nothing changed: this signature was withdrawn, or never given.")
    ),
    LastOfficerError: _plain(
        lambda: _("The group would be left without an officer. Appoint another one first.")
    ),
    SpeaksForMemberError: _plain(
        lambda: _("This address speaks for a member, so it cannot work for the secretariat. End its place"
                  " in the delegation first, or give another address.")
    ),
    NotMailableError: _plain(
        lambda: _("Mail cannot be sent to this address; check how it is written.")
    ),
    SpoolFullError: _plain(
        lambda: _("The file could not be kept because our disk is full. Free some space and send it again.")
    ),
    practices.PracticeDecidedError: _plain(
        lambda: _("This practice was decided already, a moment ago or by somebody else.")
    ),
    practices.GroundMissingError: _plain(
        lambda: _("Choose a ground and write a short reason, which the author reads.")
    ),
    leaving.PracticeWaitsError: _plain(
        lambda: _("Decide about this practice first: publish it, or decline it.")
    ),
    leaving.BecauseMissingError: _plain(
        lambda: _("Write in a sentence why it is erased, without naming a person.")
    ),
    OrganisationIsMemberError: _plain(
        lambda: _("This organisation has or had a place in a group: its name stays on the group's roster.")
    ),
}  # fmt: skip

REFUSED: tuple[type[Exception], ...] = (ValidationError, *SENTENCES)
