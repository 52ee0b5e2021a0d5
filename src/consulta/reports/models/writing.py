"""What officers write: paragraphs, their sentences, and the versions that each sentence cites."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation, Question
from consulta.responses.models import Answer, Version


class Paragraph(models.Model):
    """A paragraph of the consolidated report, under a question or in the introduction (null).

    The brief summary is made of paragraphs too: *part* says to which document one belongs.
    """

    class Part(models.TextChoices):
        """The report, or a part of the brief summary."""

        REPORT = "report", _("consolidated report")
        WRITTEN = "written", _("the written responses")
        DISCUSSION = "discussion", _("the discussion at the open meeting")

    part = models.CharField(max_length=10, choices=Part.choices, default=Part.REPORT)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField()
    language = models.CharField(_("language"), max_length=2)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    changed_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)  # so that nobody overwrites another's work
    source = models.ForeignKey(  # the paragraph that it follows in another language
        "self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.question_id}/{self.position}"


class Sentence(models.Model):
    """One sentence of a paragraph, with an identity of its own, so that citations stay on it.

    One that follows a sentence in another language names it as *source*; *source_text* is what that
    one said when this was written, empty while it still waits for its translation.
    """

    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="sentences")
    position = models.PositiveSmallIntegerField()
    text = models.TextField(_("sentence"))
    written_by = models.ForeignKey(  # who last changed its words
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    source = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    source_text = models.TextField(blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(name="sentence_not_empty", condition=~Q(text=""))]

    def __str__(self) -> str:
        return self.text[:80]


class Citation(models.Model):
    """A sentence cites a version of a response, and where wanted a passage of one answer.

    *start* and *end* count characters (code points) in the answer's public text on the day it was
    cited; *quote* holds these words, *quote_sha256* their hash. A later redaction moves or takes
    them: :mod:`consulta.reports.quoting` finds where they stand now.
    """

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="citations")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(
        Answer, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    quote_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sentence", "version"],
                condition=Q(answer__isnull=True),
                name="citation_once",
            ),
            models.UniqueConstraint(
                fields=["sentence", "answer", "start", "end"],
                condition=Q(answer__isnull=False),
                name="citation_of_a_passage_once",
            ),
            models.CheckConstraint(
                name="citation_of_a_passage_whole",
                condition=Q(answer__isnull=True, start__isnull=True, end__isnull=True)
                | Q(answer__isnull=False, start__isnull=False, end__gt=models.F("start")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sentence_id} -> {self.version_id}"
