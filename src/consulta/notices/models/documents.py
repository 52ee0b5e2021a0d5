"""Members who are told of each new document: what each of them chose, and how far the telling is."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Group
from consulta.meetings.models import Document


class MemberNotice(models.Model):
    """What a member chose for one group: a mail on each new document, one a day, or none.

    Where nobody chose, it is a mail on each.
    """

    class Choice(models.TextChoices):
        """How often."""

        EACH = "each", _("a mail on each new document")
        DAILY = "daily", _("one mail a day, if there are new documents")
        NONE = "none", _("no mail")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(
        _("how often"), max_length=5, choices=Choice.choices, default=Choice.EACH
    )
    told_until = models.DateTimeField()  # the last daily mail, or when the choice was made

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="member_notice_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.group_id} {self.choice}"


class DocumentTold(models.Model):
    """How far the telling of one document is: to whom by the order of their accounts, and when all were."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    last_user = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "documents told"

    def __str__(self) -> str:
        return f"{self.document_id}"


class NoticeRule(models.Model):
    """Whether mails name documents for members; unless a group allows it, they give number and link."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="+")
    names_members_documents = models.BooleanField(
        _("mails name the titles of documents for members"), default=False
    )

    def __str__(self) -> str:
        return f"{self.group_id}"
