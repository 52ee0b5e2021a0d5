"""Accounts: who can sign in. What a person may do is said by an appointment in a group."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class Accounts(BaseUserManager["User"]):
    """The table of accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Add an account for *email*; without a password it signs in by a code sent there."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Add an account that may administer the whole instance."""
        return self.create_user(email, password, is_administrator=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by an e-mail address."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=7, default="en")
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_administrator = models.BooleanField(_("administers this instance"), default=False)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects = Accounts()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Asked by libraries; Consulta itself asks for appointments."""
        return self.is_administrator


class Tally(models.Model):
    """How often something was done in a window of time: the rate limits, shared between processes."""

    key = models.CharField(max_length=120)
    window_starts_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "window_starts_at"], name="tally_key_window")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.window_starts_at:%Y-%m-%dT%H:%M} {self.count}"


class ApiKey(models.Model):
    """What lets another system act for an account through the API. The secret itself is stored nowhere."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("system that uses it"), max_length=120)
    secret_hash = models.CharField(max_length=64, unique=True)
    begins = models.CharField(_("begins with"), max_length=20)
    terms = models.CharField(_("terms accepted"), max_length=40)
    given_at = models.DateTimeField(_("given"))
    used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="api_key_ended_by_somebody",
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FileRead(models.Model):
    """One reading of a file that not everyone may have; kept for a time, outside the ledger."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    thing = models.CharField(max_length=80)  # "meetings.document:12"
    sha256 = models.CharField(max_length=64)  # of the bytes that were read
    read_at = models.DateTimeField(_("read"), db_index=True)

    class Meta:
        ordering = ["-read_at", "-pk"]
        indexes = [models.Index(fields=["thing", "-read_at"], name="file_read_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.thing} {self.user_id}"


class Visit(models.Model):
    """When a person came last, and the time before that: what is new is what came since then."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField(_("this visit began"))
    seen_at = models.DateTimeField(_("last seen"))
    before_at = models.DateTimeField(_("last seen on the visit before"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.seen_at:%Y-%m-%dT%H:%M}"
