"""Reports of a group: drafted from the record, edited at the desk, frozen as editions.

Nothing here holds a respondent's words: a report tells what the group itself did.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import TextStatus
from consulta.groups.models import Group
from consulta.meetings.models import Document, Meeting


class GroupReport(models.Model):
    """A report of a group on a meeting or a period, in some languages. Released once an edition is."""

    class Kind(models.TextChoices):
        """Which report."""

        OUTCOME = "outcome", _("outcome report of a meeting")
        ANNUAL = "annual", _("annual report to the Council")
        FOUR_YEAR = "four-year", _("four-year report to the Plenipotentiary Conference")

    class Audience(models.TextChoices):
        """Who may read it once it is released; it is drafted from what they may see."""

        PUBLIC = "public", _("public")
        MEMBERS = "members", _("members")

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # that an outcome report is on
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("until"))
    slug = models.SlugField(unique=True, max_length=100)
    audience = models.CharField(
        _("who may read it"), max_length=7, choices=Audience.choices, default=Audience.MEMBERS
    )
    languages = models.JSONField(_("languages"), default=list)
    goes_to = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # among whose documents it is put
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )  # whose number it carries there
    number = models.CharField(_("document number"), max_length=80, blank=True)  # of another body
    agenda_item = models.CharField(_("agenda item"), max_length=200, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    drafted_at = models.DateTimeField(_("drafted"))

    class Meta:
        ordering = ["-last_on", "kind", "pk"]
        constraints = [
            models.CheckConstraint(
                name="group_report_ends_after_it_begins", condition=Q(last_on__gte=F("first_on"))
            ),
            models.CheckConstraint(
                name="group_report_on_an_outcome_names_the_meeting",
                condition=Q(kind="outcome", meeting__isnull=False)
                | (~Q(kind="outcome") & Q(meeting__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class GroupReportHead(models.Model):
    """Title, summary, action required and references in one language; *base* is what was drafted."""

    report = models.ForeignKey(GroupReport, on_delete=models.PROTECT, related_name="heads")
    language = models.CharField(_("language"), max_length=2)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    action = models.TextField(_("action required"), blank=True)
    references = models.TextField(_("references"), blank=True)
    note = models.TextField(blank=True)
    base = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "language"], name="group_report_head_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.language}"


class GroupParagraph(models.Model):
    """A paragraph in all languages, by *key*: the same one at every drafting; empty if a person added it.

    *rows* name what it was drafted from. One that a person took out stays as a row.
    """

    report = models.ForeignKey(GroupReport, on_delete=models.PROTECT, related_name="paragraphs")
    section = models.SlugField(max_length=20)
    key = models.CharField(max_length=120, blank=True)
    position = models.PositiveIntegerField(default=0)
    depth = models.PositiveSmallIntegerField(default=0)
    is_chairs = models.BooleanField(_("the Chair's own words"), default=False)
    rows = models.JSONField(default=list, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key"], condition=~Q(key=""), name="group_paragraph_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.key or self.pk}"


class GroupText(models.Model):
    """The words of a paragraph in one language.

    *base* is what was drafted when a person last saw it; *incoming* is what the record says since,
    where a person had written otherwise (empty: it says it no longer; null: nothing waits).
    *said_in* is the language of words that the record has in another one only.
    """

    paragraph = models.ForeignKey(GroupParagraph, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("text"), blank=True)
    said_in = models.CharField(max_length=2, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=TextStatus.choices, blank=True)
    prompt = models.TextField(blank=True)
    base = models.TextField(blank=True)
    incoming = models.TextField(null=True, blank=True)  # noqa: DJ001 (null: nothing waits)
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "language"], name="group_text_once")
        ]

    def __str__(self) -> str:
        return f"{self.paragraph_id} {self.language}"


class GroupReportLock(models.Model):
    """A person edits one section of a report in one language; it runs out as other locks do."""

    report = models.ForeignKey(GroupReport, on_delete=models.PROTECT, related_name="+")
    section = models.SlugField(max_length=20)
    language = models.CharField(max_length=2)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    renewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "section", "language"], name="group_report_lock_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.section}/{self.language}"


class GroupReportUnsaved(models.Model):
    """What a person typed into a paragraph and did not save: it goes when they save or throw it away.

    *text_seen* is the revision that the person saw; *more* the words of a paragraph to be added after it.
    """

    text = models.ForeignKey(GroupText, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    more = models.TextField(blank=True)
    text_seen = models.PositiveIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["text", "by"], name="group_report_unsaved_once")
        ]

    def __str__(self) -> str:
        return f"{self.text_id} by {self.by_id}"


class GroupReportReview(models.Model):
    """A step in the review of a report in one language; *text_sha256* says of which words."""

    class Kind(models.TextChoices):
        """What was done."""

        ASKED = "asked", _("marked ready for review")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned with remarks")

    report = models.ForeignKey(GroupReport, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    text_sha256 = models.CharField(max_length=64)
    remark = models.TextField(_("remark"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.language}: {self.kind}"


class GroupReportEdition(models.Model):
    """A frozen version of a report in one language: its content, its files, and what is annexed.

    *files* and *annexes*: [{"name", "path", "sha256", "size", "media_type", "language"}].
    """

    report = models.ForeignKey(GroupReport, on_delete=models.PROTECT, related_name="editions")
    language = models.CharField(_("language"), max_length=2)
    ordinal = models.PositiveSmallIntegerField(_("edition"), default=1)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    errata = models.TextField(_("what changed"), blank=True)
    files = models.JSONField(default=list, blank=True)
    annexes = models.JSONField(default=list, blank=True)
    frozen_at = models.DateTimeField(_("frozen"))
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    rendered_at = models.DateTimeField(_("rendered"), null=True, blank=True)
    rendering_error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    unreviewed_reason = models.TextField(_("why no second officer approved it"), blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["language", "-ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "language", "ordinal"], name="group_report_edition_once"
            ),
            models.CheckConstraint(
                name="group_report_edition_released_is_rendered",
                condition=Q(released_at__isnull=True) | Q(rendered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.language} {self.ordinal}"
