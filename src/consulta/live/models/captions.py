"""A sitting of a meeting, who captions it in which language, and the names of its speakers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.meetings.models import Meeting


class Sitting(models.Model):
    """What is held of a meeting without a break, with an address of its own under `/live/`.

    Captions, the webcast and the floor belong to a sitting. It is planned, then begun, then ended.
    """

    class Audience(models.TextChoices):
        """Who may follow it."""

        PUBLIC = "public", _("everyone")
        MEMBERS = "members", _("members of the group")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=60, unique=True)  # the {session} of captioners' addresses
    audience = models.CharField(_("who may follow it"), max_length=7, choices=Audience.choices)
    languages = models.JSONField(_("languages of captions"), default=list)  # public codes
    planned_at = models.DateTimeField(_("planned for"), null=True, blank=True)
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    webcast_began_at = models.DateTimeField(_("webcast began"), null=True, blank=True)
    caption_shift = models.IntegerField(_("captions earlier by"), default=0)  # milliseconds

    class Meta:
        ordering = ["meeting", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "ordinal"], name="sitting_ordinal_once"),
            models.CheckConstraint(
                name="sitting_ended_after_it_began",
                condition=Q(ended_at__isnull=True)
                | Q(begun_at__isnull=False, ended_at__gte=models.F("begun_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Captioner(models.Model):
    """Who may send captions of a sitting in one language: a secret, of which only the hash is kept."""

    class Way(models.TextChoices):
        """How the captioner's tool sends."""

        AUTO = "auto", _("find out by the spaces")
        LINES = "lines", _("whole captions")
        WORDS = "words", _("word by word")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=3)
    name = models.CharField(_("name or firm"), max_length=120)
    way = models.CharField(
        _("how the tool sends"), max_length=5, choices=Way.choices, default=Way.AUTO
    )
    is_automatic = models.BooleanField(_("speech recognition"), default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["sitting", "language", "pk"]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.language} {self.name}"


class SpeakerKey(models.Model):
    """A speaker whom captioners name by one key: the captions hold the key, and the name stands here alone.

    A speaker who withdraws the name is emptied here, and so in every caption.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name and organisation"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("name withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["sitting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "position"], name="speaker_key_once"),
            models.CheckConstraint(
                name="speaker_key_withdrawn_has_no_name",
                condition=Q(withdrawn_at__isnull=True) | Q(name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.position}"
