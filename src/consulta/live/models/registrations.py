"""Who registered for a meeting, on which terms, and what each needs to take part."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Membership
from consulta.meetings.models import Meeting
from consulta.stakeholders.models import Organisation, StakeholderGroup


class Mode(models.TextChoices):
    """How a person takes part."""

    IN_PERSON = "in-person", _("in person")
    REMOTE = "remote", _("remotely")


class RegistrationTerms(models.Model):
    """From when to when one registers for a meeting, how one takes part, and who sees the list."""

    class Audience(models.TextChoices):
        """Who sees the names of those who registered."""

        PUBLIC = "public", _("everyone")
        PARTICIPANTS = "participants", _("those who take part")
        DESK = "desk", _("the secretariat alone")

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="+")
    opens_at = models.DateTimeField(_("registration opens"))
    closes_at = models.DateTimeField(_("registration closes"))
    takes_in_person = models.BooleanField(_("one can take part in the room"), default=True)
    takes_remote = models.BooleanField(_("one can take part remotely"), default=True)
    room_capacity = models.PositiveIntegerField(
        _("places in the room"), null=True, blank=True
    )  # null: as many as come
    audience = models.CharField(_("who sees the list"), max_length=12, choices=Audience.choices)
    may_be_unlisted = models.BooleanField(_("one may ask not to be listed"), default=False)
    kinds = models.JSONField(
        _("which members register"), default=list, blank=True
    )  # kinds of membership; of a meeting of the group
    set_at = models.DateTimeField(_("set"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        verbose_name_plural = "registration terms"
        constraints = [
            models.CheckConstraint(
                name="registration_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))
            ),
            models.CheckConstraint(
                name="registration_takes_some_mode",
                condition=Q(takes_in_person=True) | Q(takes_remote=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}"


class Registration(models.Model):
    """A person who comes to a meeting, in the room or remotely, for whom, and how it stands.

    It stands once its address is confirmed; it is *seated* unless it waits for a place in the room.
    After the body's period its row keeps number and instants alone (``reduced_at``).
    """

    class Role(models.TextChoices):
        """As what the person takes part."""

        PARTICIPANT = "participant", _("participant")
        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")
        SECTOR_MEMBER = "sector-member", _("Sector Member")
        SECRETARIAT = "secretariat", _("secretariat")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveIntegerField(_("number"))  # of the meeting, in the order of asking
    role = models.CharField(_("takes part as"), max_length=13, choices=Role.choices)
    is_head = models.BooleanField(_("head of delegation"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.CharField(_("name, as it is listed"), max_length=200, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    stakeholder_group = models.ForeignKey(
        StakeholderGroup, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")  # of the mails
    mode = models.CharField(_("how one takes part"), max_length=9, choices=Mode.choices)
    is_unlisted = models.BooleanField(_("not named in the list"), default=False)
    same_key = models.CharField(max_length=64, blank=True)  # of address and name: told once
    token_hash = models.CharField(max_length=64, blank=True)  # of the button that confirms
    asked_at = models.DateTimeField(_("asked"))
    mailed_at = models.DateTimeField(_("button or link last mailed"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    waiting_since = models.DateTimeField(_("waits for a place since"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    reduced_at = models.DateTimeField(_("personal data removed"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    told = models.CharField(max_length=64, blank=True)  # hash of what the calendar entry said
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry (RFC 5545, 3.8.7.4)

    class Meta:
        ordering = ["meeting", "ordinal"]
        indexes = [models.Index(fields=["email"], name="registration_email")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "ordinal"], name="registration_number_once"),
            models.UniqueConstraint(
                fields=["meeting", "same_key"],
                condition=Q(cancelled_at__isnull=True) & ~Q(same_key=""),
                name="registration_once",
            ),
            models.UniqueConstraint(
                fields=["meeting", "user", "membership"],
                condition=Q(cancelled_at__isnull=True, user__isnull=False),
                name="registration_of_account_once",
            ),
            models.CheckConstraint(
                name="registration_named_until_reduced",
                condition=~Q(name="") | Q(reduced_at__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_waits_once_confirmed",
                condition=Q(waiting_since__isnull=True) | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.ordinal}"

    @property
    def stands(self) -> bool:
        """Whether it is confirmed and not cancelled; it may wait for a place all the same."""
        return self.confirmed_at is not None and self.cancelled_at is None

    @property
    def is_seated(self) -> bool:
        """Whether it stands and waits for nothing."""
        return self.stands and self.waiting_since is None


class ParticipantNeeds(models.Model):
    """What a person needs to take part: data on health, sealed, for the officer's eyes.

    Deleted 30 days after the meeting, and at once with the registration.
    """

    registration = models.OneToOneField(
        Registration, on_delete=models.PROTECT, related_name="needs"
    )
    sealed = models.BinaryField()
    told_at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name_plural = "participant needs"

    def __str__(self) -> str:
        return f"{self.registration_id}"


class PresentingWish(models.Model):
    """That somebody who responded wishes to present the answer to a question at the meeting.

    *question* is its position, 0 the response as a whole. *is_proved*: the response was sent under
    the address of the registration.
    """

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="wishes")
    question = models.PositiveSmallIntegerField(_("question"))
    response_number = models.CharField(_("number of the response"), max_length=24)
    is_proved = models.BooleanField(default=False)
    asked_at = models.DateTimeField(_("asked"))

    class Meta:
        ordering = ["registration", "question"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "question"], name="presenting_wish_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.question}"
