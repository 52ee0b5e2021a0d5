"""Responses that are being written, and the private links to them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.responses.models.record import Response


class Draft(models.Model):
    """A response that is being written: on the server from the first save, with a return link.

    *token_hash* is SHA-256 of the 128 random bits in the link. *response* is set once it was sent, or
    from the start when the draft is a new version of a response.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    content = models.JSONField(default=dict)  # the form's fields as they were typed
    language = models.CharField(max_length=2, default="en")
    saved_at = models.DateTimeField(_("saved"))
    created_at = models.DateTimeField(_("begun"))
    expires_at = models.DateTimeField(_("kept until"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return str(self.uid)


class DraftFile(models.Model):
    """A file put to a draft; it is in the spool already."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("name"), max_length=255)
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name


class ReturnLink(models.Model):
    """A private link of a respondent: 128 random bits, stored hashed, expiring. No GET acts on it."""

    class Purpose(models.TextChoices):
        """What it lets its holder do."""

        CONFIRM = "confirm", _("confirm the address")
        RESPONDENT = "respondent", _("see, change or withdraw the response")
        ANSWER = "answer", _("send a new version by answering the mail")

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.purpose} {self.response_id}"
