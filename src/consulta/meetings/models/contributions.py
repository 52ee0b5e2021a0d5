"""What members of a group contribute to its meetings, and by which rule it is taken."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Group


class PostingRule(models.Model):
    """How the documents of a group's meetings are taken: by which deadlines, and who posts them."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    deadlines = models.SlugField(_("rule of deadlines"), blank=True)  # a file of core.deadlines
    posts_at_once = models.BooleanField(_("contributions are posted at once"), default=False)

    def __str__(self) -> str:
        return f"{self.group_id} {self.deadlines}"
