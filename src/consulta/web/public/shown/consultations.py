"""What pages show of a consultation: a line in a list, and the way between its pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.consultations import queries
from consulta.consultations.clock import Clock
from consulta.consultations.models import Consultation
from consulta.core.multilingual import Text
from consulta.groups import queries as groups
from consulta.web.public.shown import times, timetables
from consulta.web.public.shown.times import Time
from consulta.web.public.shown.timetables import Tally
from consulta.web.ui.parts import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One consultation in a list."""

    consultation: Consultation
    href: str
    topic: Text
    group: Text | None
    state: str
    year: int | None
    clock: Clock
    tally: Sequence[Tally]
    times: Sequence[Time]

    @property
    def respond_href(self) -> str:
        """Where a stakeholder responds."""
        return f"{self.href}respond/"


def line(consultation: Consultation, now: datetime, language: str, *, country: str = "") -> Line:
    """Show one whole *consultation* as it stands at the instant *now*, its date in *country* too."""
    clock = queries.clock_view(consultation, now)
    group, state = consultation.group, consultation.state(now)
    is_coming = state == Consultation.State.ANNOUNCED
    at = consultation.opens_at if is_coming else consultation.closes_at
    return Line(
        consultation=consultation,
        href=address(consultation),
        topic=queries.topic(consultation, language),
        group=groups.name(group, language) if group else None,
        state=state,
        year=timetables.year(clock),
        clock=clock,
        tally=timetables.tally(clock),
        times=times.elsewhere(at, consultation.timezone, country),
    )


def lines(
    consultations: Iterable[Consultation], now: datetime, language: str, *, country: str = ""
) -> list[Line]:
    """Show several whole consultations, in their order, their dates in *country* too."""
    return [line(found, now, language, country=country) for found in consultations]


def address(consultation: Consultation) -> str:
    """Return the address of a consultation's page."""
    return reverse("public:consultation", args=[consultation.slug])


def respond_address(consultation: Consultation) -> str:
    """Return the address at which a stakeholder responds."""
    return f"{address(consultation)}respond/"


def tabs(consultation: Consultation, current: str) -> list[Link]:
    """Return the pages of one consultation, the one called *current* marked."""
    pages = {
        "consultation": _("The consultation"),
        "responses": _("Responses"),
        "register": _("Register"),
        "report": _("Report"),
    }
    return [
        Link(
            label=label,
            href=reverse(f"public:{name}", args=[consultation.slug]),
            current=name == current,
        )
        for name, label in pages.items()
    ]


def trail(consultation: Consultation, topic: Text, *further: str) -> list[Link]:
    """Return the crumbs down to a page of a consultation; *further* are the words below it."""
    crumbs = [
        Link(label=_("Consultations"), href=reverse("public:consultations")),
        Link(label=topic.text, href=address(consultation)),
    ]
    return crumbs + [Link(label=label) for label in further]
