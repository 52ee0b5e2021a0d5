"""Consultations: one topic put to everyone, its questions, its clock and what moved it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consulta.core.options import LONGEST
from consulta.groups.models import Group, Issue
from consulta.meetings.models import AgendaItem, Decision, Meeting


class TextStatus(models.TextChoices):
    """What a text in one language is worth."""

    ORIGINAL = "original", _("original")
    OFFICIAL = "official", _("official translation")
    COURTESY = "courtesy", _("courtesy translation")
    MACHINE = "machine", _("machine translation")


class Consultation(models.Model):
    """The whole procedure on one topic. Open or closed is computed from the clock, never stored."""

    class State(models.TextChoices):
        """Where it stands; computed, never stored (INTERFACE)."""

        DRAFT = "draft", _("draft")
        ANNOUNCED = "announced", _("announced")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        REPORTED = "reported", _("reported")
        DELIVERED = "delivered", _("delivered")
        CANCELLED = "cancelled", _("cancelled")

    number = models.PositiveIntegerField(_("number"), unique=True)
    slug = models.SlugField(unique=True, max_length=80)
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    procedure = models.SlugField(_("procedure"))
    procedure_edition = models.CharField(max_length=40, blank=True)
    choices = models.JSONField(_("choices"), default=dict, blank=True)  # choice -> option
    offsets = models.JSONField(_("periods chosen"), default=dict, blank=True)  # milestone -> number
    anchor_days = models.JSONField(_("dates given"), default=dict, blank=True)  # anchor -> ISO day
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    deciding_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    open_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    group_meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    restating_meeting = models.ForeignKey(
        Meeting,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text=_("A later meeting that restated the topic: the later reading counts from it."),
    )
    # language -> {"text", "status"}: why there is a later reading
    later_reading_note = models.JSONField(_("later reading"), default=dict, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    original_language = models.CharField(max_length=2, default="en")
    timezone = models.CharField(_("time zone"), max_length=60, default="UTC")
    timetable = models.JSONField(default=dict, blank=True)  # core.timetable as it was computed
    announced_at = models.DateTimeField(_("announced"), null=True, blank=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    report_released_at = models.DateTimeField(_("report released"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancellation_reason = models.TextField(_("reason"), blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)
    is_record = models.BooleanField(_("taken over from the public record"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="consultation_closes_after_it_opens",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="consultation_cancelled_with_reason",
                condition=Q(cancelled_at__isnull=True) | ~Q(cancellation_reason=""),
            ),
            models.CheckConstraint(
                name="consultation_announced_has_dates",
                condition=Q(announced_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def state(self, now: datetime) -> "Consultation.State":
        """Where it stands at the instant *now*."""
        steps = (
            (self.cancelled_at is not None, self.State.CANCELLED),
            (self.delivered_at is not None, self.State.DELIVERED),
            (self.report_released_at is not None, self.State.REPORTED),
            (self.is_record, self.State.CLOSED),
            (self.announced_at is None, self.State.DRAFT),
            (self.opens_at is not None and now < self.opens_at, self.State.ANNOUNCED),
            (self.closes_at is not None and now <= self.closes_at, self.State.OPEN),
        )
        return next((state for reached, state in steps if reached), self.State.CLOSED)


class ConsultationText(models.Model):
    """Topic and background in one language."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=2)
    topic = models.CharField(_("topic"), max_length=400)
    background = models.TextField(_("background"), blank=True)
    status = models.CharField(_("status"), max_length=8, choices=TextStatus.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "language"], name="consultation_text_once"
            )
        ]

    def __str__(self) -> str:
        return self.topic


class Question(models.Model):
    """One thing asked. Frozen when the consultation is announced."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="questions"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    several = models.BooleanField(_("several options may be chosen"), default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "position"], name="question_position_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.position}"


class QuestionText(models.Model):
    """A question in one language."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("text"))
    status = models.CharField(_("status"), max_length=8, choices=TextStatus.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "language"], name="question_text_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Option(models.Model):
    """One position that a question offers beside the free text. Frozen with the question."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField(_("place"))
    slug = models.SlugField(max_length=60)  # what answers name, for good

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="option_position_once"),
            models.UniqueConstraint(fields=["question", "slug"], name="option_slug_once"),
        ]

    def __str__(self) -> str:
        return self.slug


class OptionText(models.Model):
    """An option in one language."""

    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=2)
    text = models.CharField(_("text"), max_length=LONGEST)
    status = models.CharField(_("status"), max_length=8, choices=TextStatus.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "language"], name="option_text_once")
        ]

    def __str__(self) -> str:
        return self.text


class AgendaQuestion(models.Model):
    """That an item of a meeting's agenda deals with a question: its responses are what is discussed."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item", "question__position"]
        constraints = [
            models.UniqueConstraint(fields=["item", "question"], name="agenda_question_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.question_id}"


class Corrigendum(models.Model):
    """A correction announced after the questions froze. The frozen text stays beside it."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="corrigenda"
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("text"))
    announced_at = models.DateTimeField(_("announced"))
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["announced_at"]
        verbose_name_plural = "corrigenda"

    def __str__(self) -> str:
        return self.text[:80]


class Extension(models.Model):
    """A deadline that was lengthened: who, when, why; the old date stays on record."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="extensions"
    )
    milestone = models.SlugField(default="responses_due")
    old_at = models.DateTimeField(_("before"))
    new_at = models.DateTimeField(_("now"))
    reason = models.TextField(_("reason"))
    language = models.CharField(_("language"), max_length=2, default="en")
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            models.CheckConstraint(
                name="extension_never_shortens", condition=Q(new_at__gt=F("old_at"))
            ),
            models.CheckConstraint(name="extension_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.old_at:%Y-%m-%d} -> {self.new_at:%Y-%m-%d}"


class Deviation(models.Model):
    """A date chosen outside what the rule allows: which, and the recorded reason."""

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="deviations"
    )
    milestone = models.SlugField(_("milestone"))
    chosen_on = models.DateField(_("day chosen"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    language = models.CharField(_("language"), max_length=2, default="en")
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(name="deviation_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.chosen_on}"


class MilestoneFact(models.Model):
    """What happened: the day a milestone was reached, with its evidence. The verdict is computed."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="facts")
    milestone = models.SlugField(_("milestone"))
    on = models.DateField(_("day"), null=True, blank=True)  # null: not known, as the note says
    source = models.CharField(_("source"), max_length=300, blank=True)
    document = models.SlugField(
        _("record of the archive"), max_length=120, blank=True
    )  # the slug of the record that shows it, where the archive holds it
    note = models.JSONField(_("note"), default=dict, blank=True)  # language -> text

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "milestone"], name="milestone_fact_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.milestone} {self.on}"


class JoinedMeeting(models.Model):
    """An extra open meeting whose discussion is joined to a consultation; no rule of its clock binds it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["meeting__starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "meeting"], name="meeting_joined_to_a_consultation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.meeting_id}"
