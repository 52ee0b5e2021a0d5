"""Documents of meetings under the body's number, and how that number is made."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Group
from consulta.meetings.models.gatherings import Meeting


class Document(models.Model):
    """A document of a meeting, under the body's number. Its bytes are files that are never changed.

    One row holds all language versions; *number* is that of its first language. Reserved, it has a
    number and nothing else; posted, its readers have it; withdrawn, its number and title stay.
    """

    class Audience(models.TextChoices):
        """Who may read it; deny by default."""

        PUBLIC = "public", _("public")
        LISTED = "listed", _("title public, file for members")
        MEMBERS = "members", _("members")
        DESK = "desk", _("desk")

    class Kind(models.TextChoices):
        """What it is to the document *of*."""

        ORIGINAL = "original", _("document")
        REVISION = "revision", _("revision")
        ADDENDUM = "addendum", _("addendum")
        CORRIGENDUM = "corrigendum", _("corrigendum")

    class Sort(models.TextChoices):
        """Who speaks in it, and to what end."""

        CONTRIBUTION = "contribution", _("contribution of a member")
        REPORT = "report", _("report by the secretariat")
        TEMPORARY = "temporary", _("temporary document")
        INFORMATION = "information", _("information document")
        LIAISON = "liaison", _("liaison statement")
        ADMINISTRATIVE = "administrative", _("administrative document")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    sort = models.CharField(
        _("sort of document"), max_length=14, choices=Sort.choices, blank=True
    )  # empty: nobody said
    series = models.CharField(
        _("series"), max_length=14, choices=Sort.choices, blank=True
    )  # empty: the usual one
    sequence = models.PositiveSmallIntegerField(_("number in the series"))
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices, default=Kind.ORIGINAL)
    of = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=0)
    addendum = models.PositiveSmallIntegerField(_("addendum"), default=0)
    corrigendum = models.PositiveSmallIntegerField(_("corrigendum"), default=0)
    number = models.CharField(_("number"), max_length=80, unique=True)
    base_number = models.CharField(max_length=80, unique=True)  # without the language's suffix
    language = models.CharField(_("first language"), max_length=2, default="en")
    titles = models.JSONField(_("title"), default=dict)
    source = models.CharField(_("source"), max_length=200)
    audience = models.CharField(
        _("audience"), max_length=8, choices=Audience.choices, default=Audience.DESK
    )
    reserved_at = models.DateTimeField(_("number given"), null=True, blank=True)
    posted_at = models.DateTimeField(_("posted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True)
    files = models.JSONField(
        default=list, blank=True
    )  # [{"name", "path", "sha256", "size", "media_type", "language", "number"}]
    withheld_files = models.JSONField(default=list, blank=True)  # as files; served to nobody

    class Meta:
        ordering = [
            *("meeting", "series", "sequence"),
            *("revision", "addendum", "corrigendum"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("meeting", "series", "sequence"),
                    *("revision", "addendum", "corrigendum"),
                ],
                name="document_place_once",
            ),
            models.CheckConstraint(
                name="document_kind_agrees_with_its_number",
                condition=Q(kind="original", of__isnull=True, revision=0, addendum=0, corrigendum=0)
                | Q(kind="revision", of__isnull=False, revision__gt=0, addendum=0, corrigendum=0)
                | Q(kind="addendum", of__isnull=False, addendum__gt=0, corrigendum=0)
                | Q(kind="corrigendum", of__isnull=False, corrigendum__gt=0),
            ),
            models.CheckConstraint(
                name="document_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
            ),
            models.CheckConstraint(
                name="document_reserved_or_posted",
                condition=Q(reserved_at__isnull=False) | Q(posted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class NumberSeries(models.Model):
    """How the documents of a group's meetings are numbered; of all groups, where *group* is null.

    A sort of documents may have a series of its own, counted apart; *sort* empty: all the others.
    """

    class MeetingBy(models.TextChoices):
        """What stands for the meeting."""

        NUMBER = "number", _("the meeting's number")
        YEAR = "year", _("the year in which it begins")
        SHORT_YEAR = "short-year", _("the last two digits of that year")

    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sort = models.CharField(
        _("sort of documents"), max_length=14, choices=Document.Sort.choices, blank=True
    )
    pattern = models.CharField(_("pattern"), max_length=200)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True)  # empty: the group's name
    open_symbol = models.CharField(_("symbol of open meetings"), max_length=40, blank=True)
    meeting_by = models.CharField(
        _("what stands for the meeting"),
        max_length=10,
        choices=MeetingBy.choices,
        default=MeetingBy.NUMBER,
    )
    letters = models.JSONField(_("suffixes of languages"), default=dict, blank=True)

    class Meta:
        verbose_name_plural = "number series"
        constraints = [
            models.UniqueConstraint(
                Coalesce(F("group"), Value(0)), F("sort"), name="number_series_of_a_sort_once"
            )
        ]

    def __str__(self) -> str:
        return self.pattern
