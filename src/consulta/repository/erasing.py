"""Erasing a practice by law. That it was there, how it was decided and why it went stay."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from consulta.accounts.models import User
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.repository.models import Practice
from consulta.responses.erasing import ERASED as OF_RESPONSES
from consulta.stakeholders.models import Respondent

#: What stands in its columns afterwards; its address was made of its title.
ERASED: Mapping[str, object] = {
    "slug": Concat(Value("erased-"), Cast("pk", CharField())),
    "title": "",
    "text": "",
    "reason": "",
}


class PracticeWaitsError(ValueError):
    """A practice is decided before it is erased."""


class BecauseMissingError(ValueError):
    """An erasure says why, in a sentence that names no person."""


@transaction.atomic
def erase(practice: Practice, *, because: str, by: User) -> Practice:
    """Take *practice* away by law: its words, its address, its author. Twice is once.

    Raises NotAllowedError, PracticeWaitsError, BecauseMissingError.
    """
    permissions.require(by, Act.ERASE, None)
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    if practice.erased_at is not None:
        return practice
    if practice.state == Practice.State.RECEIVED:
        raise PracticeWaitsError(practice.slug)
    if not because.strip():
        raise BecauseMissingError
    _path, of_author = OF_RESPONSES[Respondent]
    author = Respondent.objects.filter(pk=practice.respondent_id)
    author.update(**of_author, organisation=None, account=None)
    Practice.objects.filter(pk=practice.pk).update(
        **ERASED, erased_at=timezone.now(), erased_because=because.strip()
    )
    ledger.record("practice_erased", practice, by=by)
    practice.refresh_from_db()
    return practice
