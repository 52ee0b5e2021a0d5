"""What a group settled: its decisions, the views where there was no consensus, topics proposed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consulta.groups.models import Issue, Membership
from consulta.meetings.models.agendas import AgendaItem
from consulta.meetings.models.documents import Document
from consulta.meetings.models.gatherings import Meeting

Audience = Document.Audience


class Decision(models.Model):
    """What a group settled at a meeting: by consensus, or that there was none.

    It is never changed. What a later decision *amends* stays, with its link to the later one.
    """

    class Kind(models.TextChoices):
        """How it was settled."""

        CONSENSUS = "consensus", _("decided by consensus")
        NO_CONSENSUS = "no-consensus", _("no consensus")
        RECORD = "record", _("recorded")

    class GoesTo(models.TextChoices):
        """Where a matter goes that was not settled here."""

        COUNCIL = "council", _("to the body above the group")
        NEXT_MEETING = "next-meeting", _("to the group's next meeting")

    class Change(models.TextChoices):
        """What it does to the decision that it amends."""

        AMENDED = "amended", _("amended")
        REVERSED = "reversed", _("reversed")

    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    taken_by = models.CharField(
        _("taken by"), max_length=120, blank=True, help_text=_("Empty: the group itself.")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=1)
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    audience = models.CharField(
        _("who can see it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS
    )
    opens_consultation = models.BooleanField(_("opens a consultation"), default=False)
    opens_after = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    texts = models.JSONField(_("text"), default=dict)  # language -> {"text", "status"}
    source = models.CharField(_("source"), max_length=300, blank=True)
    goes_to = models.CharField(
        _("where it goes"), max_length=12, choices=GoesTo.choices, blank=True
    )
    goes_to_note = models.CharField(_("where it goes, in words"), max_length=300, blank=True)
    amends = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    change = models.CharField(
        _("what it changes"), max_length=8, choices=Change.choices, blank=True
    )
    change_reason = models.TextField(_("why it was changed"), blank=True)

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.CheckConstraint(
                name="decision_changes_another_for_a_reason",
                condition=Q(amends__isnull=True, change="", change_reason="")
                | (Q(amends__isnull=False) & ~Q(change="") & ~Q(change_reason="")),
            ),
            models.CheckConstraint(
                name="decision_opens_after_only_what_it_opens",
                condition=Q(opens_after__isnull=True) | Q(opens_consultation=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.position}"


class StatedView(models.Model):
    """A view that was expressed where there was no consensus; *held_by* names only who asked for it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="views")
    position = models.PositiveSmallIntegerField(default=1)
    texts = models.JSONField(_("text"), default=dict)  # language -> {"text", "status"}
    held_by = models.CharField(_("who asked to be named"), max_length=200, blank=True)

    class Meta:
        ordering = ["decision", "position"]

    def __str__(self) -> str:
        return f"{self.decision_id}/{self.position}"


class Proposal(models.Model):
    """A topic proposed for a consultation: from the standing list of issues, or off it (no *issue*)."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("proposed")
        CHOSEN = "chosen", _("chosen")
        NOT_CHOSEN = "not-chosen", _("not chosen")
        WITHDRAWN = "withdrawn", _("withdrawn")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=1)
    topics = models.JSONField(_("topic"), default=dict)  # language -> {"text", "status"}
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    is_by_chair = models.BooleanField(_("proposed by the chair"), default=False)
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    proposed_by = models.CharField(_("proposed by"), max_length=200, blank=True)
    documents = models.ManyToManyField(Document, related_name="+", blank=True)
    audience = models.CharField(
        _("who can see it"), max_length=8, choices=Audience.choices, default=Audience.MEMBERS
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["meeting", "position"]
        constraints = [
            models.CheckConstraint(
                name="proposal_has_a_proposer",
                condition=Q(is_by_chair=True) | Q(membership__isnull=False) | ~Q(proposed_by=""),
            ),
            models.CheckConstraint(
                name="proposal_settled_by_a_decision",
                condition=Q(state__in=("open", "withdrawn"), decision__isnull=True)
                | Q(state__in=("chosen", "not-chosen"), decision__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.position}"


class ProposalSupport(models.Model):
    """That a member supports a proposed topic with a contribution of its own."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="supports")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    supported_at = models.DateTimeField()
    supported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )

    class Meta:
        ordering = ["supported_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "membership", "document"], name="proposal_supported_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.membership_id}"
