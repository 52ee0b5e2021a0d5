"""Extra open meetings: held at another event, under the rules of its host."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.meetings.models.decisions import Decision
from consulta.meetings.models.gatherings import Meeting


class ExtraMeeting(models.Model):
    """What makes an open meeting an extra one: the decision, the event, its host and the host's rules.

    No rule of the clock binds it (Resolution 1336 (Rev. 2019), resolves 6).
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(_("event"), max_length=200)
    host = models.CharField(_("host"), max_length=200)
    rules = models.TextField(_("rules of the host"))
    language = models.CharField(_("language"), max_length=2, default="en")
    link = models.URLField(_("page of the event"), max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extra_meeting_has_event_and_host",
                condition=~Q(event="") & ~Q(host="") & ~Q(rules=""),
            )
        ]

    def __str__(self) -> str:
        return self.event
