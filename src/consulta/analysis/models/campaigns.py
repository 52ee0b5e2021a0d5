"""Campaigns: responses that are one letter, word for word or nearly; proposed by rule, decided by a person.

No text is kept here: the shared one is that of a response, and what differs is computed when asked.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.core.campaigns import STANDARD, Method
from consulta.responses.models import Response, Version


class CampaignSearch(models.Model):
    """How campaigns are looked for in one consultation, and how far that is.

    *threshold*, *least_size*, *least_length*: as in core.campaigns.Method. *mark* tells the published
    versions looked at from any others; *compared*: how many were long enough; *seconds*: it took.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="+")
    threshold = models.FloatField(_("least likeness"), default=STANDARD.threshold)
    least_size = models.PositiveIntegerField(_("least responses"), default=STANDARD.least_size)
    least_length = models.PositiveIntegerField(_("least length"), default=STANDARD.least_length)
    asked_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(_("looked"), null=True, blank=True)
    seconds = models.FloatField(default=0)
    published = models.PositiveIntegerField(default=0)
    compared = models.PositiveIntegerField(default=0)
    mark = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "campaign searches"
        constraints = [
            models.CheckConstraint(
                name="campaign_search_is_sound",
                condition=Q(threshold__gt=0, threshold__lte=1, least_size__gte=2),
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}"

    @property
    def method(self) -> Method:
        """How it looks, as the core takes it."""
        return Method(
            threshold=self.threshold, least_size=self.least_size, least_length=self.least_length
        )


class Campaign(models.Model):
    """Responses of one consultation that are the same letter. *ordinal* is its number there, for ever.

    *shared* is the version whose text stands for all. *method* is how it was found, as printed.
    *touched_at*: since a person did something to it, no later run changes it, only proposes to it.
    """

    class State(models.TextChoices):
        """What became of it."""

        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        DISSOLVED = "dissolved", _("dissolved")
        LAPSED = "lapsed", _("no longer proposed")

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveIntegerField(_("number"))
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    names = models.JSONField(_("names"), default=dict, blank=True)  # language -> name
    shared = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    shared_chosen = models.BooleanField(_("text chosen by a person"), default=False)
    method = models.JSONField(default=dict)  # core.campaigns.Method.told
    proposed_at = models.DateTimeField(_("proposed"))
    touched_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "ordinal"], name="campaign_ordinal_once"
            ),
            models.CheckConstraint(
                name="campaign_decided_by_somebody",
                condition=Q(state__in=["proposed", "lapsed"])
                | Q(decided_at__isnull=False, decided_by__isnull=False, touched_at__isnull=False),
            ),
            models.CheckConstraint(
                name="campaign_dissolved_with_reason",
                condition=~Q(state="dissolved") | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.ordinal}"


class CampaignMember(models.Model):
    """A response in a campaign, and how alike it is. Taken out, it stays on record as that.

    *version* and *fingerprint*: which words were compared, and as they were shown then. *matches* is
    false for a new version that is another text by now: it is not folded until a person decides.
    """

    class State(models.TextChoices):
        """Where it stands in the campaign."""

        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        TAKEN_OUT = "taken_out", _("taken out")
        RELEASED = "released", _("released with the campaign")

    class How(models.TextChoices):
        """How it came into the campaign."""

        EXACT = "exact", _("the same word for word")
        NEAR = "near", _("nearly the same")
        ADDED = "added", _("added by a person")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="members")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    similarity = models.FloatField(_("likeness"))  # 0 to 1, with the shared text
    matches = models.BooleanField(default=True)
    how = models.CharField(max_length=8, choices=How.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["response_id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "response"], name="campaign_member_once"),
            models.UniqueConstraint(
                fields=["response"],
                condition=Q(state__in=["proposed", "accepted"]),
                name="campaign_member_of_one",
            ),
            models.CheckConstraint(
                name="campaign_member_out_with_reason",
                condition=~Q(state="taken_out") | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="campaign_member_similarity_is_a_part",
                condition=Q(similarity__gte=0, similarity__lte=1),
            ),
        ]
        indexes = [models.Index(fields=["campaign", "state", "response"], name="campaign_members")]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.response_id}"
