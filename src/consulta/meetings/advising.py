"""What a group says of a report, and what it puts into the activities of offices: recorded, then carried.

Resolution 1336 (Rev. 2019), annex 4 and 5. Carrying is a mail to each office's address, in the act's
own transaction; an office without an address is handed it by other means.
"""

from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from consulta.accounts.models import User
from consulta.core.languages import django_code
from consulta.core.multilingual import choose
from consulta.groups import permissions
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.mailroom import outbox
from consulta.meetings import wording
from consulta.meetings.asking import NobodyAskedError
from consulta.meetings.deciding import WordsMissingError
from consulta.meetings.models import Advice, Office


class CarriedAlreadyError(ValueError):
    """It was carried to the offices already."""


@transaction.atomic
def record(advice: Advice, offices: Iterable[Office], *, by: User) -> Advice:
    """Put *advice* of a group on record, for *offices*.

    Raises NotAllowedError, WordsMissingError, NobodyAskedError, or ValidationError.
    """
    permissions.require(by, Act.CONVENE, advice.meeting.group)
    chosen = list(offices)
    if not chosen:
        raise NobodyAskedError
    if not choose(advice.texts, "en").text.strip():
        raise WordsMissingError
    advice.group = advice.meeting.group or advice.group
    advice.recorded_at = timezone.now()
    advice.full_clean()
    advice.save()
    advice.offices.set(chosen)
    ledger.record("advice_recorded", advice, by=by)
    return advice


@transaction.atomic
def carry(advice: Advice, *, by: User) -> int:
    """Mail *advice* to each office that has an address; return how many. Raises CarriedAlreadyError."""
    standing = Advice.objects.select_for_update(of=("self",)).get(pk=advice.pk)
    permissions.require(by, Act.CONVENE, standing.group)
    if standing.carried_at is not None:
        raise CarriedAlreadyError
    standing.carried_at = timezone.now()
    standing.save(update_fields=["carried_at"])
    told = [office for office in standing.offices.all() if office.email]
    for office in told:
        _mail(standing, office)
    ledger.record("advice_carried", standing, by=by)
    return len(told)


def _mail(advice: Advice, office: Office) -> None:
    language = office.language
    with translation.override(django_code(language)):
        words = choose(advice.texts, language).text
        meeting = wording.name(advice.meeting, language).text
        group = advice.group.short_name
        subject = _("%(group)s: %(kind)s") % {"group": group, "kind": advice.get_kind_display()}
        told = {"group": group, "meeting": meeting}
        opening = (
            _("At its meeting “%(meeting)s”, %(group)s recorded the following for you.") % told
        )
    body = "\n\n".join(part for part in (opening, _report(advice), words) if part) + "\n"
    outbox.send(EmailMessage(subject, body, to=[office.email]), subject=advice)


def _report(advice: Advice) -> str:
    return advice.report.number if advice.report else ""
