"""Whether responses are taken at an instant and, if not, why: read from the clock, never from a job."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.responses import intake
from consulta.responses.intake import GRACE
from consulta.responses.models import Draft

_State = Consultation.State


@dataclass(frozen=True, slots=True)
class Gate:
    """*takes*: a response may be sent. *title* and *body* say why not; *at* is the instant that matters."""

    takes: bool
    title: str = ""
    body: str = ""
    at: datetime | None = None
    mailbox: str = ""
    grace_until: datetime | None = None


def at(consultation: Consultation, now: datetime, *, draft: Draft | None = None) -> Gate:
    """Whether *consultation* takes a response, or this *draft* of one, at the instant *now*."""
    match consultation.state(now):
        case _State.OPEN:
            return Gate(True)
        case _State.CANCELLED:
            return Gate(
                False, _("This consultation was cancelled"), consultation.cancellation_reason
            )
        case _State.DRAFT | _State.ANNOUNCED:
            return Gate(
                False,
                _("This consultation is not open yet"),
                _("Responses are taken from this instant:"),
                consultation.opens_at,
            )
        case _:
            return _closed(consultation, now, draft)


def _closed(consultation: Consultation, now: datetime, draft: Draft | None) -> Gate:
    closes_at = consultation.closes_at
    if not intake.has_grace(consultation):
        return _refused(consultation)
    if draft and closes_at and draft.created_at <= closes_at and now <= closes_at + GRACE:
        return Gate(
            True,
            _("The deadline has passed"),
            _("Your draft was saved before it, so it may still be sent until this instant. It will"
              " be marked as sent after the deadline."),
            closes_at + timedelta(seconds=GRACE.total_seconds()),
        )  # fmt: skip
    taken = not consultation.is_record and consultation.delivered_at is None
    return Gate(
        False,
        _("This consultation is closed"),
        _("Responses were taken until this instant:")
        if closes_at
        else _("It takes no more responses."),
        closes_at,
        mailbox=consultation_queries.response_address(consultation) if taken else "",
    )


def _refused(consultation: Consultation) -> Gate:
    """The rule itself takes nothing after the close, on any channel."""
    return Gate(
        False,
        _("This consultation is closed"),
        _("By the rule of this consultation nothing is taken into account after the close, so no"
          " response can be sent any more. Your draft, if you have one, is kept. The close was:"),
        consultation.closes_at,
    )  # fmt: skip
