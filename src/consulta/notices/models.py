"""Notices: who wants to be told, and what was told to everyone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation


class Follow(models.Model):
    """An address that is told of what happens in a consultation; double opt-in, one-click end."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "email"], name="follow_once")
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}"


class Notice(models.Model):
    """Something told to everyone about a consultation: the feed, the page and the mails show it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(_("kind"))  # opened, extended, corrigendum, cancelled, report, …
    at = models.DateTimeField(_("at"))
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)  # to everyone who is told
    last_follow = models.BigIntegerField(default=0)  # how far the mailing is: ids, never an address
    last_respondent = models.BigIntegerField(default=0)
    parameters = models.JSONField(default=dict, blank=True)  # what the sentence of this kind needs

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.consultation_id}"
