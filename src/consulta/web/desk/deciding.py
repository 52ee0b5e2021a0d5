"""Which acts a response allows now, each with its form: a ground and a reason, a reason, or a button."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.core.lifecycle import State
from consulta.core.rules import Act as OnGround
from consulta.core.rules import Ground
from consulta.groups.permissions import Act
from consulta.responses import lateness, moderation
from consulta.responses import queries as response_queries
from consulta.responses.models import Response
from consulta.web.desk import forms


@dataclass(frozen=True, slots=True)
class Possible:
    """An act on a response: the rights and states it needs, and what must be said with it."""

    name: str
    rights: frozenset[Act]
    states: frozenset[State]
    label: Promise
    ground: OnGround | None = None
    reason: bool = False
    kind: str = "secondary"


@dataclass(frozen=True, slots=True)
class Offered:
    """An act as the page offers it: *form* is None for a plain button."""

    name: str
    label: str
    kind: str
    form: django_forms.Form | None


_MODERATE = frozenset({Act.MODERATE})
_OPEN = frozenset({State.RECEIVED, State.HELD})
POSSIBLE = (
    Possible("publish", frozenset({Act.PUBLISH}), frozenset({State.ACCEPTED}),
             gettext_lazy("Publish"), kind="primary"),
    Possible("accept-and-publish", frozenset({Act.MODERATE, Act.PUBLISH}), _OPEN,
             gettext_lazy("Accept and publish"), kind="primary"),
    Possible("accept", _MODERATE, _OPEN, gettext_lazy("Accept")),
    Possible("hold", _MODERATE, frozenset({State.RECEIVED, State.ACCEPTED}), gettext_lazy("Hold"),
             ground=OnGround.HOLD),
    Possible("decline", _MODERATE, frozenset({State.HELD, State.ACCEPTED, State.RECEIVED}),
             gettext_lazy("Decline"), ground=OnGround.DECLINE, kind="danger"),
    Possible("remove", _MODERATE, frozenset({State.PUBLISHED}), gettext_lazy("Remove"),
             ground=OnGround.REMOVE, kind="danger"),
    Possible("admit", _MODERATE, frozenset({State.DECLINED}),
             gettext_lazy("Admit it although it came late"), reason=True),
    Possible("restore", _MODERATE, frozenset({State.REMOVED}), gettext_lazy("Show again"),
             reason=True),
    Possible("withdraw", frozenset({Act.ENTER_RESPONSE}),
             frozenset({State.RECEIVED, State.HELD, State.ACCEPTED, State.PUBLISHED, State.DECLINED}),
             gettext_lazy("Withdraw at the respondent's wish"), reason=True),
)  # fmt: skip
BY_NAME = {possible.name: possible for possible in POSSIBLE}


class Reason(django_forms.Form):
    """A short reason, without a ground."""

    reason = forms.words(gettext_lazy("Short reason"), rows=2)


def offered(
    response: Response, allowed: Collection[Act], bound: Mapping[str, django_forms.Form]
) -> list[Offered]:
    """The acts that *response* allows to whoever holds the rights *allowed*.

    *bound*: forms that were sent and were wrong, by their acts.
    """
    return [
        Offered(p.name, str(p.label), p.kind, bound.get(p.name) or form(p.name, response))
        for p in POSSIBLE
        if p.rights <= set(allowed) and response.state in p.states and _fits(p, response)
    ]


def _fits(possible: Possible, response: Response) -> bool:
    """Only what the rule declined because it came late is admitted, unless its author appealed."""
    if possible.name != "admit":
        return True
    return lateness.declined_as_late(response) and response_queries.appeal_of(response) is None


def form(
    name: str, response: Response, data: Mapping[str, Any] | None = None
) -> django_forms.Form | None:
    """The form of the act called *name*; None for a plain button. Raises KeyError."""
    possible = BY_NAME[name]
    if possible.ground:
        grounds = moderation.grounds(response, possible.ground)
        return forms.Because(data, grounds=grounds, auto_id=f"id_{name}_%s")
    return Reason(data, auto_id=f"id_{name}_%s") if possible.reason else None


def because(filled: django_forms.Form | None) -> moderation.Because:
    """What a valid form says."""
    data = filled.cleaned_data if filled else {}
    return moderation.Because(data.get("ground", ""), data.get("reason", ""))


def redaction(response: Response, key: str, data: Mapping[str, Any] | None = None) -> forms.Because:
    """The ground and reason of a redaction: contact details unless said otherwise."""
    grounds = moderation.grounds(response, OnGround.REDACT)
    usual = next((g.slug for g in grounds if g.slug == "personal_data"), _first(grounds))
    initial = {"ground": usual, "reason": _("Contact details or personal data.")}
    return forms.Because(data, grounds=grounds, initial=initial, auto_id=f"id_{key}_%s")


def _first(grounds: Collection[Ground]) -> str:
    return next((ground.slug for ground in grounds), "")
