"""What members of a group contribute to its meetings, and by which rule it is taken."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Group, Membership
from consulta.meetings.models.agendas import AgendaItem
from consulta.meetings.models.documents import Document
from consulta.meetings.models.gatherings import Meeting


class PostingRule(models.Model):
    """How the documents of a group's meetings are taken: by which deadlines, and who posts them."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    deadlines = models.SlugField(_("rule of deadlines"), blank=True)  # a file of core.deadlines
    posts_at_once = models.BooleanField(_("contributions are posted at once"), default=False)
    shows_discussed = models.BooleanField(_("everyone sees what was discussed"), default=True)

    def __str__(self) -> str:
        return f"{self.group_id} {self.deadlines}"


class Contribution(models.Model):
    """A member's document to a meeting of the group, from its first draft on.

    It belongs to the membership, not to a person. Until it is submitted, only that delegation sees it,
    and those that were asked to join it. Submitted, it is a document with the body's number.
    """

    class Purpose(models.TextChoices):
        """What the meeting is to do with it."""

        ACTION = "action", _("for action")
        INFORMATION = "information", _("for information")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        _("kind"), max_length=11, choices=Document.Kind.choices, default=Document.Kind.ORIGINAL
    )
    follows = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # whom a revision, an addendum or a corrigendum follows
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    purpose = models.CharField(_("what it is for"), max_length=11, choices=Purpose.choices)
    audience = models.CharField(
        _("who may read it"), max_length=8, choices=Document.Audience.choices, blank=True
    )  # empty: not chosen yet
    language = models.CharField(_("language"), max_length=2)
    titles = models.JSONField(_("title"), default=dict)  # language -> title
    abstract = models.TextField(_("abstract"), blank=True)
    text = models.TextField(_("text"), blank=True)
    files = models.JSONField(default=list, blank=True)  # as those of documents, without numbers
    revision = models.PositiveIntegerField(default=1)  # of two who write it, one is told
    begun_at = models.DateTimeField(_("begun"))
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(_("last saved"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    due_on = models.DateField(_("last day in time"), null=True, blank=True)  # as the rule said then
    days_late = models.PositiveSmallIntegerField(_("days late"), default=0)
    fingerprint = models.CharField(max_length=64, blank=True)  # SHA-256 of what was submitted
    discarded_at = models.DateTimeField(_("discarded"), null=True, blank=True)

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="contribution_submitted_under_a_number",
                condition=Q(submitted_at__isnull=True, document__isnull=True)
                | Q(submitted_at__isnull=False, document__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_discarded_as_a_draft",
                condition=Q(discarded_at__isnull=True) | Q(submitted_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.meeting_id}"


class JointMember(models.Model):
    """Another member that was asked to join a contribution; it stands as a source once it agrees."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="joint")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agrees = models.BooleanField(_("agrees"), null=True)  # null: no answer yet
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "membership"], name="joint_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.membership_id}"
