"""Who asked for the floor at a sitting, and what was said or handed in: the interventions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consulta.live.models.captions import Sitting
from consulta.live.models.registrations import Mode, Registration
from consulta.meetings.models import AgendaItem
from consulta.stakeholders.models import StakeholderGroup


class Floor(models.Model):
    """The floor of a sitting: by which rule, on which item, whether its list of speakers is closed."""

    sitting = models.OneToOneField(Sitting, on_delete=models.PROTECT, related_name="+")
    rule = models.SlugField(_("rule of order"), max_length=40)
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    list_closed_at = models.DateTimeField(_("list of speakers closed"), null=True, blank=True)
    opened_at = models.DateTimeField(_("floor opened"))

    class Meta:
        verbose_name_plural = "floors"

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.rule}"


class Speaker(models.Model):
    """What stands of a speaker beside a request or an intervention: emptied when the name is withdrawn."""

    name = models.CharField(_("name"), max_length=200, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)
    stakeholder_group = models.ForeignKey(
        StakeholderGroup, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    role = models.CharField(
        _("takes part as"), max_length=13, choices=Registration.Role.choices, default="participant"
    )
    mode = models.CharField(_("how one takes part"), max_length=9, choices=Mode.choices)
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        abstract = True


class FloorRequest(Speaker):
    """Somebody who asked for the floor: alone, or through a moderator, and what became of it.

    Who still waits when the sitting ends is left over: no act says so.
    """

    class Ask(models.TextChoices):
        """What the floor is asked for."""

        STATEMENT = "statement", _("statement")
        REPLY = "reply", _("right of reply")
        POINT_OF_ORDER = "point-of-order", _("point of order")

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waits")
        GIVEN = "given", _("has the floor")
        SPOKEN = "spoken", _("has spoken")
        TAKEN_BACK = "taken-back", _("taken back by the speaker")
        ABSENT = "absent", _("was not there when called")
        YIELDED = "yielded", _("yielded the floor to another")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    ask = models.CharField(_("asks for"), max_length=14, choices=Ask.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # the moderator who asked for somebody in the room
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sitting", "registration", "ask"],
                condition=Q(state="waiting", registration__isnull=False),
                name="floor_asked_once",
            ),
            models.UniqueConstraint(
                fields=["sitting"], condition=Q(state="given"), name="floor_given_to_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.ask} {self.state}"


class Intervention(Speaker):
    """What somebody said at a sitting, or handed in to be read where speaking was not possible.

    A record of the meeting under a number of its own; it comes after the deadline, so it is no response.
    Who speaks when the sitting ends, ends with it.
    """

    class Kind(models.TextChoices):
        """How it was made."""

        SPOKEN = "spoken", _("spoken")
        STATEMENT = "statement", _("statement in writing")
        QUESTION = "question", _("question in writing")

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveIntegerField(_("number"))  # of the sitting, from 1
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    request = models.OneToOneField(
        FloorRequest, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    limit = models.PositiveSmallIntegerField(_("seconds to speak"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=3, blank=True)
    text = models.TextField(_("text"), blank=True)  # of what was handed in
    shown_at = models.DateTimeField(_("shown"), null=True, blank=True)
    withheld_at = models.DateTimeField(_("kept back"), null=True, blank=True)
    withheld_because = models.TextField(_("why it was kept back"), blank=True)
    name_withdrawn_at = models.DateTimeField(_("name withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["sitting", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "ordinal"], name="intervention_number_once"),
            models.UniqueConstraint(
                fields=["sitting"],
                condition=Q(kind="spoken", ended_at__isnull=True),
                name="intervention_one_at_a_time",
            ),
            models.CheckConstraint(
                name="intervention_ends_after_it_begins",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
            ),
            models.CheckConstraint(
                name="intervention_in_writing_has_text",
                condition=Q(kind="spoken") | ~Q(text="") | Q(withheld_at__isnull=False),
            ),
            models.CheckConstraint(
                name="intervention_kept_back_with_reason",
                condition=Q(withheld_at__isnull=True) | ~Q(withheld_because=""),
            ),
            models.CheckConstraint(
                name="intervention_withdrawn_has_no_name",
                condition=Q(name_withdrawn_at__isnull=True) | Q(name="", organisation_name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.ordinal}"
