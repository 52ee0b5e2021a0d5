"""Tables of responses that were brought in: which file, what its columns hold, how far it is."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consulta.consultations.models import Consultation


class Import(models.Model):
    """One table of responses. Its rows lie in a file of their own; *offset* says how far it was read.

    *mapped*: column (from 0, as text) -> what it holds, as in :mod:`consulta.core.importing`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name of the file"), max_length=255)
    path = models.CharField(max_length=300)  # as it came, relative to the data folder
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    rows_path = models.CharField(max_length=300)  # a JSON list in each line
    headings = models.JSONField(_("headings"))
    mapped = models.JSONField(_("columns"), default=dict)
    language = models.CharField(_("language"), max_length=2)
    vouched = models.BooleanField(
        _("addresses confirmed where the table comes from"), default=False
    )
    by_mail = models.BooleanField(_("receipts are mailed"), default=False)
    total = models.PositiveIntegerField(_("rows"))
    done = models.PositiveIntegerField(_("rows read"), default=0)
    offset = models.PositiveBigIntegerField(default=0)  # bytes of the rows' file
    registered = models.PositiveIntegerField(_("registered"), default=0)
    repeated = models.PositiveIntegerField(_("here already"), default=0)
    refused = models.PositiveIntegerField(_("not taken"), default=0)
    began_at = models.DateTimeField(_("uploaded"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    #: Rows with the reference of another; null until the whole table was looked through.
    twice = models.JSONField(null=True, blank=True)
    stopped = models.SlugField(_("stopped because"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="import_adds_up",
                condition=Q(done=F("registered") + F("repeated") + F("refused")),
            ),
            models.CheckConstraint(
                name="import_not_past_its_end", condition=Q(done__lte=F("total"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RefusedRow(models.Model):
    """A row that was not taken, with everything that is wrong with it."""

    of = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="refused_rows")
    row = models.PositiveIntegerField(_("row"))
    troubles = models.JSONField()  # [{trouble, column, text}]

    class Meta:
        ordering = ["row"]
        constraints = [models.UniqueConstraint(fields=["of", "row"], name="refused_row_once")]

    def __str__(self) -> str:
        return f"{self.of_id} {self.row}"
