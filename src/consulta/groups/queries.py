"""What is asked about the body, its groups, and who works for them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from consulta.core.multilingual import Text, choose
from consulta.groups.models import Appointment, Body, Group, Instrument, Issue


def body() -> Body | None:
    """Return the institution that runs this instance (the first one entered); None before `init`."""
    return Body.objects.order_by("pk").first()


def today(now: datetime | None = None) -> date:
    """Return the day it is for the institution, in its own zone; in UTC before `init`."""
    found = body()
    zone = ZoneInfo(found.timezone) if found else UTC
    return (now or timezone.now()).astimezone(zone).date()


def groups() -> Sequence[Group]:
    """Return all groups with their bodies, in the order of their names."""
    return list(Group.objects.select_related("body"))


def by_slug(slug: str) -> Group:
    """Return the group called *slug*, with its body. Raises Group.DoesNotExist."""
    return Group.objects.select_related("body").get(slug=slug)


def name(thing: Body | Group | Issue | Instrument, language: str) -> Text:
    """Return the name of a body, group, issue or norm for a reader of *language*."""
    fallback = getattr(thing, "short_name", "") or thing.slug
    found = choose(thing.names, language)
    return found if found.text else Text(fallback, "")


def mandate(group: Group, language: str) -> Text:
    """Return what the group is for, for a reader of *language*."""
    return choose(group.mandates, language)


def privacy_notice(language: str) -> Text:
    """Return the body's privacy notice for a reader of *language*; empty text if none is written."""
    current = body()
    return choose(current.privacy_notice if current else {}, language)


def issues(body: Body) -> Sequence[Issue]:
    """Return the standing list of issues from which topics come, in its own order."""
    return list(Issue.objects.filter(body=body))


def all_issues() -> Sequence[Issue]:
    """Return the issues of every body, body after body, each list in its own order."""
    return list(Issue.objects.order_by("body", "position", "pk"))


def issue_by_slug(slug: str) -> Issue:
    """Return the issue called *slug*. Raises Issue.DoesNotExist."""
    return Issue.objects.get(slug=slug)


def instruments(body: Body) -> Sequence[Instrument]:
    """Return the body's norms with their status."""
    return list(Instrument.objects.filter(body=body))


def norms(body: Body) -> list[tuple[Instrument, list[Instrument]]]:
    """Return the body's norms, each by its newest edition and with all of them. One query.

    What is on record without editions stands for itself.
    """
    rows = Instrument.objects.filter(body=body).select_related("ended_by")
    by_norm: dict[str, list[Instrument]] = {}
    for row in rows.order_by("norm", "-position", "slug"):
        by_norm.setdefault(row.norm or row.slug, []).append(row)
    return [(editions[0], editions) for editions in by_norm.values()]


def appointments(group: Group | None) -> Sequence[Appointment]:
    """Return who works for *group* now (None: for the whole body), with their accounts."""
    held = Appointment.objects.filter(group=group, ended_at__isnull=True)
    return list(held.select_related("user", "appointed_by"))


def appointment(pk: int) -> Appointment:
    """Return one appointment, ended or not. Raises Appointment.DoesNotExist."""
    return Appointment.objects.select_related("group", "user").get(pk=pk)
