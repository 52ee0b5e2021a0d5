"""What a group settled, and what it asked of an office."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.meetings.models.gatherings import Meeting, check_year


class Decision(models.Model):
    """What a group settled at a meeting: by consensus, or that there was none."""

    class Kind(models.TextChoices):
        """How it was settled."""

        CONSENSUS = "consensus", _("decided by consensus")
        NO_CONSENSUS = "no-consensus", _("no consensus")
        RECORD = "record", _("recorded")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    taken_by = models.CharField(
        _("taken by"), max_length=120, blank=True, help_text=_("Empty: the group itself.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=1)
    opens_consultation = models.BooleanField(_("opens a consultation"), default=False)
    texts = models.JSONField(_("text"), default=dict)  # language -> {"text", "status"}
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["meeting", "position"]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.position}"


class FollowUp(models.Model):
    """What an office was asked to do. An invitation is never overdue."""

    class Force(models.TextChoices):
        """How strongly."""

        INSTRUCT = "instruct", _("instructed")
        REQUEST = "request", _("requested")
        INVITE = "invite", _("invited")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    force = models.CharField(_("force"), max_length=8, choices=Force.choices)
    addressee = models.JSONField(_("addressee"), default=dict)  # language -> name
    due_on = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_is_never_due",
                condition=~Q(force="invite") | Q(due_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.force} {self.decision_id}"

    def clean(self) -> None:
        """Refuse a due day in a year in which no rule can be counted."""
        check_year("due_on", self.due_on)
