"""The sentences of a frozen report, so that what was released can be asked and never changes."""

from django.db import models

from consulta.reports.models.editions import Edition
from consulta.responses.models import Answer, Version


class FrozenSentence(models.Model):
    """A sentence as it stands in an edition.

    *sentence* is its identity in the draft, which may change or lose it later; *question* the number
    of the question above it (null: the introduction); *place* counts through the report.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sentences")
    sentence = models.PositiveBigIntegerField()
    question = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "sentence"], name="frozen_sentence_once")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class FrozenCitation(models.Model):
    """What a frozen sentence cites: a version, and where wanted a passage of one answer.

    *citation* is its identity in the draft; *quote* the words of the passage as they were public on
    that day, empty where the whole version is cited.
    """

    sentence = models.ForeignKey(FrozenSentence, on_delete=models.CASCADE, related_name="citations")
    citation = models.PositiveBigIntegerField()
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(
        Answer, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    quote = models.TextField(blank=True)
    quote_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sentence_id} -> {self.version_id}"
