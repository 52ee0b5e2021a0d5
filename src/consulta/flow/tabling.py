"""On the table: what lies before a meeting of the group of each consultation, question by question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core.paper import Block, Heading, Paper
from consulta.flow import agenda
from consulta.meetings.models import AgendaItem, Document, Meeting
from consulta.reports import discussing, frozen, queries, released, summary_queries
from consulta.reports.models import BriefSummary, Delivery, Edition

#: The parts of a report and of a brief summary that are about no single question.
WHOLE = ("introduction", "q-0", "responses", "discussion")


@dataclass(frozen=True, slots=True)
class Laid:
    """What lies before a meeting of one consultation; None: it is not there (yet).

    *documents* are those of the meeting; *report* and *summary* are read on the page.
    """

    consultation: Consultation
    documents: Sequence[Document]
    report: Edition | None
    summary: Edition | None


def consultations_at(meeting: Meeting) -> list[Consultation]:
    """Return what is on the table at *meeting*, whole, by number: what comes to it by its clock, was
    delivered or carried to it, stands on its agenda, or was marked as discussed there.
    """
    delivered = Delivery.objects.filter(documents__meeting=meeting).values("consultation")
    carried = BriefSummary.objects.filter(document__meeting=meeting).values("consultation")
    others = {one.pk for one in agenda.consultations_on(meeting)}
    others |= discussing.consultations_at([meeting])
    here = Q(group_meeting=meeting) | Q(pk__in=delivered) | Q(pk__in=carried) | Q(pk__in=others)
    seen = consultations.visible(timezone.now()).filter(here, cancelled_at__isnull=True)
    wanted = set(seen.values_list("pk", flat=True))
    every = consultations.overview(timezone.now(), group=meeting.group)
    return sorted((one for one in every if one.pk in wanted), key=lambda one: one.number)


def laid(consultation: Consultation, meeting: Meeting, language: str) -> Laid:
    """Return what lies before *meeting* of *consultation*, the reader's language first."""
    delivery = queries.delivery_of(consultation)
    summary = summary_queries.of(consultation)
    documents = list(queries.delivered_documents(delivery)) if delivery else []
    if summary is not None and summary.carried_at is not None:
        documents += [one for one in (summary.document, summary.record) if one is not None]
    return Laid(
        consultation,
        [one for one in documents if one.meeting_id == meeting.pk],
        released.to_read(queries.released(consultation), language),
        _summary(consultation, language),
    )


def piece(edition: Edition, question: int) -> Paper | None:
    """Return what *edition* says under the question at this place (0: the whole); None for nothing."""
    paper = frozen.readable(edition)
    anchors = WHOLE if question == 0 else (f"q-{question}",)
    found = tuple(_under(paper.blocks, anchors))
    return replace(paper, blocks=found) if found else None


def item_of(consultation: Consultation, meeting: Meeting) -> AgendaItem | None:
    """Return the item of the agenda under which *consultation* is dealt with, if any."""
    keys = {f"consultation:{consultation.pk}"}
    for one in agenda.settled_items(meeting):
        if one.key in keys:
            return one.item
    return None


def _summary(consultation: Consultation, language: str) -> Edition | None:
    shown = summary_queries.shown(consultation)
    if shown is None:
        return None
    translated = {one.edition.language: one.edition for one in shown.translations}
    return translated.get(language, shown.agreement.edition)


def _under(blocks: Iterable[Block], anchors: Sequence[str]) -> Iterable[Block]:
    """The blocks beneath the headings called *anchors*, each until the next heading."""
    inside = False
    for block in blocks:
        if isinstance(block, Heading):
            inside = block.anchor in anchors
        elif inside:
            yield block
