"""A practice arrives: its respondent and itself are kept together, once."""

from django.db import transaction

from consulta.repository import practices
from consulta.repository.models import Practice
from consulta.stakeholders.models import Respondent


@transaction.atomic
def practice_arrives(practice: Practice, respondent: Respondent) -> Practice:
    """Take in *practice* of *respondent*. The same key twice is the same practice.

    Raises ValidationError naming the field to mend.
    """
    standing = Practice.objects.filter(idempotency_key=practice.idempotency_key).first()
    if standing is not None:
        return standing
    respondent.full_clean()
    respondent.save()
    practice.respondent = respondent
    return practices.submit(practice)
