"""The brief summary: whether those present agreed on it, where it was carried, what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation, Question, TextStatus
from consulta.meetings.models import AgendaItem, Document, Meeting
from consulta.reports.models.editions import Edition
from consulta.responses.models import Response


class BriefSummary(models.Model):
    """The secretariat's brief summary of the written responses and the discussion, of one consultation.

    Its words are Paragraphs, fixed as Editions. Once it was carried to the group nothing of it
    changes: *document* is what lies before the group, *record* the record of the agreement beside it.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("begun"))
    carried_at = models.DateTimeField(_("carried to the group"), null=True, blank=True)
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    record = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name_plural = "brief summaries"
        constraints = [
            models.CheckConstraint(
                name="summary_carried_has_documents",
                condition=Q(carried_at__isnull=True, document__isnull=True, record__isnull=True)
                | Q(carried_at__isnull=False, document__isnull=False, record__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}"


class Agreement(models.Model):
    """What the stakeholders present said to one edition of the brief summary, known by its hash.

    Any change of the words afterwards voids it (*voided_at*); only one stands at a time. *record* is
    the edition in which it is written down for the group.
    """

    class Outcome(models.TextChoices):
        """What they said."""

        AGREED = "agreed", _("agreed by those present")
        RESERVATIONS = "reservations", _("agreed by those present, with reservations")
        NOT_AGREED = "not_agreed", _("not agreed by those present")

    class How(models.TextChoices):
        """How they were asked."""

        MEETING = "meeting", _("in the open meeting")
        PROCEDURE = "procedure", _("by a procedure that those present were told of")

    summary = models.ForeignKey(BriefSummary, on_delete=models.PROTECT, related_name="agreements")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(
        Edition, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    content_sha256 = models.CharField(max_length=64)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    how = models.CharField(_("how"), max_length=9, choices=How.choices)
    procedure = models.TextField(_("procedure"), blank=True)
    put_by = models.CharField(_("put by"), max_length=200)
    at = models.DateTimeField(_("when"))
    agreed_by = models.TextField(_("who agreed"), blank=True)
    reservations = models.TextField(_("reservations"), blank=True)
    views = models.TextField(_("views set out"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    erased_at = models.DateTimeField(_("names taken away by law"), null=True, blank=True)
    erased_because = models.TextField(_("why they were taken away"), blank=True)
    voided_at = models.DateTimeField(_("void since"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["summary"],
                condition=Q(voided_at__isnull=True),
                name="agreement_stands_once",
            ),
            models.CheckConstraint(
                name="agreement_names_who_agreed",
                condition=Q(outcome="not_agreed") | ~Q(agreed_by=""),
            ),
            models.CheckConstraint(
                name="agreement_sets_out_reservations",
                condition=~Q(outcome="reservations") | ~Q(reservations=""),
            ),
            models.CheckConstraint(
                name="agreement_sets_out_views",
                condition=~Q(outcome="not_agreed") | ~Q(views=""),
            ),
            models.CheckConstraint(
                name="agreement_names_its_procedure",
                condition=~Q(how="procedure") | ~Q(procedure=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.content_sha256[:12]}"


class SummaryTranslation(models.Model):
    """An edition that says in another language what was agreed, and what that translation is worth."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="translations")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("status"), max_length=8, choices=TextStatus.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="summary_translation_is_no_original", condition=~Q(status="original")
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.status}"


class GroupDiscussion(models.Model):
    """What the group did at one of its meetings with a brief summary, with the responses, or with one.

    With *question* alone it is about the responses to it, with *response* about that one (with both,
    about its answer), with neither and no *summary* about all responses. A later row adds to the
    earlier ones; one that was set down in error is taken back and stays as a row.
    """

    class Status(models.TextChoices):
        """How far it was discussed."""

        DISCUSSED = "discussed", _("discussed")
        IN_PART = "in_part", _("discussed in part")
        NOT_DISCUSSED = "not_discussed", _("not discussed")

    class Audience(models.TextChoices):
        """Who can see it."""

        PUBLIC = "public", _("public")
        MEMBERS = "members", _("members")

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    summary = models.ForeignKey(
        BriefSummary, on_delete=models.PROTECT, related_name="discussions", null=True, blank=True
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    status = models.CharField(_("what the group did"), max_length=13, choices=Status.choices)
    audience = models.CharField(
        _("who can see it"), max_length=7, choices=Audience.choices, default=Audience.PUBLIC
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("day"))
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    agenda_item = models.CharField(_("agenda item"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="discussion_of_a_summary_or_of_responses",
                condition=Q(summary__isnull=True) | Q(question__isnull=True, response__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.on}"
