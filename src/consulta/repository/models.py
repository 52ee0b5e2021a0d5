"""Repository: the public archive of records and of practices (instructs 2, annex 9)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.groups.models import Issue
from consulta.stakeholders.models import Respondent


class Record(models.Model):
    """A document of the archive under a stable address."""

    slug = models.SlugField(unique=True, max_length=120)
    kind = models.SlugField(_("kind"))  # resolution, report, compilation, consolidated, …
    titles = models.JSONField(_("titles"), default=dict)  # language -> {"text", "status"}
    language = models.CharField(_("language"), max_length=2)
    dated_on = models.DateField(_("date"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    files = models.JSONField(
        default=list, blank=True
    )  # [{"name", "path", "sha256", "size", "media_type"}]
    withheld_files = models.JSONField(default=list, blank=True)  # as files; served to nobody
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    is_sample = models.BooleanField(default=False)
    deposited_at = models.DateTimeField(_("deposited"))

    class Meta:
        ordering = ["deposited_at", "pk"]

    def __str__(self) -> str:
        return self.slug


class Practice(models.Model):
    """A national or international experience on an issue, submitted by a stakeholder."""

    class State(models.TextChoices):
        """Where it stands."""

        RECEIVED = "received", _("received")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("declined")

    slug = models.SlugField(unique=True, max_length=120)
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"))
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RECEIVED
    )
    ground = models.SlugField(blank=True)
    reason = models.TextField(_("reason"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    erased_because = models.TextField(blank=True)  # what the law needs; it names no person
    idempotency_key = models.CharField(max_length=120, unique=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["-submitted_at"]
        constraints = [
            models.CheckConstraint(
                name="practice_published_has_instant",
                condition=~Q(state="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="practice_declined_has_ground", condition=~Q(state="declined") | ~Q(ground="")
            ),
        ]

    def __str__(self) -> str:
        return self.title
