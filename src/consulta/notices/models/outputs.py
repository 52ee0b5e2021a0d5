"""Where a group's outputs go: lists of addressees, what was sent to them, and each copy."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Group, Membership
from consulta.mailroom.models import OutgoingMail
from consulta.meetings.models import Decision, Document
from consulta.reports.models import Edition
from consulta.reports.models.group_reports import GroupReport


class AddresseeList(models.Model):
    """A list of addresses to which a group's outputs go. Its name and counts are public, never an address.

    What is for members alone goes to lists of members only.
    """

    class Sort(models.TextChoices):
        """Who is on it."""

        MEMBERS = "members", _("members of the group")
        SECTOR_MEMBERS = "sector-members", _("Sector Members")
        ORGANISATIONS = "organisations", _("international organisations")
        STAKEHOLDERS = "stakeholders", _("stakeholders")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField(_("who is on it"), max_length=14, choices=Sort.choices)
    names = models.JSONField(_("name"), default=dict)  # language -> name
    has_delegates = models.BooleanField(_("every delegate of the group"), default=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="addressee_list_of_delegates_is_for_members",
                condition=Q(has_delegates=False) | Q(sort="members"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.sort} {self.pk}"


class Addressee(models.Model):
    """An address on a list: an institution's own, or confirmed by whoever reads it.

    On a list of members it names the member that it belongs to, and ends with the membership.
    """

    class Basis(models.TextChoices):
        """Why it may be written to."""

        INSTITUTIONAL = "institutional", _("address of an institution, entered by the desk")
        CONFIRMED = "confirmed", _("confirmed by a mailed link")

    list = models.ForeignKey(AddresseeList, on_delete=models.PROTECT, related_name="entries")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    basis = models.CharField(_("why it may be written to"), max_length=13, choices=Basis.choices)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("may be written to since"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_itself = models.BooleanField(_("ended by its reader"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["list", "email"], name="addressee_once_on_a_list")
        ]

    def __str__(self) -> str:
        return f"{self.list_id}/{self.pk}"


class Dissemination(models.Model):
    """That an output of a group went to lists of addressees: in the record for good.

    *output* names it, all its languages together, so that no address gets it twice. *audience*: who
    could read it when it was sent.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    output = models.CharField(max_length=80, db_index=True)  # notices.outputs.key
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    report = models.ForeignKey(
        GroupReport, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    audience = models.CharField(max_length=8, choices=Document.Audience.choices)
    notes = models.JSONField(_("note"), default=dict, blank=True)  # language -> text
    begun_at = models.DateTimeField(_("sent"))
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    queued_at = models.DateTimeField(_("wholly in the outbox"), null=True, blank=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="dissemination_is_of_one_output",
                condition=Q(edition__isnull=False, report=None, decision=None, document=None)
                | Q(edition=None, report__isnull=False, decision=None, document=None)
                | Q(edition=None, report=None, decision__isnull=False, document=None)
                | Q(edition=None, report=None, decision=None, document__isnull=False),
            ),
            models.CheckConstraint(
                name="dissemination_not_of_the_desks_own",
                condition=Q(audience__in=("public", "members")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.output} {self.pk}"


class DisseminationTo(models.Model):
    """One list of a dissemination: its name and sort then, how far the sending is, how many got it."""

    dissemination = models.ForeignKey(Dissemination, on_delete=models.PROTECT, related_name="lists")
    list = models.ForeignKey(AddresseeList, on_delete=models.PROTECT, related_name="+")
    names = models.JSONField(default=dict)  # as the list was called
    copies = models.PositiveIntegerField(_("copies"), default=0)
    last_addressee = models.BigIntegerField(default=0)  # how far the sending is: ids
    last_delegate = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dissemination", "list"], name="dissemination_to_a_list_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dissemination_id} {self.list_id}"


class DisseminationCopy(models.Model):
    """An output put into the outbox for one address: once, by whatever list, whoever presses twice."""

    to = models.ForeignKey(DisseminationTo, on_delete=models.PROTECT, related_name="+")
    output = models.CharField(max_length=80)
    email = models.EmailField(_("e-mail address"))
    addressee = models.ForeignKey(
        Addressee, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # none: a delegate
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # none: no mail can be sent to such an address
    queued_at = models.DateTimeField(_("put into the outbox"))
    again_at = models.DateTimeField(null=True, blank=True)  # asked for again, not written yet
    language = models.CharField(_("language"), max_length=2, default="en")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "dissemination copies"
        constraints = [
            models.UniqueConstraint(fields=["output", "email"], name="output_to_an_address_once")
        ]

    def __str__(self) -> str:
        return f"{self.to_id}/{self.pk}"
