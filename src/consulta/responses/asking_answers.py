"""Asking for answers: a questionnaire came back in which nobody wrote any. Its sender may have sent the
copy that was never saved, so one letter asks for the other; the response keeps its number and waits."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from consulta.ledger import ledger
from consulta.responses import asking, receipt, turn
from consulta.responses.models import Attachment, ModerationStep, Response, Version

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
def ask(version: Version, *, now: datetime, counted: bool = False) -> bool:
    """Write to the respondent of *version*, unless that was done; whether a letter was written.

    Whoever sent the same file once more was asked already: a person goes on from there. *counted*:
    the mail of this hour to that address is this one.
    """
    response = turn.take(version.response)
    done = ModerationStep.objects.filter(version=version, act=ASKED).exists()
    bulk = asking.BULK in version.hold_reasons
    if done or bulk or not _is_new(version) or not asking.may_mail(response, counted=counted):
        return False
    asking.write(response, "form_blank", {}, now=now)
    ModerationStep.objects.create(response=response, version=version, act=ASKED, at=now)
    ledger.record("form_asked_again", response, by="rules")
    return True


def ask_to_confirm(response: Response, *, now: datetime) -> None:
    """One mail to a stranger, counted already: it asks for the answers and to confirm, else to confirm."""
    if not ask(response.versions.latest("ordinal"), now=now, counted=True):
        receipt.ask_again(response)


def _is_new(version: Version) -> bool:
    """Whether it brings a file that no version before it brought."""
    earlier = Attachment.objects.filter(
        version__response=version.response_id, version__ordinal__lt=version.ordinal
    )
    return version.attachments.exclude(sha256__in=earlier.values("sha256")).exists()
