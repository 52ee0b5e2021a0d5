"""Plans: what `consulta plan` proposes for any meetings."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from consulta.consultations import plan_document, plan_typed
from consulta.consultations.plan_typed import Asked, PlanRefusedError
from consulta.core.changes import AHEAD, DAYS_OPEN, NO, QUESTIONS, VIRTUAL, YES
from consulta.core.rules import Procedure
from consulta.web.api import typed
from consulta.web.api.door import READ, RefusedError, began, speaking

router = Router()
Json = dict[str, Any]
DAY = "YYYY-MM-DD"


class PlanQuery(Schema):
    """What is planned; the parameters are the options of `consulta plan`."""

    procedure: str = Field("", description="The procedure's slug; /procedures lists them.")
    meeting: list[str] = Field([], description="[NAME=]START[/END]: a meeting of the group.")
    council: list[str] = Field([], description="[NAME=]START[/END]: a session that can decide.")
    anchor: list[str] = Field([], description=f"NAME={DAY}: a date that no meeting gives.")
    days_open: int | None = Field(None, ge=1, le=1000, description="At least so many days open.")
    ahead: int = Field(1, ge=1, le=2, description="How many consultations one meeting decides.")
    virtual: bool = Field(False, description="The open meeting is virtual.")
    questions: bool = Field(True, description="Whether questions are asked.")
    roll: list[str] = Field([], description="MILESTONE=exact, back or forward.")
    offset: list[str] = Field([], description="MILESTONE=NUMBER, for an optional milestone.")
    choose: list[str] = Field([], description="NAME=OPTION: a choice of the procedure.")
    set: list[str] = Field([], description=f"NAME={DAY}: a meeting or a milestone on this day.")
    what_if: list[str] = Field([], description="NAME=VALUE: shows what it would change.")
    year: str = Field("", description="`coming`, or a year: only the consultations in it.")
    today: str = Field("", description="Plan as on this day; else today.")
    lang: str = Field("en", description="The language of the texts.")


@router.api_operation(READ, "/plan", response=Json)
def plan(request: HttpRequest, asked: Query[PlanQuery]) -> Json:
    """Propose the consultations that meetings allow, and the nearest dates where they do not."""
    with speaking(asked.lang):
        typed.only(request, PlanQuery.model_fields)
        rules = typed.procedure(asked.procedure)
        zone = ZoneInfo(rules.zone)
        today = typed.day(asked.today) if asked.today else began(request).astimezone(zone).date()
        try:
            agenda, other = plan_typed.read(_asked(rules, asked, today))
        except PlanRefusedError as error:
            raise RefusedError(error.error, error.sentence) from error
        return plan_document.agenda(agenda, other)


def _asked(rules: Procedure, query: PlanQuery, today: Any) -> Asked:
    yes = {True: YES, False: NO}
    wishes = [f"{AHEAD}={query.ahead}", f"{VIRTUAL}={yes[query.virtual]}"]
    wishes.append(f"{QUESTIONS}={yes[query.questions]}")
    if query.days_open:
        wishes.append(f"{DAYS_OPEN}={query.days_open}")
    return Asked(
        rules=rules,
        today=today,
        meetings=query.meeting,
        councils=query.council,
        anchors=query.anchor,
        wishes=(*wishes, *query.roll, *query.choose),
        offsets=query.offset,
        changed=query.set,
        what_if=query.what_if,
        year=query.year,
    )
