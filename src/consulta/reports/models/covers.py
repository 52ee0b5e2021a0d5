"""A body's or group's own cover page and logo."""

from django.conf import settings
from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Group


class Cover(models.Model):
    """The cover page (a Word template with named places) and the logo of a group's documents.

    *group* null: of every group without one. Both files were examined and cleaned; an edition holds
    the bytes it used, so that a later cover changes none.
    """

    group = models.OneToOneField(
        Group, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    template = models.BinaryField(_("cover page"), null=True, blank=True)
    template_name = models.CharField(max_length=255, blank=True)
    template_sha256 = models.CharField(max_length=64, blank=True)
    logo = models.BinaryField(_("logo"), null=True, blank=True)
    logo_type = models.CharField(max_length=40, blank=True)
    logo_sha256 = models.CharField(max_length=64, blank=True)
    logo_names = models.JSONField(_("what the logo says"), default=dict, blank=True)  # by language
    changed_at = models.DateTimeField(_("changed"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Coalesce(F("group"), Value(0)), name="cover_of_all_once")
        ]

    def __str__(self) -> str:
        return self.template_name or self.logo_type
