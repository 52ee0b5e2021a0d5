"""The mailroom's books: every mail that came, every mail that goes."""

from django.db import models


class IncomingMail(models.Model):
    """An e-mail as it came. Its bytes are on disk before this row is written.

    *key* tells a mail sent twice: Message-ID, sender and a hash of the body. Of several mails with
    one key, one counts; the others stand as repeated.
    """

    class Kind(models.TextChoices):
        """What it was, once it was opened; a bounce is a robot's mail that says whose mail failed."""

        RESPONSE = "response"
        VERSION = "version"
        CONFIRMATION = "confirmation"
        ENQUIRY = "enquiry"
        ROBOT = "robot"
        SPAM = "spam"
        POST = "post"  # to a discussion list
        COMMAND = "command"  # about a subscription to one

    class State(models.TextChoices):
        WAITING = "waiting"
        PROCESSED = "processed"
        REPEATED = "repeated"
        SET_ASIDE = "set_aside"
        FAILED = "failed"

    path = models.CharField(max_length=200, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    key = models.CharField(max_length=64)
    arrived_at = models.DateTimeField(db_index=True)
    envelope_sender = models.CharField(max_length=320, blank=True)
    envelope_recipients = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    result = models.TextField(blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    sender = models.CharField(max_length=320, blank=True)  # of From: anybody may have written it
    subject = models.CharField(max_length=500, blank=True)
    trust = models.JSONField(default=dict, blank=True)  # mailroom.trust.checking.Trust
    bounce_of = models.ForeignKey(
        "OutgoingMail", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["arrived_at"], name="mail_waiting", condition=models.Q(state="waiting")
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="mail_counts_once",
                condition=~models.Q(state="repeated"),
            )
        ]

    def __str__(self) -> str:
        return f"incoming mail {self.pk}"


class OutgoingMail(models.Model):
    """A mail to one recipient, written in the transaction of the act that sends it.

    *masked_text* is what the desk sees: secrets are replaced. *raw* holds the full message only
    until it is handed over; of one that failed for a month, so that it can be sent again.
    *again_at*: when a person last had it sent again.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"

    recipient = models.EmailField(max_length=320)
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=500)
    masked_text = models.TextField()
    raw = models.BinaryField(null=True)
    message_id = models.CharField(max_length=255, db_index=True)
    reply_token = models.CharField(max_length=64, blank=True, db_index=True)
    about = models.CharField(max_length=160, blank=True, db_index=True)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    again_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="mail_due", condition=models.Q(state="queued")
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="mail_sent_has_instant",
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="mail_kept_until_sent",
                condition=models.Q(state="queued", raw__isnull=False)
                | models.Q(state="sent", raw__isnull=True)
                | models.Q(state="failed"),
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} to {self.recipient}"


class MailSorting(models.Model):
    """That a person took a mail for something else than it was taken for; the latest one counts."""

    mail = models.ForeignKey(IncomingMail, on_delete=models.PROTECT, related_name="sortings")
    before = models.CharField(max_length=12, choices=IncomingMail.Kind.choices, blank=True)
    after = models.CharField(max_length=12, choices=IncomingMail.Kind.choices)
    number = models.CharField(max_length=24, blank=True)  # of the response that it became or was
    at = models.DateTimeField()
    by = models.CharField(max_length=40)  # as the ledger names a person: user:17

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.mail_id}: {self.before} -> {self.after}"
