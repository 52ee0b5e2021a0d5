"""From the frozen report to the group: release, delivery, deposit, and everyone told."""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from consulta.accounts.models import User
from consulta.consultations.models import Consultation
from consulta.core.languages import django_code
from consulta.flow import convening
from consulta.groups import queries as group_queries
from consulta.reports import delivery, release
from consulta.reports.models import Delivery, Edition
from consulta.repository import deposit
from consulta.repository.models import Record


@transaction.atomic
def release_edition(edition: Edition, *, by: User) -> None:
    """Release *edition*, put it into the repository, mark the clock, tell everyone."""
    if not release.release(edition, by=by) or edition.released_at is None:
        return
    deposit.deposit(_record(edition), by=by)
    delivery.join(edition, by=by)
    if edition.kind == Edition.Kind.CONSOLIDATED:
        convening.report_released(
            edition.consultation, at=edition.released_at, language=edition.language
        )


@transaction.atomic
def deliver(consultation: Consultation, *, by: User) -> Delivery:
    """Deliver to the group's next meeting; everyone is told, once, whoever pressed at the same time."""
    made = delivery.deliver(consultation, by=by)
    if consultation.delivered_at is None:
        convening.delivered(consultation, at=made.delivered_at)
    return made


def _record(edition: Edition) -> Record:
    consultation = edition.consultation
    return Record(
        slug=f"{consultation.slug}-{edition.kind}-{edition.language}-{edition.ordinal}"[-120:],
        kind=edition.kind,
        titles=_titles(edition),
        language=edition.language,
        dated_on=group_queries.today(),
        source="Secretariat",
        files=[
            {
                "name": file.name,
                "path": file.path,
                "sha256": file.sha256,
                "size": file.size,
                "media_type": file.media_type,
            }
            for file in edition.files.all()
        ],
        consultation=consultation,
        is_sample=consultation.is_sample,
    )


def _titles(edition: Edition) -> dict[str, dict[str, str]]:
    titles = {}
    for text in edition.consultation.texts.all():
        with translation.override(django_code(text.language)):
            kind = (
                gettext("Consolidated report on the responses")
                if edition.kind == Edition.Kind.CONSOLIDATED
                else gettext("Compilation of responses")
            )
        titles[text.language] = {"text": f"{kind}: {text.topic}", "status": text.status}
    return titles
