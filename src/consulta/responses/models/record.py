"""The record: a response, its versions, answers, translations and files. Rows are forever."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.adapters.files.findings import Finding
from consulta.consultations.models import Consultation
from consulta.core.lifecycle import State, step
from consulta.core.submission import Channel
from consulta.stakeholders.models import Respondent, StakeholderGroup


class Response(models.Model):
    """One response under one number, whatever its channel; its words are in its versions.

    The ``public_*`` columns repeat what the published version shows, so that lists, filters and the
    API need no join; :mod:`consulta.responses.publication` alone writes them.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=24, unique=True)
    channel = models.CharField(_("channel"), max_length=10, choices=[(c, c) for c in Channel])
    state = models.CharField(
        _("state"), max_length=10, choices=[(s, s) for s in State], default=State.RECEIVED
    )
    respondent = models.OneToOneField(Respondent, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(_("received"))
    late = models.BooleanField(_("late"), default=False)
    within_grace = models.BooleanField(
        _("sent within 60 minutes after the close, from a draft saved before it"), default=False
    )
    hold_reasons = models.JSONField(_("held for"), default=list, blank=True)  # names of rules
    ground = models.SlugField(_("ground"), blank=True)  # from the procedure's published list
    reason = models.TextField(_("reason"), blank=True)
    idempotency_key = models.CharField(max_length=120)
    source_id = models.CharField(max_length=300, blank=True)
    terms = models.CharField(_("terms accepted"), max_length=40, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    published_version = models.ForeignKey(
        "Version", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    is_sample = models.BooleanField(default=False)
    public_name = models.CharField(max_length=300, blank=True)  # empty: not shown
    public_country = models.CharField(max_length=2, blank=True)
    public_group = models.ForeignKey(
        StakeholderGroup, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    public_language = models.CharField(max_length=2, blank=True)

    class Meta:
        ordering = ["consultation", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "serial"], name="response_serial_once"),
            models.UniqueConstraint(
                fields=["consultation", "idempotency_key"], name="response_sent_once"
            ),
            models.CheckConstraint(
                name="response_published_is_whole",
                condition=~Q(state=State.PUBLISHED)
                | Q(published_at__isnull=False, published_version__isnull=False),
            ),
            models.CheckConstraint(
                name="response_refused_with_ground",
                condition=~Q(state__in=[State.DECLINED, State.REMOVED]) | ~Q(ground=""),
            ),
            models.CheckConstraint(
                name="response_withdrawn_has_instant",
                condition=~Q(state=State.WITHDRAWN) | Q(withdrawn_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["consultation", "published_at", "number"],
                condition=Q(state=State.PUBLISHED),
                name="response_published",
            ),
            models.Index(
                fields=["consultation", "public_group", "published_at", "number"],
                condition=Q(state=State.PUBLISHED),
                name="response_published_group",
            ),
            models.Index(
                fields=["consultation", "public_country", "published_at", "number"],
                condition=Q(state=State.PUBLISHED),
                name="response_published_country",
            ),
            models.Index(
                fields=["consultation", "public_language", "published_at", "number"],
                condition=Q(state=State.PUBLISHED),
                name="response_published_language",
            ),
            models.Index(fields=["consultation", "state", "serial"], name="response_state"),
        ]

    def __str__(self) -> str:
        return self.number

    def move_to(self, state: State) -> None:
        """Change state if the procedure allows it. Does not save. Raises StepNotAllowedError."""
        self.state = step(State(self.state), state)


class Version(models.Model):
    """The words of a response at one time. Screening belongs to the version."""

    class Screening(models.TextChoices):
        """What became of this version."""

        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded by a later version")

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="versions")
    ordinal = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=2)
    received_at = models.DateTimeField(_("received"))
    screening = models.CharField(
        max_length=10, choices=Screening.choices, default=Screening.WAITING
    )
    hold_reasons = models.JSONField(default=list, blank=True)
    idempotency_key = models.CharField(max_length=120, blank=True)
    #: Who responded when it came, as its private fingerprint covers; empty: as the response says now.
    respondent_then = models.JSONField(default=dict, blank=True)
    private_salt = models.CharField(max_length=64)
    private_fingerprint = models.CharField(max_length=64)
    public_salt = models.CharField(max_length=64)
    public_fingerprint = models.CharField(max_length=64, blank=True)  # set at publication
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["response", "ordinal"], name="version_ordinal_once")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} v{self.ordinal}"


class Answer(models.Model):
    """Text to one question, as it arrived. *question* is its number, null for the whole.

    *choices*: slugs of the options chosen, in their order; null where the question offers none.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="answers")
    question = models.PositiveSmallIntegerField(_("question"), null=True, blank=True)
    text = models.TextField(_("text"), blank=True)
    choices = models.JSONField(_("options chosen"), null=True, blank=True, default=None)

    class Meta:
        ordering = ["question"]
        constraints = [
            models.UniqueConstraint(fields=["version", "question"], name="answer_once"),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(question__isnull=True),
                name="answer_to_the_whole_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class AnswerTranslation(models.Model):
    """An answer in another language, beside the original, with its status."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="translations")
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("text"))
    status = models.CharField(_("status"), max_length=8)
    attached_at = models.DateTimeField(auto_now_add=True)
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "language"], name="answer_translation_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Attachment(models.Model):
    """A file that came with a version. The original stays restricted; readers get the clean copy."""

    class Safety(models.TextChoices):
        """What may be shown."""

        WAITING = "waiting", _("being checked")
        CLEAN = "clean", _("cleaned copy shown")
        RELEASED = "released", _("checked by a person")
        UNSAFE = "unsafe", _("unsafe")
        UNREADABLE = "unreadable", _("could not be read")
        CONFIDENTIAL = "kept", _("confidential, not published")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=255)
    path = models.CharField(max_length=300)  # of the original, relative to the data folder
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    safety = models.CharField(max_length=10, choices=Safety.choices, default=Safety.WAITING)
    findings = models.JSONField(default=list, blank=True)  # codes of what was found
    clean_path = models.CharField(max_length=300, blank=True)
    clean_sha256 = models.CharField(max_length=64, blank=True)
    clean_size = models.PositiveBigIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="attachment_position_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def needs_password(self) -> bool:
        """Whether the file opens only with a password, which nobody here has."""
        return self.safety == self.Safety.UNREADABLE and Finding.ENCRYPTED in self.findings
