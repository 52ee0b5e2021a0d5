"""What happened, what comes next and why not, as sentences for the respondent."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from consulta.consultations import applied, clock
from consulta.consultations import queries as consultation_queries
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State
from consulta.core.multilingual import NOTHING, Text, choose
from consulta.groups import queries as group_queries
from consulta.responses import terms as response_terms
from consulta.responses.models import Appeal, ModerationStep, Response, Version
from consulta.web.ui import languages

ACTS: dict[str, Promise] = {
    "accepted": gettext_lazy("Accepted; it will be published"),
    "held": gettext_lazy("Held for a person to decide"),
    "declined": gettext_lazy("Declined: it is not published"),
    "removed": gettext_lazy("Removed from the public page"),
    "restored": gettext_lazy("Shown again on the public page"),
    "redacted": gettext_lazy("A passage was left out of what readers see"),
    "withdrawn": gettext_lazy("Withdrawn by you"),
    "file_released": gettext_lazy("A file was checked by a person and is shown"),
    "file_asked": gettext_lazy("A file without a password was asked for by mail"),
    "form_asked": gettext_lazy("Your questionnaire held no answers; they were asked for by mail"),
}
NOW: dict[str, Promise] = {
    State.RECEIVED: gettext_lazy("We have it. It will be looked at next."),
    State.HELD: gettext_lazy("We have it, and it waits for a person to decide."),
    State.ACCEPTED: gettext_lazy("It was accepted and will be published."),
    State.DECLINED: gettext_lazy(
        "A person decided not to publish it. The group is given it all the same, with the ground."
    ),
    State.PUBLISHED: gettext_lazy("It is published, for everyone to read."),
    State.WITHDRAWN: gettext_lazy("You withdrew it. Its words are not shown; its number stays."),
    State.REMOVED: gettext_lazy("It was published, and then removed by the institution."),
    State.SET_ASIDE: gettext_lazy(
        "An officer took it for something else than a response. If it is one, write to us: it keeps"
        " its number and the instant of its arrival."
    ),
}
CONFIRMED: dict[str, Promise] = {
    "button": gettext_lazy("Address confirmed by the button"),
    "mail": gettext_lazy("Address confirmed by answering the mail"),
    "account": gettext_lazy("Sent while signed in; nothing needs to be confirmed"),
    "officer": gettext_lazy("Confirmed by an officer, on recorded evidence"),
    "channel": gettext_lazy("Address authenticated by the channel"),
}
SCREENING: dict[str, Promise] = {
    Version.Screening.WAITING: pgettext_lazy("version", "waiting"),
    Version.Screening.ACCEPTED: pgettext_lazy("version", "accepted"),
    Version.Screening.DECLINED: pgettext_lazy("version", "declined"),
    Version.Screening.PUBLISHED: pgettext_lazy("version", "published"),
    Version.Screening.SUPERSEDED: pgettext_lazy("version", "replaced by a later version"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a respondent agrees to by sending. *version* is what is stored with the response."""

    version: str
    privacy: Text
    licence: str
    licence_address: str


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a response's history. *ground* is from the published list; *reason* is a person's."""

    at: datetime
    words: str
    ground: Text = NOTHING
    reason: str = ""


def terms() -> Terms:
    """The terms, privacy notice and licence as they stand now."""
    notice = group_queries.privacy_notice(languages.current())
    return Terms(
        response_terms.version(), notice, response_terms.LICENCE, response_terms.LICENCE_ADDRESS
    )


def report_due(consultation: Consultation, now: datetime) -> date | None:
    """The day by which the report on the responses is due, where the rule names one."""
    rows = consultation_queries.clock_view(consultation, now).rows
    return next((row.on for row in rows if row.name == clock.REPORT), None)


def ground(consultation: Consultation, slug: str) -> Text:
    """A ground of the procedure's published list, in the reader's language."""
    grounds = applied.present(consultation.procedure).grounds
    found = next((g for g in grounds if g.slug == slug), None)
    return choose(found.text, languages.current()) if found else NOTHING


def hold_reasons(response: Response) -> list[Text]:
    """Why a response is held, each as the sentence of the published list; empty if it is not."""
    if response.state != State.HELD:
        return []
    slugs = [*response.hold_reasons, *([response.ground] if response.ground else [])]
    found = [ground(response.consultation, slug) for slug in dict.fromkeys(slugs)]
    return [text for text in found if text.text]


def history(
    response: Response,
    *,
    versions: list[Version],
    steps: list[ModerationStep],
    appeal: Appeal | None,
) -> list[Event]:
    """Everything that happened to *response*, in order, in words."""
    events = [_arrival(version) for version in versions]
    events += [_step(response, step) for step in steps]
    respondent = response.respondent
    if respondent.confirmed_at:
        how = CONFIRMED.get(respondent.confirmed_how, "")
        events.append(Event(respondent.confirmed_at, str(how)))
    events += [
        Event(version.published_at, _("Version %(n)s published") % {"n": version.ordinal})
        for version in versions
        if version.published_at
    ]
    events += _of_appeal(appeal)
    return sorted(events, key=lambda event: event.at)


def _arrival(version: Version) -> Event:
    if version.ordinal == 1:
        return Event(version.received_at, _("Received"))
    return Event(version.received_at, _("Version %(n)s received") % {"n": version.ordinal})


def _step(response: Response, step: ModerationStep) -> Event:
    words = str(ACTS.get(step.act, step.act))
    if step.by_id is not None or step.act == "withdrawn":
        return Event(step.at, words, ground(response.consultation, step.ground), step.reason)
    slugs = step.reason.split()
    first = ground(response.consultation, slugs[0]) if slugs else NOTHING
    return Event(step.at, words, first)


def _of_appeal(appeal: Appeal | None) -> list[Event]:
    if appeal is None:
        return []
    events = [Event(appeal.made_at, _("You appealed"), reason=appeal.text)]
    if appeal.decided_at is not None:
        words = _("Your appeal was upheld") if appeal.upheld else _("Your appeal was not upheld")
        events.append(Event(appeal.decided_at, words, reason=appeal.answer))
    return events
