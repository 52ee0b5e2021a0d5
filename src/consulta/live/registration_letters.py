"""Mails about a registration, each an outbox row in the act; the calendar entry goes with them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consulta.core.icalendar import Method
from consulta.core.languages import django_code
from consulta.core.plaintext import one_line
from consulta.live import invitations, registration_days, registration_links
from consulta.live.models import Mode, Registration
from consulta.mailroom import outbox
from consulta.mailroom.outbox import NotMailableError
from consulta.meetings import wording
from consulta.meetings.models import Meeting

Act = Callable[[], None]


def button(registration: Registration, secret: str) -> None:
    """Mail the button that confirms, without a word of what was typed but the meeting's name.

    Raises NotMailableError.
    """
    address = registration_links.confirm(secret, language=registration.language)
    _send("button", registration, {"confirm_address": address}, secrets=[secret])


def again(registration: Registration) -> None:
    """Mail the private link to who is registered already. Raises NotMailableError."""
    _send("again", registration, {})


def registered(registration: Registration, *, now: datetime) -> None:
    """Say that the registration stands, or waits for a place; with the entry if it is seated."""
    if registration.is_seated:
        _invite("registered", registration, now=now)
    else:
        _try("waiting", registration)


def seated(registration: Registration, *, now: datetime) -> None:
    """Say that a place in the room is free for who waited, with the calendar entry."""
    _invite("seated", registration, now=now)


def changed(registration: Registration, *, now: datetime) -> None:
    """Say that the registration was changed, with the entry as it is now."""
    if registration.is_seated:
        _invite("changed", registration, now=now)
    else:
        _try("waiting", registration, _taken_out(registration, now=now))


def moved(registration: Registration, *, now: datetime) -> None:
    """Say that the meeting's dates, hours, place or address changed, with the entry as it is now."""
    _invite("moved", registration, now=now)


def cancelled(registration: Registration, *, now: datetime) -> None:
    """Say that the registration, or the meeting itself, was cancelled; the entry is taken out."""
    if registration.confirmed_at is not None:
        _try("cancelled", registration, _taken_out(registration, now=now))


def when(meeting: Meeting) -> list[str]:
    """The days of *meeting*, each part a line, in the language that is spoken."""
    lines = []
    for first, last in registration_days.days(meeting):
        days = {"first": _day(first), "last": _day(last)}
        lines.append(days["first"] if first == last else _("%(first)s to %(last)s") % days)
    return lines


def _invite(letter: str, registration: Registration, *, now: datetime) -> None:
    """Send *letter* with the entry, the first one or one that takes the place of the last."""
    if registration.told:
        registration.sequence += 1
    registration.told = invitations.said(registration.meeting, registration.mode)
    registration.save(update_fields=["told", "sequence"])
    _try(letter, registration, _entries(registration, "REQUEST", now=now))


def _taken_out(registration: Registration, *, now: datetime) -> tuple[Method, list[str]] | None:
    """The entry that takes out the one that was sent; None where none was."""
    if not registration.told:
        return None
    registration.sequence += 1
    registration.told = ""
    registration.save(update_fields=["told", "sequence"])
    return _entries(registration, "CANCEL", now=now)


def _entries(
    registration: Registration, method: Method, *, now: datetime
) -> tuple[Method, list[str]]:
    with translation.override(django_code(registration.language)):
        return method, invitations.files(registration, method=method, now=now)


def _try(
    letter: str,
    registration: Registration,
    entries: tuple[Method, list[str]] | None = None,
) -> None:
    """Who was entered without an address, or with one that no mail reaches, is told by the desk."""
    if not registration.email:
        return
    try:
        _send(letter, registration, {}, entries=entries)
    except NotMailableError:
        return


def _send(
    letter: str,
    registration: Registration,
    context: dict[str, Any],
    *,
    secrets: Sequence[str] = (),
    entries: tuple[Method, list[str]] | None = None,
) -> None:
    with translation.override(django_code(registration.language)):
        text = render_to_string(f"live/{letter}.txt", _about(registration) | context)
    subject, _line, body = text.strip().partition("\n")
    message = EmailMultiAlternatives(
        subject=one_line(subject)[:200],
        body=body.strip("\n") + "\n",
        to=[registration.email],
        headers={"Auto-Submitted": "auto-generated", "Content-Language": registration.language},
    )
    method, written = entries or ("REQUEST", [])
    for place, entry in enumerate(written):
        kind = f"text/calendar; method={method}"
        if place == 0:
            message.attach_alternative(entry, kind)
        else:
            message.attach(f"part-{place + 1}.ics", entry, kind)
    hidden = [*secrets, registration_links.token(registration)]
    outbox.send(message, secrets=hidden, subject=registration)


def _about(registration: Registration) -> dict[str, Any]:
    meeting = registration.meeting
    remote = registration.mode == Mode.REMOTE
    return {
        "registration": registration,
        "meeting": meeting,
        "name": wording.name(meeting, registration.language).text,
        "when": when(meeting),
        "hours": wording.hours(meeting),
        "remote_address": invitations.conference(registration) if remote else "",
        "mine_address": registration_links.mine(registration),
    }


def _day(value: Any) -> str:
    return date_format(value, "DATE_FORMAT")
