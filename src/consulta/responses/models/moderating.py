"""What persons and rules decided about a response."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.responses.models.record import Answer, Response, Version


class Redaction(models.Model):
    """A passage that readers do not see: marked by a rule, or left out by a person.

    What a rule marked (an address, a telephone number, a signature) is left out until a person lets it
    stand, by whatever channel it came: nothing of the kind is shown by oversight. What was published
    with it before that rule, and committed to in the ledger, stays as it is (*shown*) until a person decides.
    *start* and *end* count Unicode code points of the answer's text as it arrived.
    """

    class State(models.TextChoices):
        """Whether it holds."""

        PROPOSED = "proposed", _("proposed")
        SHOWN = "shown", _("shown, not decided yet")
        APPLIED = "applied", _("applied")
        DISMISSED = "dismissed", _("dismissed")

    #: The states in which readers do not see the passage.
    HIDING = (State.PROPOSED, State.APPLIED)
    #: The states in which a person has still to decide.
    UNDECIDED = (State.PROPOSED, State.SHOWN)

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
