"""What offices were asked to do, what became of it, and what the group said of their work."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Body, Group
from consulta.meetings.models.agendas import AgendaItem
from consulta.meetings.models.decisions import Audience, Decision
from consulta.meetings.models.documents import Document
from consulta.meetings.models.gatherings import Meeting, check_year


class Office(models.Model):
    """Whom a group can ask to act: an office of the body, or its members. *email* gets reminders."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField()
    names = models.JSONField(_("names"), default=dict)  # language -> name
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language of its mails"), max_length=2, default="en")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["body", "position", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["body", "slug"], name="office_once_in_a_body")
        ]

    def __str__(self) -> str:
        return self.slug


class FollowUp(models.Model):
    """What an office was asked to do. An invitation is never overdue.

    A *standing* one has no end: an instrument lays it down, and deeds are noted under it.
    """

    class Force(models.TextChoices):
        """How strongly."""

        INSTRUCT = "instruct", _("instructed")
        REQUEST = "request", _("requested")
        INVITE = "invite", _("invited")

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("open")
        IN_PROGRESS = "in-progress", _("in progress")
        DONE = "done", _("done")
        PARTLY_DONE = "partly-done", _("partly done")
        OVERTAKEN = "overtaken", _("overtaken by events")
        NOT_DONE = "not-done", _("not done")

    class Asks(models.TextChoices):
        """What for."""

        ACT = "act", _("to act")
        REPORT = "report", _("to cover a point in its next report")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    force = models.CharField(_("force"), max_length=8, choices=Force.choices)
    asks = models.CharField(_("what for"), max_length=6, choices=Asks.choices, default=Asks.ACT)
    addressee = models.JSONField(_("addressee"), default=dict)  # language -> name
    offices = models.ManyToManyField(Office, related_name="+", blank=True)
    texts = models.JSONField(_("text"), default=dict, blank=True)  # empty: the decision's own words
    paragraph = models.CharField(_("source paragraph"), max_length=120, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    is_due_with_report = models.BooleanField(_("due with its next report"), default=False)
    is_standing = models.BooleanField(_("standing duty"), default=False)
    audience = models.CharField(
        _("who can see it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS
    )
    status = models.CharField(
        _("status"), max_length=11, choices=Status.choices, default=Status.OPEN
    )

    class Meta:
        ordering = ["decision", "position"]
        constraints = [
            models.CheckConstraint(
                name="invitation_is_never_due",
                condition=~Q(force="invite") | Q(due_on__isnull=True, is_due_with_report=False),
            ),
            models.CheckConstraint(
                name="follow_up_due_once",
                condition=Q(due_on__isnull=True) | Q(is_due_with_report=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force} {self.decision_id}"

    def clean(self) -> None:
        """Refuse a due day in a year in which no rule can be counted."""
        check_year("due_on", self.due_on)


class StatusChange(models.Model):
    """What was said of a follow-up: its status from then on, or a deed noted under a standing duty."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="changes")
    status = models.CharField(_("status"), max_length=11, choices=FollowUp.Status.choices)
    note = models.TextField(_("note"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    said_by = models.CharField(_("who said it"), max_length=200, blank=True)
    done_on = models.DateField(_("on the day"), null=True, blank=True)
    evidence = models.URLField(_("link that shows it"), max_length=500, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="not_done_has_a_reason",
                condition=~Q(status__in=("not-done", "overtaken")) | ~Q(note=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.status}"


class FollowUpReminder(models.Model):
    """That an office was reminded of a follow-up, once before it is due and once on the day."""

    class Kind(models.TextChoices):
        """When."""

        BEFORE = "before", _("before it is due")
        DUE = "due", _("on the day it is due")

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    due_on = models.DateField()
    reminded_at = models.DateTimeField()

    class Meta:
        ordering = ["reminded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["follow_up", "office", "kind", "due_on"], name="follow_up_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.kind}"


class ReportPoint(models.Model):
    """Whether a report covers a point that a follow-up asked of its content, and where."""

    class Covered(models.TextChoices):
        """How far."""

        YES = "yes", _("covered")
        PARTLY = "partly", _("covered in part")
        NO = "no", _("not covered")

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="points")
    report = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    covered = models.CharField(_("covered"), max_length=6, choices=Covered.choices)
    paragraph = models.CharField(_("paragraph of the report"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)
    checked_at = models.DateTimeField(_("checked"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["checked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="covered_point_names_its_paragraph",
                condition=Q(covered="no") | ~Q(paragraph=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up_id} {self.report_id} {self.covered}"


class Advice(models.Model):
    """What a group said of a report, or put into the activities of offices; carried to them by mail."""

    class Kind(models.TextChoices):
        """What it is."""

        COMMENT = "comment", _("comment on a report")
        INPUT = "input", _("input to activities")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    report = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    offices = models.ManyToManyField(Office, related_name="+")
    texts = models.JSONField(_("text"), default=dict)  # language -> {"text", "status"}
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    audience = models.CharField(
        _("who can see it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS
    )
    recorded_at = models.DateTimeField(_("recorded"))
    carried_at = models.DateTimeField(_("carried to the offices"), null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "pk"]
        verbose_name_plural = "advice"
        constraints = [
            models.CheckConstraint(
                name="comment_is_on_a_report",
                condition=~Q(kind="comment") | Q(report__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.meeting_id}"
