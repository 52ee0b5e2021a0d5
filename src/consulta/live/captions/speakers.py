"""Names of speakers, each under a key that captioners press; one can be withdrawn from every caption."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from consulta.accounts.models import User
from consulta.ledger import ledger
from consulta.live.models import Sitting, SpeakerKey

#: How many speakers one sitting can have.
MOST = 500


@transaction.atomic
def name(sitting: Sitting, names: Sequence[str]) -> list[SpeakerKey]:
    """Give each of *names* that has no key yet the next one; the keys of *sitting* afterwards.

    Asked for by the desk and by captioners, who hear a name for the first time when it is spoken.
    """
    Sitting.objects.select_for_update().get(pk=sitting.pk)
    keys = of(sitting)
    known = {key.name for key in keys}
    last = SpeakerKey.objects.filter(sitting=sitting).aggregate(last=Max("position"))["last"] or 0
    fresh = [wanted.strip()[:200] for wanted in names if wanted.strip()]
    fresh = [wanted for wanted in dict.fromkeys(fresh) if wanted not in known]
    for position, wanted in enumerate(fresh[: max(0, MOST - last)], last + 1):
        keys.append(SpeakerKey.objects.create(sitting=sitting, position=position, name=wanted))
    return keys


@transaction.atomic
def withdraw(key: SpeakerKey, *, by: User | str) -> None:
    """Empty the name of *key*: every caption, file and transcript then says that it was withdrawn."""
    key.refresh_from_db(from_queryset=SpeakerKey.objects.select_for_update())
    key.name, key.withdrawn_at = "", key.withdrawn_at or timezone.now()
    key.save()
    ledger.record("speaker_name_withdrawn", key, by=by)


def of(sitting: Sitting | int) -> list[SpeakerKey]:
    """The keys of *sitting*, in their order."""
    return list(SpeakerKey.objects.filter(sitting=sitting))
