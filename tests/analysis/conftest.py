"""A consultation in which a letter was sent by many, with their own words or without."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from consulta.accounts.models import User
from consulta.analysis.campaigns import searching
from consulta.analysis.models import Campaign
from consulta.consultations.models import Consultation
from consulta.core.submission import SubmittedAnswer
from consulta.flow import journey
from consulta.responses import moderation, publication
from consulta.responses.models import Response

LETTER = (
    "We ask the Council to keep the cost of island links low. Islands far from the coast have no "
    "choice of provider. A shared fund for cables would help every island community. We therefore "
    "support the proposal of the small islands and ask for a fair rule before the year ends."
)
OTHER = (
    "The draft puts a burden on small providers that they cannot carry. Reports each month are more "
    "than any of our members can write. A yearly report would tell the regulator all that it needs."
)
FERRY = "Our ferry comes twice a week."


@pytest.fixture
def send(consultation: Consultation, submission, officer: User) -> Callable[..., Response]:
    """Send a response and have it published."""

    def sent(text: str = LETTER, *, question: int = 1, **changes: object) -> Response:
        made = submission(text, answers=(SubmittedAnswer(question, text),), **changes)
        number = journey.submission_arrives(made, by_mail=False).number
        response = Response.objects.get(number=number)
        if response.state in ("received", "held"):
            moderation.accept(response, by=officer)
        publication.publish(response, by=officer)
        response.refresh_from_db()
        return response

    return sent


@pytest.fixture
def search(consultation: Consultation) -> Callable[[], list[Campaign]]:
    """Look for campaigns now; return those that stand."""

    def searched() -> list[Campaign]:
        searching.search(consultation, now=timezone.now())
        rows = Campaign.objects.filter(consultation=consultation).exclude(state="lapsed")
        return list(rows.order_by("ordinal"))

    return searched


@pytest.fixture
def proposed(send, search) -> Campaign:
    """Three sent the letter, the third with a sentence of its own; a fourth wrote something else."""
    for text in (LETTER, LETTER.upper(), f"{LETTER} {FERRY}", OTHER):
        send(text)
    (campaign,) = search()
    return campaign
