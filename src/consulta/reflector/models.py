"""The reflector: the public list of a group, a space in it for each consultation, who gets its posts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.groups.models import Group
from consulta.mailroom.models import IncomingMail
from consulta.responses.models import Attachment, Response


class List(models.Model):
    """The standing public list of a group; without a group, of the body: for its open calls.

    *slug* is also the name before the @ of its address.
    """

    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    slug = models.SlugField(unique=True, max_length=30)
    made_at = models.DateTimeField(_("made"))
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(  # a list without a group is never a sample: there is one
                fields=["is_sample"], condition=Q(group__isnull=True), name="list_of_body_once"
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Space(models.Model):
    """What a list holds on one consultation; it has an address of its own."""

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="spaces")
    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ["-consultation__number"]

    def __str__(self) -> str:
        return f"{self.list_id}/{self.consultation_id}"


class Subscription(models.Model):
    """An address that gets the posts of a list, or of one space only; it confirmed that it wants them.

    *paused_at*: its owner wants none for the time being. *suspended_at*: too many copies came back.
    *points*: how much came back lately; see :mod:`consulta.reflector.bouncing`.
    """

    class Mode(models.TextChoices):
        """How posts are sent."""

        EACH = "each", _("each post")
        DIGEST = "digest", _("one mail a day")

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=2)
    mode = models.CharField(_("how"), max_length=6, choices=Mode.choices, default=Mode.EACH)
    token_hash = models.CharField(max_length=64, db_index=True)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    suspended_at = models.DateTimeField(_("suspended"), null=True, blank=True)
    points = models.PositiveSmallIntegerField(default=0)
    bounced_on = models.DateField(_("last bounce"), null=True, blank=True)
    bounce_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "email"],
                condition=Q(space__isnull=True),
                name="subscription_to_list_once",
            ),
            models.UniqueConstraint(
                fields=["space", "email"],
                condition=Q(space__isnull=False),
                name="subscription_to_space_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["list", "mode", "id"],
                condition=Q(
                    confirmed_at__isnull=False,
                    ended_at__isnull=True,
                    paused_at__isnull=True,
                    suspended_at__isnull=True,
                ),
                name="subscription_served",
            )
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class Post(models.Model):
    """What somebody posted: a response, whose words are in the register, or discussion.

    *state* of a response is `response`: whether it is shown is asked of the response itself.
    *root* is the first post of the thread, null on that post; *active_at*, on it, the last one shown.
    *message_id* is ours; *source_key* the hash of the one under which it came; *subject_key* finds the
    thread of a mail that names none.
    """

    class State(models.TextChoices):
        """What may be seen of it."""

        RESPONSE = "response", _("as its response")
        UNCONFIRMED = "unconfirmed", _("waits for its sender")
        HELD = "held", _("waits for a moderator")
        SHOWN = "shown", _("shown")
        DECLINED = "declined", _("declined")
        REMOVED = "removed", _("removed")

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    root = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="replies", null=True, blank=True
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    response = models.OneToOneField(
        Response, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    mail = models.ForeignKey(
        IncomingMail, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    language = models.CharField(_("language"), max_length=2)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    files_left_out = models.PositiveSmallIntegerField(default=0)
    needs_moderator = models.BooleanField(default=False)  # whoever wrote it
    author_name = models.CharField(_("name"), max_length=200, blank=True)
    author_email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    arrived_at = models.DateTimeField(_("arrived"))
    shown_at = models.DateTimeField(_("shown"), null=True, blank=True)
    active_at = models.DateTimeField(_("last post"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    idempotency_key = models.CharField(max_length=120, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    source_key = models.CharField(max_length=64, blank=True, db_index=True)
    subject_key = models.CharField(max_length=64, blank=True, db_index=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="post_is_response_or_discussion",
                condition=Q(state="response", response__isnull=False, text="", subject="")
                | (~Q(state="response") & Q(response__isnull=True)),
            ),
            models.CheckConstraint(
                name="post_response_begins_a_thread",
                condition=Q(response__isnull=True) | Q(root__isnull=True),
            ),
            models.CheckConstraint(
                name="post_shown_has_instant",
                condition=~Q(state="shown") | Q(shown_at__isnull=False),
            ),
            models.CheckConstraint(
                name="post_refused_with_reason",
                condition=~Q(state__in=["declined", "removed"]) | ~Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["list", "-active_at"], condition=Q(root__isnull=True), name="post_threads"
            ),
            models.Index(fields=["state", "arrived_at"], name="post_state"),
            models.Index(fields=["list", "shown_at"], name="post_shown"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class PostFile(models.Model):
    """A file that came with discussion. The original stays restricted; readers get a clean copy alone.

    Its address is the post's and its *position*, from 1. What it came to is as with an Attachment.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=255)
    path = models.CharField(max_length=300)  # of the original, relative to the data folder
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, blank=True)
    safety = models.CharField(
        max_length=10, choices=Attachment.Safety.choices, default=Attachment.Safety.WAITING
    )
    findings = models.JSONField(default=list, blank=True)  # codes of what was found
    clean_path = models.CharField(max_length=300, blank=True)
    clean_sha256 = models.CharField(max_length=64, blank=True)
    clean_size = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["post", "position"], name="post_file_position_once")
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(safety="waiting"), name="post_file_waiting")
        ]

    def __str__(self) -> str:
        return f"file {self.position} of post {self.post_id}"


class Digest(models.Model):
    """The posts of one day in one mail: those shown after *since*, up to *until*."""

    list = models.ForeignKey(List, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(
        Space, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        ordering = ["-until"]

    def __str__(self) -> str:
        return f"digest {self.pk}"


class Mailing(models.Model):
    """A post or a digest on its way to everyone who gets it.

    There is no row per recipient: subscribers are walked in the order of their ids, *last* says how far
    it is, in steps of a few. *lease* names the worker that walks; it ends by itself.
    """

    post = models.OneToOneField(
        Post, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    digest = models.OneToOneField(
        Digest, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField()
    last = models.BigIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="mailing_of_one_thing",
                condition=Q(post__isnull=False, digest__isnull=True)
                | Q(post__isnull=True, digest__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(finished_at__isnull=True),
                name="mailing_due",
            )
        ]

    def __str__(self) -> str:
        return f"mailing {self.pk}"


class Deferral(models.Model):
    """A copy that was refused for the time being: the only copies that have a row of their own."""

    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, related_name="deferrals")
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=1)
    next_attempt_at = models.DateTimeField(db_index=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mailing", "subscription"], name="deferral_once")
        ]

    def __str__(self) -> str:
        return f"deferral {self.pk}"
