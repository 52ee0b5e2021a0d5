"""What the page of a response says of its discussion by the group, as far as everyone may know it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.consultations.models import Question
from consulta.core.multilingual import Text
from consulta.meetings import agenda_queries, wording
from consulta.reports import discussing
from consulta.reports.models import GroupDiscussion
from consulta.responses.models import Response


@dataclass(frozen=True, slots=True)
class Discussed:
    """One mark: *what* in a sentence, at which meeting, under which item (empty: not for everyone)."""

    what: str
    meeting: Text
    href: str
    item: str
    on: date
    note: Text


def of(response: Response, questions: Iterable[Question], language: str) -> Sequence[Discussed]:
    """Return what everyone may know of what the group discussed of *response*. One query."""
    return [_one(row, language) for row in discussing.of_response(response, questions)]


def _one(row: GroupDiscussion, language: str) -> Discussed:
    href = reverse("public:meeting", args=[row.meeting.slug])
    item = row.item if row.item is not None and agenda_queries.is_public(row.item) else None
    return Discussed(
        what=_what(row),
        meeting=wording.name(row.meeting, language),
        href=f"{href}#item-{item.pk}" if item else href,
        item=item.number if item else "",
        on=row.on,
        note=Text(row.note, row.language),
    )


def _what(row: GroupDiscussion) -> str:
    in_part = row.status == GroupDiscussion.Status.IN_PART
    number = row.question.position if row.question else 0
    if row.response_id and number:
        said = _("The group discussed its answer to question %(number)s.")
        partly = _("The group discussed its answer to question %(number)s in part.")
    elif row.response_id:
        said, partly = _("The group discussed it."), _("The group discussed it in part.")
    elif number:
        said = _("The group discussed the responses to question %(number)s.")
        partly = _("The group discussed the responses to question %(number)s in part.")
    else:
        said = _("The group discussed the responses as a whole.")
        partly = _("The group discussed the responses as a whole, in part.")
    return (partly if in_part else said) % {"number": number}
