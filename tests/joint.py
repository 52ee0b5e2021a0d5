"""A signatory, a document of a mandate and a focal point's question, each with something real behind it."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from consulta.core.tokens import hashed, new_token
from consulta.responses import signatories
from consulta.responses.models import MandateDocument, MandateRequest, Response, Signatory
from consulta.stakeholders.models import Organisation, StakeholderGroup


@dataclass(frozen=True, slots=True)
class Joint:
    """The rows, and the secrets of the two mailed links."""

    signatory: Signatory
    sign: str
    document: MandateDocument
    mandate: str


def of(response: Response) -> Joint:
    """Let somebody have signed *response*, attach a document, and ask a focal point about it."""
    now, sign, question = timezone.now(), new_token(), new_token()
    signatory = Signatory.objects.create(
        response=response, kind="individual", name="A Signatory", email="signatory@example.org",
        token_hash=hashed(sign), asked_at=now,
    )  # fmt: skip
    last = response.versions.latest("ordinal").ordinal
    signatories.sign(signatory, ordinal=last, token=sign, now=now)
    folder = Path(settings.DATA) / "files"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mandate").write_bytes(b"A letter.")
    document = MandateDocument.objects.create(
        response=response, name="letter.txt", path="files/mandate", sha256="0" * 64, size=9,
        salt="00" * 16, added_at=now,
    )  # fmt: skip
    group = StakeholderGroup.objects.order_by("pk")[0]
    organisation = Organisation.objects.create(
        name="A Ministry", stakeholder_group=group, focal_point="focal@example.org"
    )
    MandateRequest.objects.create(
        response=response, organisation=organisation, email="focal@example.org",
        token_hash=hashed(question), asked_at=now, expires_at=now + timedelta(days=60),
    )  # fmt: skip
    return Joint(signatory, sign, document, question)
