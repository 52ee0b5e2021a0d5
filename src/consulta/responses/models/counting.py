"""Counts kept in the act that changes them, so that no page counts the register."""

from django.db import models
from django.db.models import Q

from consulta.consultations.models import Consultation


class BalanceLine(models.Model):
    """How many responses of one channel stand in one state: kept in the act that moves them.

    So that no page counts the register; `consulta doctor` and the tests count it all the same.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "channel", "state"], name="balance_line_once"
            ),
            models.CheckConstraint(name="balance_never_negative", condition=Q(count__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.channel} {self.state} {self.count}"


class Facet(models.Model):
    """How many published responses bear one value: the choices of the filters, and figures.

    Kept in the act that shows or hides a response, so that no page counts the register.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    dimension = models.CharField(max_length=10)  # group, country, language, question
    value = models.CharField(max_length=60)  # slug, code or number; empty: not shown
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "dimension", "value"], name="facet_once"
            ),
            models.CheckConstraint(name="facet_never_negative", condition=Q(count__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.dimension} {self.value} {self.count}"
