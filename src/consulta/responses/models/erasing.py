"""What the law took away of a response: its content erased, or sealed at the desk."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.responses.models.record import Response


class Erasure(models.Model):
    """A response was erased or removed by law. Its number, its hash and the reason stay.

    *is_sealed*: the original is kept at the desk, since the law forbids only to show it; else no word
    of it is left. *every_sentence*: sentences of a report that rest on others too go as well.
    """

    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="erasure")
    is_sealed = models.BooleanField(_("the original is kept sealed"), default=False)
    every_sentence = models.BooleanField(_("every sentence that cites it"), default=False)
    ground = models.SlugField(_("ground"))
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("erased"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="erasure_has_ground_and_reason", condition=~Q(ground="") & ~Q(reason="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id}"
