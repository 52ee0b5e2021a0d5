"""What the procedure forbids, each by its own name. Views put them into words."""


class ResponseError(Exception):
    """Something about a response that the procedure does not allow."""


class UnknownConsultationError(ResponseError):
    """No consultation has this address: keep what arrived, so that a person can place it."""


class NotYetOpenError(ResponseError):
    """The consultation has not opened yet: keep the draft and send it then."""


class CancelledError(ResponseError):
    """The consultation was cancelled."""


class ClosedError(ResponseError):
    """The close has passed; the draft is kept."""


class SealedError(ResponseError):
    """The rule shows the responses together after the close, which has not come."""


class GroundMissingError(ResponseError):
    """Declining, removing and redacting need a ground from the procedure's published list."""


class ReasonMissingError(ResponseError):
    """This act needs a short reason, which its author will read."""


class ErasedError(ResponseError):
    """The law took the response away: it is not shown again."""


class SecondPersonNeededError(ResponseError):
    """An appeal is decided by somebody other than who took the decision."""


class AppealUsedError(ResponseError):
    """There is one appeal, and it was made."""


class AppealMadeError(ResponseError):
    """An appeal was made: it alone decides, and a second person decides it."""


class NothingToAppealError(ResponseError):
    """Only a response that was declined or removed can be appealed."""


class LinkUnknownError(ResponseError):
    """No private link like this was given out, or it has expired."""


class DraftUnknownError(ResponseError):
    """No draft has this link, or its time is over."""


class PassageOutsideError(ResponseError):
    """The passage does not lie inside the answer."""


class NotConfirmableError(ResponseError):
    """There is nothing to confirm: no address was given."""


class NotByMailError(ResponseError):
    """Only what came by mail can turn out to be no response."""
