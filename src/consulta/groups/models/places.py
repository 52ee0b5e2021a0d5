"""The body and its closed groups; their issues and norms; who works for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def states_alone() -> list[str]:
    """Only members in full: the kinds of a group that nobody has set."""
    return ["member"]


def who_contributes() -> list[str]:
    """Members and Sector Members bring contributions; observers read."""
    return ["member", "sector-member"]


class Body(models.Model):
    """The institution that consults. One per instance."""

    slug = models.SlugField(unique=True)
    names = models.JSONField(_("names"), default=dict)  # language -> name
    short_name = models.CharField(_("short name"), max_length=40)
    languages = models.JSONField(_("languages"), default=list)
    timezone = models.CharField(_("time zone of the seat"), max_length=60, default="UTC")
    is_sample = models.BooleanField(default=False)
    # language -> text
    privacy_notice = models.JSONField(_("privacy notice"), default=dict, blank=True)
    terms_version = models.CharField(max_length=20, default="1")
    members_need_second_factor = models.BooleanField(
        _("delegates need a second factor"), default=True
    )

    class Meta:
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.short_name


class Group(models.Model):
    """A closed group of members that asks before it decides."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(unique=True)
    short_name = models.CharField(_("short name"), max_length=60)
    names = models.JSONField(_("names"), default=dict)
    mandates = models.JSONField(_("mandate"), default=dict, blank=True)  # language -> text
    chair = models.CharField(_("chair"), max_length=200, blank=True)  # before officeholders
    mandate_begins_on = models.DateField(_("mandate from"), null=True, blank=True)
    mandate_ends_on = models.DateField(_("last day of the mandate"), null=True, blank=True)
    member_kinds = models.JSONField(_("who may be a member"), default=states_alone)
    contributing_kinds = models.JSONField(
        _("who submits contributions"), default=who_contributes, blank=True
    )
    position_kinds = models.JSONField(_("who states positions"), default=states_alone, blank=True)
    shows_members = models.BooleanField(_("the public page lists the members"), default=False)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["short_name"]
        constraints = [
            models.CheckConstraint(
                name="group_mandate_ends_after_it_begins",
                condition=models.Q(mandate_begins_on__isnull=True)
                | models.Q(mandate_ends_on__isnull=True)
                | models.Q(mandate_ends_on__gte=models.F("mandate_begins_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class Issue(models.Model):
    """A matter on the standing list from which topics come (for ITU: Resolution 1305)."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    names = models.JSONField(_("names"), default=dict)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.slug


class Instrument(models.Model):
    """One edition of a norm, with its status; the editions of one norm share *norm*.

    A moment is two days, the first and the last that are possible, as far as the sources tell; both
    are null where they do not tell it. It *ends* at the first moment at which it binds no longer.
    """

    class Status(models.TextChoices):
        """Whether it binds today."""

        IN_FORCE = "in-force", _("in force")
        ABROGATED = "abrogated", _("abrogated")
        SUPERSEDED = "superseded", _("superseded")
        UNVERIFIED = "unverified", _("not verified")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(unique=True)
    names = models.JSONField(_("names"), default=dict)
    edition = models.CharField(_("edition"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    note = models.TextField(_("note"), blank=True)
    norm = models.SlugField(_("norm"), max_length=80, blank=True)
    number = models.CharField(_("number"), max_length=80, blank=True)
    label = models.CharField(_("edition of the norm"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    adopted_earliest = models.DateField(_("adopted, at the earliest"), null=True, blank=True)
    adopted_latest = models.DateField(_("adopted, at the latest"), null=True, blank=True)
    begins_earliest = models.DateField(_("in force, at the earliest"), null=True, blank=True)
    begins_latest = models.DateField(_("in force, at the latest"), null=True, blank=True)
    ends_earliest = models.DateField(_("ended, at the earliest"), null=True, blank=True)
    ends_latest = models.DateField(_("ended, at the latest"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    source = models.TextField(_("source"), blank=True)  # in English
    is_verified = models.BooleanField(_("verified"), default=True)
    cites = models.JSONField(default=list, blank=True)  # [{"instrument", "edition", "where"}]

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "norm", "label"],
                condition=~models.Q(norm=""),
                name="instrument_edition_once",
            )
        ]

    def __str__(self) -> str:
        return self.slug


class MandateBasis(models.Model):
    """An instrument on which a group's mandate stands, and where in it: its terms of reference."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(_("where in it"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "instrument"], name="mandate_basis_once")
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.instrument_id}"


class Role(models.TextChoices):
    """What an appointed person does."""

    OFFICER = "officer", _("officer")
    EDITOR = "editor", _("editor")
    MODERATOR = "moderator", _("moderator")
    READER = "reader", _("reader")


class Appointment(models.Model):
    """A person's role in a group, or in the whole body when *group* is null."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    appointed_at = models.DateTimeField(_("since"), auto_now_add=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["appointed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group", "role"],
                condition=models.Q(ended_at__isnull=True),
                name="appointment_once",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ended_at__isnull=True, group__isnull=True),
                name="appointment_to_body_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
