"""What pages show of extra open meetings: under whose rules, who decided it, and what was said there."""

from collections.abc import Sequence
from dataclasses import dataclass

from consulta.consultations import joining
from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text
from consulta.groups import queries as groups
from consulta.meetings import extra, queries, wording
from consulta.meetings.decision_queries import PUBLIC
from consulta.meetings.models import Document, ExtraMeeting, Meeting


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra meeting: its name, its host, the group that decided it (and the decision, if public)."""

    row: ExtraMeeting
    name: Text
    group: Text
    decision: int | None
    consultations: Sequence[tuple[Consultation, Text]] = ()
    documents: Sequence[tuple[Document, Text]] = ()


def of_meeting(meeting: Meeting, language: str) -> Extra | None:
    """What makes *meeting* an extra one, with the consultations it is joined to; None where it is none."""
    row = extra.of(meeting)
    if row is None:
        return None
    joined = joining.of_meetings([meeting])[meeting.pk]
    shown = [(c, consultations.topic(c, language)) for c in joined if c.announced_at or c.is_record]
    return _extra(row, language, shown)


def of_consultation(consultation: Consultation, language: str) -> list[Extra]:
    """The extra meetings joined to *consultation*, with the documents of each that everyone may read."""
    found = []
    for meeting in joining.of_consultation(consultation):
        row = extra.of(meeting)
        if row is not None and meeting.cancelled_at is None:
            found.append(_extra(row, language, (), _documents(meeting, language)))
    return found


def every(language: str) -> list[Extra]:
    """Every extra meeting: no date of any rule binds it."""
    return [_extra(row, language, ()) for row in extra.every()]


def _extra(
    row: ExtraMeeting,
    language: str,
    joined: Sequence[tuple[Consultation, Text]],
    documents: Sequence[tuple[Document, Text]] = (),
) -> Extra:
    group, decision = row.meeting.group, row.decision
    return Extra(
        row=row,
        name=wording.name(row.meeting, language),
        group=groups.name(group, language) if group else Text("", ""),
        decision=decision.pk if decision.audience in PUBLIC else None,
        consultations=joined,
        documents=documents,
    )


def _documents(meeting: Meeting, language: str) -> list[tuple[Document, Text]]:
    posted = Document.objects.filter(
        meeting=meeting, audience="public", posted_at__isnull=False, withdrawn_at__isnull=True
    )
    return [(document, queries.title(document, language)) for document in posted]
