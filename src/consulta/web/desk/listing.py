"""The register as the desk lists it: the lists with their counts, and one row for each response."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consulta.core.lifecycle import State
from consulta.responses import waiting
from consulta.responses.models import Response, Version
from consulta.responses.waiting import Waiting
from consulta.stakeholders import queries as stakeholder_queries
from consulta.stakeholders.models import Respondent
from consulta.web.desk import wording
from consulta.web.ui import languages
from consulta.web.ui.parts import Link

#: What waits for a person, then what does not.
WORK: tuple[tuple[str, Promise], ...] = (
    (State.HELD, gettext_lazy("To decide")),
    (State.ACCEPTED, gettext_lazy("To publish")),
    (waiting.VERSIONS, gettext_lazy("New versions")),
    (waiting.MARKS, gettext_lazy("Marked passages")),
    (waiting.FILES, gettext_lazy("Unsafe files")),
    (waiting.APPEALS, gettext_lazy("Appeals")),
)
REST: tuple[tuple[str, Promise], ...] = (
    ("", gettext_lazy("All")),
    (State.RECEIVED, gettext_lazy("Waiting for the sender")),
    (State.PUBLISHED, gettext_lazy("Published")),
    (State.DECLINED, gettext_lazy("Declined")),
    (State.WITHDRAWN, gettext_lazy("Withdrawn")),
    (State.REMOVED, gettext_lazy("Removed")),
    (State.SET_ASIDE, gettext_lazy("Set aside")),
)
KINDS = frozenset(kind for kind, _label in (*WORK, *REST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One response in a list; *facts* are what a person should know before opening it."""

    number: str
    respondent: str
    confirmed: bool
    group: str
    country: str
    language: str
    channel: str
    state: str
    at: datetime
    excerpt: str
    files: int
    facts: tuple[str, ...]
    can_be_shown: bool


def tabs(lists: tuple[tuple[str, Promise], ...], counts: Waiting, chosen: str) -> list[Link]:
    """The lists as tabs with their counts."""
    return [
        Link(label=str(label), href=f"?list={kind}", current=kind == chosen, count=counts.of(kind))
        for kind, label in lists
    ]


def first_busy(counts: Waiting) -> str:
    """The list that an officer wants first: the first in which something waits, else all."""
    return next((kind for kind, _label in WORK if counts.of(kind)), "")


def listed(response: Response) -> Listed:
    """Put one response of a list into words."""
    version = next(iter(response.versions.all()), None)
    answers = list(version.answers.all()) if version else []
    respondent = response.respondent
    group = respondent.stakeholder_group
    return Listed(
        number=response.number,
        respondent=named(respondent),
        confirmed=respondent.confirmed,
        group=stakeholder_queries.name(group, languages.current()).text if group else "",
        country=respondent.country,
        language=version.language if version else respondent.language,
        channel=response.channel,
        state=response.state,
        at=response.received_at,
        excerpt=next((words for a in answers if (words := getattr(a, "excerpt", ""))), ""),
        files=len(version.attachments.all()) if version else 0,
        facts=tuple(_facts(response)),
        can_be_shown=response.state in (State.HELD, State.ACCEPTED) and not _two_wait(response),
    )


def named(respondent: Respondent) -> str:
    """Who says to have sent it."""
    known = (respondent.organisation_name, respondent.name, respondent.email)
    return next((name for name in known if name), _("Nobody named"))


def _two_wait(response: Response) -> bool:
    """Whether a person must choose between versions, which takes the page where both are read."""
    undecided = (Version.Screening.WAITING, Version.Screening.ACCEPTED)
    return sum(version.screening in undecided for version in response.versions.all()) > 1


def _facts(response: Response) -> list[str]:
    found = [wording.hold_reason(code) for code in response.hold_reasons]
    facts = (
        (response.within_grace, _("Sent within the grace")),
        (getattr(response, "unsafe", False), _("Unsafe file")),
        (getattr(response, "marks", False), _("Marked passages")),
        (getattr(response, "new_version", False) or _two_wait(response), _("New version")),
        (not response.respondent.confirmed, _("Sender not confirmed")),
        (response.respondent.mandate_needed, _("Mandate not confirmed")),
    )
    return [*found, *(words for holds, words in facts if holds)]
