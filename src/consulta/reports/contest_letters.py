"""Letters to whoever contested a report, in their own language: outbox rows in the act's transaction."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from consulta.consultations import applied
from consulta.consultations import queries as consultations
from consulta.core import addresses
from consulta.core.languages import django_code
from consulta.core.multilingual import choose
from consulta.core.plaintext import one_line
from consulta.mailroom import outbox
from consulta.reports.models import Contest
from consulta.responses.moderation import Because


def ask(contest: Contest, *, token: str) -> None:
    """Mail the button that confirms: the number, never the words, since anyone can type an address."""
    path = addresses.confirm_contest(token, language=contest.contester.language)
    _write(contest, "confirm", {"confirm_address": _link(path)}, secrets=[token])


def copy(contest: Contest, *, mine: str) -> None:
    """Mail the copy of the contest, and the private link that shows where it stands."""
    path = addresses.my_contest(mine, language=contest.contester.language)
    _write(contest, "copy", {"mine_address": _link(path)}, secrets=[mine])


def declined(contest: Contest) -> None:
    """Mail on which ground the contest is not published, to a confirmed address."""
    _decided(contest, "declined", Because(contest.ground, contest.reason))


def redacted(contest: Contest, because: Because) -> None:
    """Mail that words of the contest are left out of what readers see, to a confirmed address."""
    _decided(contest, "redacted", because)


def erased(contest: Contest, because: Because) -> None:
    """Mail that the law took the contest away, to a confirmed address; call it before that is emptied."""
    _decided(contest, "erased", because)


def answered(contest: Contest) -> None:
    """Mail that the answer stands beside the passage, to a confirmed address."""
    if contest.contester.confirmed:
        _write(contest, "answered", {})


def _decided(contest: Contest, letter: str, because: Because) -> None:
    """Mail what was decided, on which ground of the published list and why."""
    if not contest.contester.confirmed:
        return
    grounds = applied.present(contest.consultation.procedure).grounds
    texts = {ground.slug: ground.text for ground in grounds}
    said = choose(texts.get(because.ground, {}), contest.contester.language)
    _write(contest, letter, {"ground": said.text, "reason": because.reason})


def _write(
    contest: Contest, letter: str, context: dict[str, Any], *, secrets: Sequence[str] = ()
) -> None:
    contester = contest.contester
    if not contester.email:
        return
    page = addresses.contest(contest.number, language=contester.language)
    topic = consultations.topic(contest.consultation, contester.language).text
    told = {"contest": contest, "topic": topic, "page_address": _link(page)}
    with translation.override(django_code(contester.language)):
        text = render_to_string(f"reports/letters/contest_{letter}.txt", told | context)
    subject, _, body = text.strip().partition("\n")
    message = EmailMessage(
        subject=one_line(subject)[:200], body=body.lstrip("\n"), to=[contester.email]
    )
    message.extra_headers["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's program answers
    outbox.send(message, secrets=secrets, subject=contest)


def _link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
