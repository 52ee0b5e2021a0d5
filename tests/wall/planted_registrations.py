"""Somebody registered for a meeting of the group, with a need: words that only some may read."""

from django.utils import timezone

from consulta.accounts.models import User
from consulta.live import registering
from consulta.live.needs import Needs
from consulta.live.registering import Told
from consulta.meetings.models import Meeting


def plant(meeting: Meeting, officer: User) -> None:
    """Enter a person whom members see in the list, and a need that officers alone see."""
    told = Told(
        name="zq-registered-for-members",
        organisation="zq-registered-organisation",
        mode="remote",
        needs=Needs(other="zq-need-for-officers"),
    )
    registering.enter(meeting, told, role="secretariat", by=officer, now=timezone.now())
