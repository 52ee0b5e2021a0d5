"""Who was there, in the room or remotely, and the figures that outlast the names."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consulta.live.models.registrations import Mode, Registration
from consulta.meetings.models import Meeting


class Attendance(models.Model):
    """That somebody who registered was in the room, or followed remotely, from when to when.

    In the room only the coming is noted. What was noted by mistake is taken back and stays.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="attendances"
    )
    mode = models.CharField(_("how one takes part"), max_length=9, choices=Mode.choices)
    came_at = models.DateTimeField(_("came"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        ordering = ["came_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attendance_ends_after_it_begins",
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")),
            ),
            models.UniqueConstraint(
                fields=["registration", "mode"],
                condition=Q(left_at__isnull=True, taken_back_at__isnull=True),
                name="attendance_runs_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.came_at:%Y-%m-%dT%H:%M}"


class ParticipationFigures(models.Model):
    """How many registered for a meeting and how many were there: what is kept for good.

    ``{"registered", "present", "by": {"mode" | "role" | "group" | "region" | "country": {slug:
    [registered, present]}}}``
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    figures = models.JSONField(_("figures"), default=dict)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name_plural = "participation figures"

    def __str__(self) -> str:
        return f"{self.meeting_id}"
