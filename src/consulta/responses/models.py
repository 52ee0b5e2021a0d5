"""Responses: what a respondent told a consultation, and where it stands. Rows are forever."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
    """Text to one question, as it arrived. *question* is its number, null for the whole."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="answers")
    question = models.PositiveSmallIntegerField(_("question"), null=True, blank=True)
    text = models.TextField(_("text"))

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


class Redaction(models.Model):
    """A passage that readers do not see: proposed by a rule or a person, applied by a person.

    *start* and *end* count Unicode code points of the answer's text as it arrived.
    """

    class State(models.TextChoices):
        """Whether it holds."""

        PROPOSED = "proposed", _("proposed")
        APPLIED = "applied", _("applied")
        DISMISSED = "dismissed", _("dismissed")

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="redactions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=12)  # email, telephone, signature, passage
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    ground = models.SlugField(_("ground"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["start"]
        constraints = [
            models.CheckConstraint(
                name="redaction_has_length", condition=Q(end__gt=models.F("start"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}-{self.end}"


class Attachment(models.Model):
    """A file that came with a version. The original stays restricted; readers get the clean copy."""

    class Safety(models.TextChoices):
        """What may be shown."""

        WAITING = "waiting", _("being checked")
        CLEAN = "clean", _("cleaned copy shown")
        RELEASED = "released", _("checked by a person")
        UNSAFE = "unsafe", _("unsafe")
        UNREADABLE = "unreadable", _("could not be read")

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


class ModerationStep(models.Model):
    """One act of moderation, with its ground and reason, told to the author."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="moderation")
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    act = models.SlugField(_("act"))
    ground = models.SlugField(_("ground"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # null: the rules

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.act} {self.response_id}"


class Appeal(models.Model):
    """The one appeal against declining or removing, decided by a second person."""

    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField(_("text"))
    made_at = models.DateTimeField(_("made"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    upheld = models.BooleanField(_("upheld"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appeal_decided_whole",
                condition=Q(decided_at__isnull=True, upheld__isnull=True)
                | Q(decided_at__isnull=False, upheld__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id}"


class BalanceLine(models.Model):
    """How many responses of one channel stand in one state: kept in the act that moves them.

    So that no page counts the register; `consulta doctor` and the tests count it all the same.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "channel", "state"], name="balance_line_once"
            ),
            models.CheckConstraint(name="balance_never_negative", condition=Q(count__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.channel} {self.state} {self.count}"


class Facet(models.Model):
    """How many published responses bear one value: the choices of the filters, and figures.

    Kept in the act that shows or hides a response, so that no page counts the register.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    dimension = models.CharField(max_length=10)  # group, country, language
    value = models.CharField(max_length=60)  # slug or code; empty: not shown
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "dimension", "value"], name="facet_once"
            ),
            models.CheckConstraint(name="facet_never_negative", condition=Q(count__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.dimension} {self.value} {self.count}"


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
