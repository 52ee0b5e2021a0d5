"""What is owed: the mail that asks to confirm, where an address had its one of this hour already."""

from datetime import datetime

from django.db import transaction

from consulta.flow.letters import responding
from consulta.responses import receipt


def confirmations_due(now: datetime) -> int:
    """Mail what had to wait, at most one an hour to each address; how many."""
    sent = 0
    for response in receipt.owed(now):
        with transaction.atomic():
            if responding.may_mail(response.respondent.email):
                receipt.ask_again(response)
                sent += 1
    return sent
