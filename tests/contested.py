"""A contest and a paragraph of a summary in the sample record, so that every address leads to something."""

from typing import Any

from django.utils import timezone

from consulta.consultations.models import Consultation
from consulta.core.numbering import contest_number
from consulta.reports import contesting
from consulta.reports.models import (
    Agreement,
    BriefSummary,
    Contest,
    ContestLink,
    Edition,
    Paragraph,
)
from consulta.stakeholders.models import Respondent

Values = dict[str, Any]


def links(consultation: Consultation) -> dict[str, str]:
    """Put a contest and a paragraph on record; return the secrets of the contest's private links.

    The sample's rule gives no right to contest, so the row is made as it would stand.
    """
    edition = Edition.objects.filter(kind="consolidated").latest("pk")
    contester = Respondent.objects.create(
        kind="individual", name="Sample Person", email="contester@example.org"
    )
    contest = Contest.objects.create(
        consultation=consultation, edition=edition, serial=1, text="It says too much.",
        number=contest_number(consultation.number, 1), language="en", contester=contester,
        idempotency_key="sample", terms="1", received_at=timezone.now(),
        answer_due_on=timezone.localdate(),
    )  # fmt: skip
    summary = BriefSummary.objects.create(consultation=consultation, begun_at=timezone.now())
    Agreement.objects.create(
        summary=summary, edition=edition, content_sha256=edition.content_sha256,
        outcome="agreed", how="meeting", put_by="The chair", at=timezone.now(), language="en",
        agreed_by="Sample Person", recorded_at=timezone.now(), recorded_by=edition.frozen_by,
    )  # fmt: skip
    Paragraph.objects.create(
        consultation=consultation, part=Paragraph.Part.WRITTEN, language="en", position=1
    )
    return {
        f"contest_{purpose}": contesting.give(contest, purpose) for purpose in ContestLink.Purpose
    }


def values(consultation: Consultation, tokens: dict[str, str]) -> dict[str, Values]:
    """What the parameters of their addresses are."""
    contest = Contest.objects.get(consultation=consultation)
    paragraph = Paragraph.objects.filter(part=Paragraph.Part.WRITTEN).latest("pk")
    edition, at_desk = {"pk": contest.edition_id}, {"pk": contest.pk, "act": "publish"}
    of_contest = (
        "contest", "contest_decide", "contest_answer", "contest_marks", "contest_redact",
        "contest_erase",
    )  # fmt: skip
    agreement = Agreement.objects.get()
    of_paragraph = ("summary_paragraph", "summary_move", "summary_remove")
    return {
        "public:contest": {"number": contest.number},
        "public:contest_whole": edition,
        "public:contest_passage": edition | {"passage": "0-0"},
        "public:contest_mine": {"token": tokens["contest_mine"]},
        "public:contest_confirm": {"token": tokens["contest_confirm"]},
        **{f"desk:{name}": at_desk for name in of_contest},
        "desk:summary_names": {"pk": agreement.pk},
        **{f"desk:{name}": edition for name in ("summary_agreement", "summary_translation")},
        **{f"desk:{name}": {"pk": paragraph.pk} for name in of_paragraph},
    }
