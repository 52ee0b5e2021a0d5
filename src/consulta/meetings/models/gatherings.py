"""Meetings of a group or open to all, and how they were moved."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consulta.core import calendar
from consulta.groups.models import Group


def check_year(field: str, day: date | None) -> None:
    """Refuse a day in a year in which no rule can be counted. Raises ValidationError for *field*."""
    if day is None or calendar.FIRST_YEAR <= day.year <= calendar.LAST_YEAR:
        return
    years = {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}
    sentence = gettext("Choose a day between the years %(first)s and %(last)s.")
    raise ValidationError({field: sentence % years})


class Meeting(models.Model):
    """A gathering: of the group, or open to everyone (it may be virtual)."""

    class Kind(models.TextChoices):
        """Who may come."""

        GROUP = "group", _("meeting of the group")
        OPEN = "open", _("open meeting")

    class Mode(models.TextChoices):
        """How one takes part."""

        IN_PERSON = "in-person", _("in person")
        VIRTUAL = "virtual", _("virtual")
        HYBRID = "hybrid", _("in person, with remote participation")
        UNKNOWN = "", _("not known")

    class AgendaAudience(models.TextChoices):
        """Who has the agenda once it is published."""

        PUBLIC = "public", _("public")
        MEMBERS = "members", _("members")

    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    slug = models.SlugField(unique=True)
    titles = models.JSONField(
        _("title"), default=dict, blank=True
    )  # language -> {"text", "status"}
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    first_planned_on = models.DateField(_("first day as first planned"), null=True, blank=True)
    is_provisional = models.BooleanField(_("provisional"), default=False)
    mode = models.CharField(_("mode"), max_length=9, choices=Mode.choices, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.JSONField(
        _("note"), default=dict, blank=True
    )  # language -> text, e.g. what is known of the date
    source = models.CharField(_("source"), max_length=300, blank=True)
    practical = models.JSONField(
        _("practical information"), default=dict, blank=True
    )  # language -> text
    conference_url = models.URLField(_("address of the conference"), max_length=500, blank=True)
    hours_from = models.TimeField(_("begins each day at"), null=True, blank=True)
    hours_until = models.TimeField(_("ends each day at"), null=True, blank=True)
    timezone = models.CharField(_("time zone"), max_length=60, blank=True)  # empty: the body's
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancellation_reason = models.TextField(_("why it was cancelled"), blank=True)
    agenda_audience = models.CharField(
        _("who sees the agenda"), max_length=7, choices=AgendaAudience.choices, blank=True
    )  # empty: it is not published
    agenda_published_at = models.DateTimeField(_("agenda published"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "slug"]
        constraints = [
            models.CheckConstraint(
                name="meeting_cancelled_with_reason",
                condition=Q(cancelled_at__isnull=True, cancellation_reason="")
                | Q(cancelled_at__isnull=False) & ~Q(cancellation_reason=""),
            ),
            models.CheckConstraint(
                name="meeting_agenda_published_to_somebody",
                condition=Q(agenda_published_at__isnull=True, agenda_audience="")
                | Q(agenda_published_at__isnull=False) & ~Q(agenda_audience=""),
            ),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["group", "kind", "number"],
                condition=Q(number__isnull=False),
                name="meeting_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        """Refuse a day in a year in which no rule can be counted: a slip of the keyboard."""
        for name in ("starts_on", "ends_on"):
            check_year(name, getattr(self, name))


class MeetingMove(models.Model):
    """A meeting that was moved: who, when, why; the dates before stay on record."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moves")
    old_starts_on = models.DateField(_("first day before"), null=True, blank=True)
    new_starts_on = models.DateField(_("first day now"))
    reason = models.TextField(_("reason"))
    language = models.CharField(_("language"), max_length=2, default="en")
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(name="meeting_move_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.old_starts_on} -> {self.new_starts_on}"


class MeetingPart(models.Model):
    """A later part of a meeting that was split: dates of its own under the same number."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="parts")
    ordinal = models.PositiveSmallIntegerField(
        _("part")
    )  # 2 for the second; the meeting is the first
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    mode = models.CharField(_("mode"), max_length=9, choices=Meeting.Mode.choices, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    reason = models.TextField(_("reason"))
    language = models.CharField(_("language"), max_length=2, default="en")
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["meeting", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "ordinal"], name="meeting_part_once"),
            models.CheckConstraint(name="meeting_part_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="meeting_part_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} part {self.ordinal}"

    def clean(self) -> None:
        """Refuse a day in a year in which no rule can be counted."""
        check_year("starts_on", self.starts_on)
        check_year("ends_on", self.ends_on)
