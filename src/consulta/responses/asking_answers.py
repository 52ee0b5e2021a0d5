"""Asking for answers: a questionnaire came back in which nobody wrote any. Its sender may have sent the
copy that was never saved, so one letter asks for the other; the response keeps its number and waits."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from consulta.ledger import ledger
from consulta.responses import asking, turn
from consulta.responses.models import Attachment, ModerationStep, Version

#: Why such a response is held.
BLANK = "blank_form"
ASKED = "form_asked"


def due() -> QuerySet[Version]:
    """Versions that wait for answers and were not asked about yet."""
    steps = ModerationStep.objects.filter(version=OuterRef("pk"))
    return (
        Version.objects.filter(
            Exists(steps.filter(act="held", reason=BLANK)),
            ~Exists(steps.filter(act=ASKED)),
            screening=Version.Screening.WAITING,
            response__state__in=asking.STANDING,
        )
        .exclude(response__respondent__email="")
        .order_by("pk")
    )


def ask_due(now: datetime) -> int:
    """Ask for every answer that is due; return how many letters were written."""
    return sum(ask(version, now=now) for version in due())


@transaction.atomic
def ask(version: Version, *, now: datetime) -> bool:
    """Write to the respondent of *version*, unless that was done; whether a letter was written.

    Whoever sent the same file once more was asked already: a person goes on from there.
    """
    response = turn.take(version.response)
    done = ModerationStep.objects.filter(version=version, act=ASKED).exists()
    bulk = asking.BULK in version.hold_reasons
    if done or bulk or not _is_new(version) or not asking.may_mail(response):
        return False
    asking.write(response, "form_blank", {}, now=now)
    ModerationStep.objects.create(response=response, version=version, act=ASKED, at=now)
    ledger.record("form_asked_again", response, by="rules")
    return True


def _is_new(version: Version) -> bool:
    """Whether it brings a file that no version before it brought."""
    earlier = Attachment.objects.filter(
        version__response=version.response_id, version__ordinal__lt=version.ordinal
    )
    return version.attachments.exclude(sha256__in=earlier.values("sha256")).exists()
