"""What is owed: the mail that asks to confirm, where an address had its one of this hour already."""

from datetime import datetime

from django.db import transaction

from consulta.accounts import sparing
from consulta.reflector import posting
from consulta.reflector.models import Post
from consulta.responses import receipt


def confirmations_due(now: datetime) -> int:
    """Mail what had to wait, at most one an hour to each address; how many."""
    sent = 0
    for response in receipt.owed(now):
        with transaction.atomic():
            if sparing.may_mail(response.respondent.email):
                receipt.ask_again(response)
                sent += 1
    return sent + sum(1 for post in posting.owed(now) if _asked(post))


@transaction.atomic
def _asked(post: Post) -> bool:
    """Ask the author of *post* now, if the address had no mail in this hour."""
    if not sparing.may_mail(post.author_email):
        return False
    posting.ask(post)
    return True
