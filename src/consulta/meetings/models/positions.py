"""Positions: what a member of a group holds on an issue, version by version."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Group, Issue, Membership
from consulta.meetings.models.decisions import Audience, Decision
from consulta.meetings.models.documents import Document


class Position(models.Model):
    """A member's position on an issue; its words are versions, the first of which may be a draft."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["issue", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "membership"], name="position_once")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.issue_id}"


class PositionVersion(models.Model):
    """What the position says at one time. Until it is given, the delegation alone sees it."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.PositiveSmallIntegerField(_("version"))
    texts = models.JSONField(_("text"), default=dict)  # language -> {"text", "status"}
    audience = models.CharField(
        _("who can see it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS
    )
    documents = models.ManyToManyField(Document, related_name="+", blank=True)
    revision = models.PositiveIntegerField(default=1)  # of two who edit a draft, one is told
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["position", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["position", "ordinal"], name="position_version_once"),
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(given_at__isnull=True),
                name="position_draft_once",
            ),
            models.CheckConstraint(
                name="position_is_for_readers",
                condition=Q(audience__in=("public", "members")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position_id}/{self.ordinal}"


class PositionRequest(models.Model):
    """That a group asked its members to give or update their positions on an issue."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    words = models.TextField(_("what is asked"))
    language = models.CharField(_("language"), max_length=2, default="en")
    due_on = models.DateField(_("by the day"), null=True, blank=True)
    memberships = models.ManyToManyField(
        Membership, related_name="+", blank=True
    )  # who is asked; none: every member that states positions
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="position_request_has_words", condition=~Q(words=""))
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.issue_id}"


class PositionReminder(models.Model):
    """That a member was reminded of a request it had not answered: before the day, and on the day."""

    class Kind(models.TextChoices):
        """When."""

        BEFORE = "before", _("before it is due")
        DUE = "due", _("on the day it is due")

    request = models.ForeignKey(PositionRequest, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    due_on = models.DateField()
    reminded_at = models.DateTimeField()

    class Meta:
        ordering = ["reminded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "membership", "kind", "due_on"], name="position_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.membership_id} {self.kind}"
