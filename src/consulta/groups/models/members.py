"""Members of a group, the delegates who speak for them, and who holds its offices.

Days are the body's: the first and the last on which something holds, both included; null is open.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consulta.groups.models.places import Group
from consulta.stakeholders.models import MemberState, Organisation

#: Whoever is neither dismissed nor past the last day; the days are asked in Python, zone by zone.
NOT_ENDED = Q(ended_at__isnull=True)


def within(on: date, first: date | None, last: date | None) -> bool:
    """Say whether the day *on* lies from *first* to *last*, both included; None is open."""
    return (first is None or first <= on) and (last is None or on <= last)


def in_order(name: str) -> models.CheckConstraint:
    """The last day is not before the first."""
    open_ended = Q(since_on__isnull=True) | Q(until_on__isnull=True)
    return models.CheckConstraint(name=name, condition=open_ended | Q(until_on__gte=F("since_on")))


class Membership(models.Model):
    """A Member State's or an organisation's place in a group. What is ended stays on record."""

    class Kind(models.TextChoices):
        """What the place gives; which kinds a group has is the group's setting."""

        MEMBER = "member", _("member")
        OBSERVER = "observer", _("observer")
        SECTOR_MEMBER = "sector-member", _("Sector Member")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=13, choices=Kind.choices, default=Kind.MEMBER)
    since_on = models.DateField(_("member since"), null=True, blank=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="membership_of_one",
                condition=Q(state__isnull=False, organisation__isnull=True)
                | Q(state__isnull=True, organisation__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["group", "state"],
                condition=Q(until_on__isnull=True),
                name="membership_of_state_once",
            ),
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(until_on__isnull=True),
                name="membership_of_organisation_once",
            ),
            in_order("membership_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.state_id or self.organisation_id}"

    def runs(self, on: date) -> bool:
        """Whether it holds on the day *on*, and the group's mandate with it."""
        group = self.group
        mandated = within(on, group.mandate_begins_on, group.mandate_ends_on)
        return mandated and within(on, self.since_on, self.until_on)


class Delegate(models.Model):
    """A person who acts for a member, from a day to a day; ended with the membership and the mandate."""

    class Role(models.TextChoices):
        """What the person does in the delegation."""

        HEAD = "head", _("head of delegation")
        DELEGATE = "delegate", _("delegate")
        ADMINISTRATOR = "administrator", _("administrator of the delegation")

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=13, choices=Role.choices, default=Role.DELEGATE)
    since_on = models.DateField(_("since"))
    until_on = models.DateField(_("last day"), null=True, blank=True)
    invited_at = models.DateTimeField(auto_now_add=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "user"], condition=NOT_ENDED, name="delegate_once"
            ),
            models.CheckConstraint(
                name="delegate_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            in_order("delegate_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.user_id}"

    def runs(self, on: date) -> bool:
        """Whether the person may act for the member on the day *on*."""
        own = self.ended_at is None and within(on, self.since_on, self.until_on)
        return own and self.membership.runs(on)


class Officeholder(models.Model):
    """Who chairs a group, or helps to, or keeps its office, for a term. With an account: who comes in."""

    class Office(models.TextChoices):
        """Which office of the group."""

        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice-chair", _("Vice-chair")
        SECRETARY = "secretary", _("Secretary")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(_("office"), max_length=10, choices=Office.choices)
    name = models.CharField(_("name"), max_length=200)
    state = models.ForeignKey(
        MemberState, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    since_on = models.DateField(_("since"), null=True, blank=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="officeholder_is_named", condition=~Q(name="")),
            in_order("officeholder_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name

    def runs(self, on: date) -> bool:
        """Whether the office is held on the day *on*."""
        return within(on, self.since_on, self.until_on)
