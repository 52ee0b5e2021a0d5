"""What stands beside the items of an agenda on pages: the questions they deal with, why they come back."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.core.multilingual import NOTHING
from consulta.flow import agenda_open
from consulta.flow.agenda_values import LONGEST
from consulta.meetings.agenda_lines import Asked
from consulta.meetings.agenda_queries import Listed
from consulta.reports import figures
from consulta.responses.models import Response
from consulta.stakeholders import queries as stakeholders


def asked(listed: Sequence[Listed], language: str) -> dict[int, list[Asked]]:
    """Return the questions of each item with their figures, by the item's id; nothing where none has any."""
    found = agenda_open.asked([row.item for row in listed])
    if not found:
        return {}
    names = {
        group.slug: stakeholders.name(group, language).text
        for group in stakeholders.stakeholder_groups()
    }
    return {pk: [_one(one, names, language) for one in rows] for pk, rows in found.items()}


def _one(one: agenda_open.Asked, names: dict[str, str], language: str) -> Asked:
    slug, number = one.consultation.slug, one.question.position
    counted = one.figures.by_group
    shown = [key for key in figures.largest_first(counted) if key in names]
    report = reverse("public:report", args=[slug]) + f"#q-{number}"
    asked_ = consultations.question_text(one.question, language)
    return Asked(
        text=asked_ if len(asked_.text) > LONGEST else NOTHING,
        number=number,
        responses=one.figures.total,
        groups=[(names[key], counted[key]) for key in shown],
        href=f"{reverse('public:responses', args=[slug])}?question={number}",
        report_href=report if one.consultation.report_released_at else "",
        presenting=[_who(response) for response in one.presenting],
    )


def _who(response: Response) -> str:
    """Who presents a response: under the name that it is published with, else its number."""
    return response.public_name or _("Response %(number)s") % {"number": response.number}
