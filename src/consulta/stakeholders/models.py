"""Stakeholders: who may respond and who did."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.core.submission import RespondentKind


class StakeholderGroup(models.Model):
    """One of the groups whose particular views are heard (Tunis Agenda, 35 and 36)."""

    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    names = models.JSONField(_("names"), default=dict)  # language -> name
    speaks_for_authority = models.BooleanField(
        _("claims need confirmation"),
        default=False,
        help_text=_(
            "Governments and intergovernmental organisations: a claim to speak for one is shown "
            "only when its focal point or an officer has confirmed it."
        ),
    )

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("stakeholder group")
        verbose_name_plural = _("stakeholder groups")

    def __str__(self) -> str:
        return self.slug


class Organisation(models.Model):
    """A body that responds under its own name; known respondents are matched by confirmed address."""

    name = models.CharField(_("name"), max_length=300)
    stakeholder_group = models.ForeignKey(
        StakeholderGroup,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("stakeholder group"),
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    focal_point = models.EmailField(_("focal point"), blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "country"], name="organisation_name_country")
        ]

    def __str__(self) -> str:
        return self.name


class MemberState(models.Model):
    """A state that is a member of the body, by its code of ISO 3166-1.

    Codes that ISO leaves to users (XA to XZ) are for sample states of a sample body alone.
    """

    code = models.CharField(
        _("code (ISO 3166-1)"), max_length=2, unique=True, validators=[RegexValidator("^[A-Z]{2}$")]
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class MemberStateName(models.Model):
    """What a Member State was called from a day to a day; where none stands, CLDR's name does."""

    state = models.ForeignKey(MemberState, on_delete=models.PROTECT, related_name="entered_names")
    names = models.JSONField(_("names"), default=dict)  # language -> name
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        ordering = ["state", "pk"]
        constraints = [
            models.CheckConstraint(
                name="member_state_name_ends_after_it_begins",
                condition=Q(from_on__isnull=True)
                | Q(until_on__isnull=True)
                | Q(until_on__gte=models.F("from_on")),
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(until_on__isnull=True),
                name="member_state_name_today_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.from_on} {self.until_on}"


class Respondent(models.Model):
    """Who responded, for whom, and what of it may be shown. One row per response.

    Until confirmed, nobody's name stands on the response (``named_at`` is null): number, receipt and
    deadline run from arrival all the same. ``mandate_confirmed_at``: a claim to speak for a
    government or an intergovernmental organisation, confirmed by its focal point or an officer.
    """

    class Confirmation(models.TextChoices):
        """How the sender was confirmed."""

        BUTTON = "button", _("by the button behind the mailed link")
        MAIL = "mail", _("by answering the mail")
        ACCOUNT = "account", _("signed in")
        OFFICER = "officer", _("by an officer, on recorded evidence")
        CHANNEL = "channel", _("authenticated by the channel")

    kind = models.CharField(
        _("responds as"), max_length=12, choices=[(k, k) for k in RespondentKind]
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    stakeholder_group = models.ForeignKey(
        StakeholderGroup, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    withhold_name = models.BooleanField(_("name withheld"), default=False)
    withhold_country = models.BooleanField(_("country withheld"), default=False)
    name_stands = models.BooleanField(
        default=False
    )  # whole: what a rule would leave out is no secret
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    confirmed_how = models.CharField(max_length=10, choices=Confirmation.choices, blank=True)
    confirmation_evidence = models.TextField(_("evidence"), blank=True)
    mandate_confirmed_at = models.DateTimeField(_("mandate confirmed"), null=True, blank=True)
    mandate_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    is_sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="respondent_confirmed_pair",
                condition=Q(confirmed_at__isnull=True, confirmed_how="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_how="")),
            ),
            models.CheckConstraint(
                name="respondent_organisation_is_named",
                condition=Q(kind=RespondentKind.INDIVIDUAL)
                | Q(withhold_name=False, withhold_country=False),
            ),
        ]
        indexes = [models.Index(fields=["email"], name="respondent_email")]

    def __str__(self) -> str:
        return self.organisation_name or self.name or str(self.pk)

    @property
    def confirmed(self) -> bool:
        """Whether the sender's address was confirmed, by whatever way."""
        return self.confirmed_at is not None

    @property
    def mandate_needed(self) -> bool:
        """Whether the claim to speak for this organisation waits for confirmation."""
        return (
            self.kind == RespondentKind.ORGANISATION
            and self.stakeholder_group is not None
            and self.stakeholder_group.speaks_for_authority
            and self.mandate_confirmed_at is None
        )
