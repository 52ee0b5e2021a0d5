"""Who wants to be told, what was told to everyone, and who was reminded of which date."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.groups.models import Group


class Follow(models.Model):
    """An address that is told what happens in a consultation, in a group's, or in all of them.

    Double opt-in, one-click end. With neither consultation nor group it follows everything. Who
    responded and wants no more mails has one too, ended and never confirmed.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email"], name="follow_email")]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "email"],
                condition=Q(consultation__isnull=False),
                name="follow_consultation_once",
            ),
            models.UniqueConstraint(
                fields=["group", "email"],
                condition=Q(group__isnull=False),
                name="follow_group_once",
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(consultation__isnull=True, group__isnull=True),
                name="follow_everything_once",
            ),
            models.CheckConstraint(
                condition=Q(consultation__isnull=True) | Q(group__isnull=True),
                name="follow_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id or self.group_id or 'everything'}"

    @property
    def is_told(self) -> bool:
        """Whether the address is told now: confirmed, and not ended since."""
        return self.confirmed_at is not None and self.ended_at is None


class Notice(models.Model):
    """Something told to everyone about a consultation: the feed, the page and the mails show it.

    What is told because a date has come names the *milestone* and its day, so that it is told once.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(_("kind"))  # telling.Kind
    at = models.DateTimeField(_("at"))
    milestone = models.SlugField(_("milestone"), blank=True)
    due_on = models.DateField(_("day of the milestone"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)  # to everyone who is told
    last_follow = models.BigIntegerField(default=0)  # how far the mailing is: ids, never an address
    last_respondent = models.BigIntegerField(default=0)
    parameters = models.JSONField(default=dict, blank=True)  # what the sentence of this kind needs

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "kind", "milestone", "due_on"],
                condition=~Q(milestone=""),
                name="notice_of_a_date_once",
            ),
            models.CheckConstraint(
                condition=Q(milestone="") | Q(due_on__isnull=False),
                name="notice_of_a_milestone_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.consultation_id}"


class Reminder(models.Model):
    """A follower was mailed that a date comes or has come: once for each follow, milestone, day and kind."""

    follow = models.ForeignKey(Follow, on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    milestone = models.SlugField(_("milestone"))
    due_on = models.DateField(_("day of the milestone"))
    kind = models.SlugField(_("kind"))
    queued_at = models.DateTimeField(_("put into the outbox"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follow", "consultation", "milestone", "due_on", "kind"],
                name="reminder_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on} {self.follow_id}"
