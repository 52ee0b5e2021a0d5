"""Writing together, signing together, and what shows that somebody may speak for an organisation."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.core.submission import RespondentKind
from consulta.responses.models.drafting import Draft
from consulta.responses.models.record import Attachment, Response, Version
from consulta.stakeholders.models import Organisation, StakeholderGroup


class Colleague(models.Model):
    """Somebody who writes a draft with others, behind a link of their own; one of them leads.

    *token_hash* is SHA-256 of the 128 random bits in the link. The link of whoever began the draft
    is the draft's own. Forgotten with the draft.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="colleagues")
    name = models.CharField(_("name"), max_length=80)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=2, default="en")
    token_hash = models.CharField(max_length=64, unique=True)
    is_lead = models.BooleanField(_("leads"), default=False)
    invited_at = models.DateTimeField(_("invited"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(is_lead=True), name="colleague_one_leads"
            ),
            models.UniqueConstraint(
                fields=["draft", "email"],
                condition=Q(ended_at__isnull=True),
                name="colleague_invited_once",
            ),
            models.CheckConstraint(
                name="colleague_who_leads_is_there",
                condition=Q(is_lead=False) | Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DraftSave(models.Model):
    """Who saved a shared draft, when, and which fields; several saves in a row are one.

    *replaced*: earlier contents of fields that hold one value, by field, so that nothing is lost.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="saves")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("saved"))
    fields = models.JSONField(default=list)
    replaced = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.at}"


class Signatory(models.Model):
    """Who signs a response with its sender. Shown only while confirmed, and only by name.

    *version* is the one whose words were signed. *commitment* stands in the ledger: SHA-256 of *salt*
    and the canonical JSON of who signed what (:mod:`consulta.responses.signatories`).
    """

    class State(models.TextChoices):
        """What the signatory answered."""

        ASKED = "asked", _("not answered yet")
        CONFIRMED = "confirmed", _("signed")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("signature withdrawn")
        TAKEN_OFF = "taken_off", _("taken off the list")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="signatories")
    kind = models.CharField(_("signs as"), max_length=12, choices=[(k, k) for k in RespondentKind])
    name = models.CharField(_("name"), max_length=300)
    stakeholder_group = models.ForeignKey(
        StakeholderGroup, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=2, default="en")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    salt = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    mandate_confirmed_at = models.DateTimeField(null=True, blank=True)
    mandate_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.TextField(_("reason or evidence"), blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "email"],
                condition=Q(state__in=["asked", "confirmed"]),
                name="signatory_asked_once",
            ),
            models.CheckConstraint(
                name="signatory_confirmed_is_whole",
                condition=~Q(state="confirmed")
                | (Q(version__isnull=False, answered_at__isnull=False) & ~Q(commitment="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mandate_needed(self) -> bool:
        """Whether the claim to speak for this organisation waits for confirmation."""
        return (
            self.kind == RespondentKind.ORGANISATION
            and self.stakeholder_group is not None
            and self.stakeholder_group.speaks_for_authority
            and self.mandate_confirmed_at is None
        )


class MandateDocument(models.Model):
    """A document that shows that the sender speaks for an organisation. Never published."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="mandates")
    name = models.CharField(_("name"), max_length=255)
    path = models.CharField(max_length=300)  # relative to the data folder
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    safety = models.CharField(
        max_length=10, choices=Attachment.Safety.choices, default=Attachment.Safety.WAITING
    )
    findings = models.JSONField(default=list, blank=True)
    salt = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # null: the respondent

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name


class MandateRequest(models.Model):
    """The question put to an organisation's focal point: does this response speak for you?

    *email* is the focal point's address at that time; *answer* is empty until answered.
    """

    class Answer(models.TextChoices):
        """What the focal point said."""

        CONFIRMED = "confirmed", _("confirmed")
        DENIED = "denied", _("denied")

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mandate_request_answered_whole",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.response_id}"
