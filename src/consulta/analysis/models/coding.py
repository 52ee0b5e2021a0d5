"""Coding: officers give answers, or passages of them, the codes of a frame that they wrote.

No words of an answer are kept here: a passage is a stretch of the text as it arrived, which never changes.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation, Question
from consulta.responses.models import Answer


class CodingFrame(models.Model):
    """The codes of one consultation, named and defined in one working *language*.

    *printed*: the report holds a table of them, and the frame; *names_coders*: and who coded.
    *taken_from*: the consultation whose frame this one began with.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("working language"), max_length=2)
    printed = models.BooleanField(_("printed in the report"), default=False)
    names_coders = models.BooleanField(_("coders named in the report"), default=False)
    taken_from = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = _("coding frame")

    def __str__(self) -> str:
        return f"{self.consultation_id}"


class Code(models.Model):
    """What coders look for in answers. *ordinal* is its number in the frame, for ever.

    *question*: the only one that it is for; null is for all. Retired, it is given no more; merged, its
    codings stand under another, and come back when that is undone.
    """

    class State(models.TextChoices):
        """Whether it is given."""

        ACTIVE = "active", _("in use")
        RETIRED = "retired", _("retired")
        MERGED = "merged", _("merged")

    frame = models.ForeignKey(CodingFrame, on_delete=models.PROTECT, related_name="codes")
    ordinal = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120)
    definition = models.TextField(_("definition"), blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(_("written"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["position", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "ordinal"], name="code_ordinal_once"),
            models.CheckConstraint(name="code_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="code_merged_into_one",
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CodeChange(models.Model):
    """What a code was called and meant before somebody changed it, or what was done to it."""

    class Act(models.TextChoices):
        """What was done."""

        REWORDED = "reworded", _("reworded")
        PLACED = "placed", _("put elsewhere")
        RETIRED = "retired", _("retired")
        RESTORED = "restored", _("taken into use again")
        MERGED = "merged", _("merged into another")
        UNMERGED = "unmerged", _("separated again")

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="changes")
    act = models.CharField(max_length=8, choices=Act.choices)
    name = models.CharField(max_length=120)
    definition = models.TextField(blank=True)
    into = models.ForeignKey(
        Code, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.code_id}: {self.act}"


class Coding(models.Model):
    """One code given to an answer, or to a passage of it, by one coder.

    *given* is the code as it was given; *code* the one under which it stands since codes were merged.
    *start* and *end* count code points of the answer's text as it arrived (not of the public text);
    null: the whole answer. *settled_at*: somebody looked at it again after a new version came.
    """

    class Source(models.TextChoices):
        """Who or what coded."""

        PERSON = "person", _("a person")

    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="codings")
    given = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="+")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.PERSON)
    coded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    coded_at = models.DateTimeField(_("coded"))
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["given", "answer", "coded_by"],
                condition=Q(start__isnull=True),
                name="coding_of_an_answer_once",
            ),
            models.UniqueConstraint(
                fields=["given", "answer", "start", "end", "coded_by"],
                name="coding_of_a_passage_once",
            ),
            models.CheckConstraint(
                name="coding_of_a_passage_whole",
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__isnull=False, end__gt=F("start")),
            ),
            models.CheckConstraint(
                name="coding_by_a_person_named",
                condition=~Q(source="person") | Q(coded_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["answer", "coded_by"], name="coding_of_answers")]

    def __str__(self) -> str:
        return f"{self.code_id}: {self.answer_id}"


class NoCode(models.Model):
    """A coder read an answer and found that no code of the frame applies."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    coded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    coded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "coded_by"], name="no_code_once")]

    def __str__(self) -> str:
        return f"{self.answer_id}"
