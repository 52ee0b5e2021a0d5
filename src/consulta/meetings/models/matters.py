"""What a meeting's agenda is drawn up from: standing items, and what must come back to the group."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Group
from consulta.meetings.models.agendas import AgendaItem
from consulta.meetings.models.documents import Document
from consulta.meetings.models.gatherings import Meeting


class StandingItem(models.Model):
    """An item that every meeting of a group has, such as the adoption of the agenda."""

    class Place(models.TextChoices):
        """Where on the agenda it stands."""

        OPENING = "opening", _("at the beginning")
        CLOSING = "closing", _("at the end")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("where it stands"), max_length=7, choices=Place.choices)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=1)
    titles = models.JSONField(_("title"), default=dict)  # language -> {"text", "status"}
    purpose = models.CharField(
        _("what it is for"), max_length=11, choices=AgendaItem.Purpose.choices
    )

    class Meta:
        ordering = ["group", "-place", "position", "pk"]  # opening before closing

    def __str__(self) -> str:
        return f"{self.group_id} {self.place} {self.position}"


class AgendaMatter(models.Model):
    """What must come back to a meeting: taken over as an item of its agenda, or left out for a reason.

    *key* names where it comes from for good, such as ``decision:12``; what it is is asked of that row.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.TextField(_("why it was left out"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    settled_at = models.DateTimeField(_("settled"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "key"], name="agenda_matter_once"),
            models.CheckConstraint(
                name="agenda_matter_on_the_agenda_or_left_out_with_reason",
                condition=Q(item__isnull=False, reason="") | Q(item__isnull=True) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.key}"


class AgendaPaper(models.Model):
    """An agenda as a document of its meeting: which words stood in it, known by their hash."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    words_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("drawn up"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.document_id}"
