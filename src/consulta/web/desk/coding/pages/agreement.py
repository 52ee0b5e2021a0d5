"""Agreement: how alike two coders used each code, and everyone who coded."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.analysis.coding import agreeing, queries
from consulta.consultations.models import Consultation
from consulta.core.coders import Pair
from consulta.groups.permissions import Act
from consulta.reports import words
from consulta.web.desk import page
from consulta.web.desk.access import in_consultation
from consulta.web.desk.coding import shown
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import digits

DASH = "–"


@dataclass(frozen=True, slots=True)
class Told:
    """The figures of one code in words."""

    name: str
    pair: Pair
    agreement: str
    kappa: str
    alpha: str


@require_safe
@in_consultation(Act.SEE_DESK)
def agreement(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The figures, with how many answers each rests on."""
    frame = queries.frame(consultation)
    first, second = (_number(request.GET.get(name, "")) for name in ("first", "second"))
    found = agreeing.of(consultation, frame, between=(first, second) if first and second else None)
    context = {
        "coding_frame": frame,
        "agreement": found,
        "codes": [_told(one) for one in found.codes],
    }
    trail = [shown.home(consultation), Link(label=_("Agreement between coders"))]
    return page.show(
        request, "coding/agreement.html", context, consultation=consultation, trail=trail
    )


def _told(one: agreeing.Agreed) -> Told:
    pair = one.pair
    said = words.percent(pair.agreement) if pair.agreement is not None else DASH
    return Told(one.code.name, pair, said, _value(pair.kappa), _value(one.alpha))


def _value(value: float | None) -> str:
    return DASH if value is None else digits(round(value, 2))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0
