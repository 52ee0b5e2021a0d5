"""Showing responses by the rule alone: as soon as they are accepted, or all together after the close.

Where a person must clear them (the usual rule) nothing happens here. What the rules marked in a
text, e.g. a telephone number, waits for a person all the same.
"""

from datetime import datetime

from consulta.consultations import terms
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.regime import Publish
from consulta.responses import publication
from consulta.responses.models import Redaction, Response

#: So many at a time, so that other work goes on between.
BATCH = 200


def show_due(now: datetime) -> int:
    """Publish accepted responses that the rule shows without a person; return how many."""
    accepted = Response.objects.filter(state=State.ACCEPTED)
    consultations = Consultation.objects.filter(pk__in=accepted.values("consultation_id"))
    return sum(_show(consultation) for consultation in consultations if _shows(consultation, now))


def _shows(consultation: Consultation, now: datetime) -> bool:
    by_rule = terms.publish_policy(consultation) is not Publish.AFTER_CLEARING
    return by_rule and not terms.sealed(consultation, now)


def _show(consultation: Consultation) -> int:
    marked = Redaction.objects.filter(
        state=Redaction.State.PROPOSED, answer__version__response__consultation=consultation
    )
    waiting = Response.objects.filter(consultation=consultation, state=State.ACCEPTED)
    waiting = waiting.exclude(pk__in=marked.values("answer__version__response_id"))
    found = list(waiting.order_by("serial")[:BATCH])
    for response in found:
        publication.publish(response, by=None)
    return len(found)
