"""What a meeting deals with, item by item, and how the agenda was changed after it was published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.meetings.models.documents import Document
from consulta.meetings.models.gatherings import Meeting


class AgendaItem(models.Model):
    """One item of a meeting's agenda, under the number that the body gives it, such as 3.1.

    An item taken off after the agenda was published stays as a row, with the instant. *audience*
    empty: whoever has the agenda; *length* counts minutes.
    """

    class Purpose(models.TextChoices):
        """What the meeting is to do with it."""

        DECISION = "decision", _("for decision")
        DISCUSSION = "discussion", _("for discussion")
        INFORMATION = "information", _("for information")

    class Audience(models.TextChoices):
        """Who has an item that not everyone with the agenda has."""

        MEMBERS = "members", _("members")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(_("number"), max_length=20)
    titles = models.JSONField(_("title"), default=dict)  # language -> {"text", "status"}
    purpose = models.CharField(_("what it is for"), max_length=11, choices=Purpose.choices)
    presenter = models.CharField(_("presented by"), max_length=200, blank=True)
    documents = models.ManyToManyField(Document, related_name="+", blank=True)
    minutes = models.JSONField(_("minutes"), default=dict, blank=True)  # language -> text
    audience = models.CharField(
        _("who has the item"), max_length=7, choices=Audience.choices, blank=True
    )
    begins_at = models.DateTimeField(_("begins"), null=True, blank=True)
    length = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)  # of two who edit it, one is told
    removed_at = models.DateTimeField(_("taken off"), null=True, blank=True)

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                condition=Q(removed_at__isnull=True),
                name="agenda_number_once",
            ),
            models.CheckConstraint(
                name="agenda_item_lasts_from_when_it_begins",
                condition=Q(begins_at__isnull=True, length__isnull=True)
                | Q(begins_at__isnull=False, length__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.number}"


class AgendaChange(models.Model):
    """A published agenda that was changed: who, when, why, and what stood there before."""

    class Act(models.TextChoices):
        """What was done."""

        ADDED = "added", _("item added")
        CHANGED = "changed", _("item changed")
        MOVED = "moved", _("order changed")
        REMOVED = "removed", _("item taken off")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(_("what was done"), max_length=7, choices=Act.choices)
    before = models.JSONField(default=dict, blank=True)  # the item's words and number until then
    reason = models.TextField(_("reason"))
    language = models.CharField(_("language"), max_length=2, default="en")
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["changed_at", "pk"]
        constraints = [
            models.CheckConstraint(name="agenda_change_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.item_id}"
