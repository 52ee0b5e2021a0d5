"""The clock: any procedure's timetable for any dates, as `consulta timetable` computes it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.decorators import decorate_view

from consulta.consultations import clock_document
from consulta.core import procedure as known
from consulta.core.calendar import OutOfCalendarError
from consulta.core.rules import Procedure
from consulta.core.timetable import Timetable, UnknownAnchorError, draw_up, noting_what_is_ahead
from consulta.web.api import shapes, typed
from consulta.web.api.door import READ, RefusedError, began, speaking
from consulta.web.ui.finished import finished

router = Router()
Json = dict[str, Any]


@router.api_operation(READ, "/timetable", response=Json)
def timetable(request: HttpRequest, asked: Query[shapes.ClockQuery]) -> Json:
    """Compute the timetable of a consultation and judge it."""
    with speaking(asked.lang):
        typed.only(request, shapes.ClockQuery.model_fields)
        rules = typed.procedure(asked.procedure)
        zone = ZoneInfo(rules.zone)
        today = typed.day(asked.today) if asked.today else began(request).astimezone(zone).date()
        try:
            return clock_document.timetable(_drawn_up(rules, asked, today=today))
        except (UnknownAnchorError, known.UnknownMilestoneError) as error:
            raise _no_such(", ".join(error.names), error.allowed) from error
        except known.NoChoiceError as error:
            raise _fixed(error.name, error.allowed) from error
        except known.UnknownChoiceError as error:
            raise _no_such_choice(error.name, error.allowed) from error
        except OutOfCalendarError as error:
            raise typed.out_of_calendar() from error


@router.api_operation(READ, "/procedures", response=shapes.Procedures)
@decorate_view(finished(shows="pages", query=("lang",)))
def procedures(request: HttpRequest, lang: str = "en") -> Json:  # noqa: ARG001
    """List the procedures with the sentence behind every rule."""
    with speaking(lang):
        listed = known.survey().readable
        return {"procedures": [clock_document.procedure(rules, lang) for rules in listed]}


@router.api_operation(READ, "/procedures/{slug}", response=Json)
@decorate_view(finished(shows="pages", query=("lang",)))
def procedure(request: HttpRequest, slug: str, lang: str = "en") -> Json:  # noqa: ARG001
    """Show one procedure with the sentence behind every rule."""
    with speaking(lang):
        return clock_document.procedure(typed.procedure(slug, status=404), lang)


def _drawn_up(rules: Procedure, asked: shapes.ClockQuery, *, today: Any) -> Timetable:
    rules = known.choose(
        rules,
        offsets=typed.pairs("offset", asked.offset, typed.number),
        rolls=typed.pairs("roll", asked.roll, typed.roll),
        options=typed.pairs("choose", asked.choose, str),
    )
    anchors = typed.pairs("anchor", asked.anchor, typed.day)
    table = draw_up(
        rules,
        anchors,
        today=today,
        actual=typed.pairs("actual", asked.actual, typed.day_or_unknown),
        history=typed.announced(asked.announced),
    )
    if missing := [a.name for a in rules.anchors if a.required and a.name not in anchors]:
        raise _missing(rules, missing)
    return noting_what_is_ahead(table)


def _missing(rules: Procedure, names: list[str]) -> RefusedError:
    sentence = _(
        "The procedure %(slug)s needs more dates; add anchor=NAME=YYYY-MM-DD for: %(names)s."
    )
    told = sentence % {"slug": rules.slug, "names": ", ".join(names)}
    return RefusedError("anchor_missing", told)


def _no_such(names: str, allowed: tuple[str, ...]) -> RefusedError:
    sentence = _("The procedure does not know “%(names)s”; it knows: %(allowed)s.")
    told = sentence % {"names": names[:200], "allowed": ", ".join(allowed)}
    return RefusedError("name_unknown", told)


def _no_such_choice(name: str, allowed: tuple[str, ...]) -> RefusedError:
    if not allowed:
        told = _("The procedure leaves no choice open; leave choose out.")
        return RefusedError("choice_unknown", told)
    return RefusedError("choice_unknown", _no_such(name, allowed).sentence)


def _fixed(name: str, allowed: tuple[str, ...]) -> RefusedError:
    if not allowed:
        return RefusedError(
            "offset_fixed", _("The procedure fixes every date itself; leave offset out.")
        )
    sentence = _("The procedure fixes “%(name)s” itself; offset can be given for: %(allowed)s.")
    return RefusedError("offset_fixed", sentence % {"name": name, "allowed": ", ".join(allowed)})
