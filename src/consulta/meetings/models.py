"""Meetings: gatherings of a group or open to all, their documents, decisions and follow-ups."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consulta.core import calendar
from consulta.groups.models import Group


def _check_year(field: str, day: date | None) -> None:
    if day is None or calendar.FIRST_YEAR <= day.year <= calendar.LAST_YEAR:
        return
    years = {"first": str(calendar.FIRST_YEAR), "last": str(calendar.LAST_YEAR)}
    sentence = gettext("Choose a day between the years %(first)s and %(last)s.")
    raise ValidationError({field: sentence % years})


class Meeting(models.Model):
    """A gathering: of the group, or open to everyone (it may be virtual)."""

    class Kind(models.TextChoices):
        """Who may come."""

        GROUP = "group", _("meeting of the group")
        OPEN = "open", _("open meeting")

    class Mode(models.TextChoices):
        """How one takes part."""

        IN_PERSON = "in-person", _("in person")
        VIRTUAL = "virtual", _("virtual")
        HYBRID = "hybrid", _("in person, with remote participation")
        UNKNOWN = "", _("not known")

    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    slug = models.SlugField(unique=True)
    titles = models.JSONField(
        _("title"), default=dict, blank=True
    )  # language -> {"text", "status"}
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    first_planned_on = models.DateField(_("first day as first planned"), null=True, blank=True)
    is_provisional = models.BooleanField(_("provisional"), default=False)
    mode = models.CharField(_("mode"), max_length=9, choices=Mode.choices, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    note = models.JSONField(
        _("note"), default=dict, blank=True
    )  # language -> text, e.g. what is known of the date
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["starts_on", "slug"]
        constraints = [
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                fields=["group", "kind", "number"],
                condition=Q(number__isnull=False),
                name="meeting_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def clean(self) -> None:
        """Refuse a day in a year in which no rule can be counted: a slip of the keyboard."""
        for name in ("starts_on", "ends_on"):
            _check_year(name, getattr(self, name))


class MeetingMove(models.Model):
    """A meeting that was moved: who, when, why; the dates before stay on record."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="moves")
    old_starts_on = models.DateField(_("first day before"), null=True, blank=True)
    new_starts_on = models.DateField(_("first day now"))
    reason = models.TextField(_("reason"))
    language = models.CharField(_("language"), max_length=2, default="en")
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(name="meeting_move_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.old_starts_on} -> {self.new_starts_on}"


class Decision(models.Model):
    """What a group settled at a meeting: by consensus, or that there was none."""

    class Kind(models.TextChoices):
        """How it was settled."""

        CONSENSUS = "consensus", _("decided by consensus")
        NO_CONSENSUS = "no-consensus", _("no consensus")
        RECORD = "record", _("recorded")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    taken_by = models.CharField(
        _("taken by"), max_length=120, blank=True, help_text=_("Empty: the group itself.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=1)
    opens_consultation = models.BooleanField(_("opens a consultation"), default=False)
    texts = models.JSONField(_("text"), default=dict)  # language -> {"text", "status"}
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        ordering = ["meeting", "position"]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.position}"


class FollowUp(models.Model):
    """What an office was asked to do. An invitation is never overdue."""

    class Force(models.TextChoices):
        """How strongly."""

        INSTRUCT = "instruct", _("instructed")
        REQUEST = "request", _("requested")
        INVITE = "invite", _("invited")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    force = models.CharField(_("force"), max_length=8, choices=Force.choices)
    addressee = models.JSONField(_("addressee"), default=dict)  # language -> name
    due_on = models.DateField(_("due"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_is_never_due",
                condition=~Q(force="invite") | Q(due_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.force} {self.decision_id}"

    def clean(self) -> None:
        """Refuse a due day in a year in which no rule can be counted."""
        _check_year("due_on", self.due_on)


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

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
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
        ordering = ["meeting", "sequence", "revision", "addendum", "corrigendum"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "sequence", "revision", "addendum", "corrigendum"],
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
    """How the documents of a group's meetings are numbered; of all groups, where *group* is null."""

    class MeetingBy(models.TextChoices):
        """What stands for the meeting."""

        NUMBER = "number", _("the meeting's number")
        YEAR = "year", _("the year in which it begins")
        SHORT_YEAR = "short-year", _("the last two digits of that year")

    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True
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
                Coalesce(F("group"), Value(0)), name="number_series_of_all_groups_once"
            )
        ]

    def __str__(self) -> str:
        return self.pattern
