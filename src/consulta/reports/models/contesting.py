"""Contests: what anyone has against a passage of a released report, and the answer to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation
from consulta.reports.models.editions import Edition
from consulta.stakeholders.models import Respondent


class Contest(models.Model):
    """A question about a passage of a released edition, or about the edition as a whole (no passage).

    *passage* is the place of the passage in the frozen content (core.passages), *quote* its words.
    Question and answer are published beside it; the edition's bytes stay as they are. A contest that
    is declined, withdrawn or removed keeps its number, its ground and its line in the register. What
    the law took away (*erased_at*) has no words any more.
    """

    class State(models.TextChoices):
        """Where it stands."""

        RECEIVED = "received", _("received")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REMOVED = "removed", _("removed")

    class Outcome(models.TextChoices):
        """What the answer says of the passage."""

        UPHELD = "upheld", _("the report will be corrected")
        IN_PART = "in_part", _("the report will be corrected in part")
        STANDS = "stands", _("the report stands")

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=40, unique=True)
    serial = models.PositiveIntegerField()
    passage = models.CharField(_("passage"), max_length=20, blank=True)
    quote = models.TextField(_("words of the passage"), blank=True)
    text = models.TextField(_("question"), blank=True)  # empty: erased
    language = models.CharField(_("language"), max_length=2)
    contester = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="+")
    idempotency_key = models.CharField(max_length=120, unique=True)
    terms = models.CharField(_("terms"), max_length=60)
    received_at = models.DateTimeField(_("received"))
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.RECEIVED
    )
    ground = models.SlugField(_("ground"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answer_due_on = models.DateField(_("answer due"))
    answer = models.TextField(_("answer"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome.choices, blank=True)
    answer_language = models.CharField(max_length=2, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "serial"], name="contest_serial_once"),
            models.CheckConstraint(
                name="contest_declined_has_ground",
                condition=~Q(state__in=["declined", "removed"]) | (~Q(ground="") & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="contest_withdrawn_has_instant",
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | Q(~Q(state="withdrawn"), withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="contest_without_words_is_erased",
                condition=~Q(text="") | Q(erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contest_decided_has_instant",
                condition=Q(state="received", decided_at__isnull=True)
                | Q(state="withdrawn")
                | Q(~Q(state__in=["received", "withdrawn"]), decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="contest_answered_whole",
                condition=Q(answered_at__isnull=True, answer="", outcome="")
                | (
                    Q(answered_at__isnull=False, state__in=["published", "withdrawn", "removed"])
                    & ~Q(answer="")
                    & ~Q(outcome="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ContestMark(models.Model):
    """A passage of a contest that readers do not see: marked by a rule, or left out by a person.

    What a rule marked (an address, a telephone number, a signature) is left out until a person lets
    it stand, as in responses. *start* and *end* count Unicode code points of the text as it arrived.
    """

    class State(models.TextChoices):
        """Whether it holds."""

        PROPOSED = "proposed", _("proposed")
        APPLIED = "applied", _("applied")
        DISMISSED = "dismissed", _("dismissed")

    #: The states in which readers do not see the passage.
    HIDING = (State.PROPOSED, State.APPLIED)

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="marks")
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
                name="contest_mark_has_length", condition=Q(end__gt=models.F("start"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}-{self.end}"


class ContestLink(models.Model):
    """A private link of whoever contested: 128 random bits, stored hashed; it expires."""

    class Purpose(models.TextChoices):
        """What it opens."""

        CONFIRM = "confirm", _("confirm the address")
        MINE = "mine", _("see where it stands")

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=7, choices=Purpose.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.purpose} {self.contest_id}"
