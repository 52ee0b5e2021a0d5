"""The append-only record: entries, their place in the tree, and signed checkpoints.

Triggers refuse to change or remove a row of Entry, Leaf and Checkpoint (see triggers.py).
Unsequenced is the only table here whose rows go again: the queue before the tree.
"""

from django.db import models

from consulta.ledger.acts import Shows


class Entry(models.Model):
    """One act. *body* is the exact RFC 8785 JSON that is hashed; the other columns repeat it.

    `id` is only the order of arrival; *uid* is the identity that the body names.
    """

    uid = models.UUIDField(unique=True, editable=False)
    act = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    subject = models.CharField(max_length=160, blank=True, db_index=True)
    shows = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Shows])
    body = models.BinaryField()
    leaf_hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"


class Unsequenced(models.Model):
    """An entry that has no place in the tree yet; written with it, removed by the sequencer."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    pages = models.BooleanField()

    def __str__(self) -> str:
        return f"entry {self.pk} waits"


class Leaf(models.Model):
    """The place of an entry in the tree, from 0.

    *pages*: how many entries up to and with this one change public pages. *nodes*: the hashes,
    32 bytes each, of every perfect subtree that this leaf completes, smallest first.
    """

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leaf")
    pages = models.BigIntegerField()
    nodes = models.BinaryField()

    def __str__(self) -> str:
        return f"leaf {self.index}"


class Checkpoint(models.Model):
    """The tree's size and root at an instant, signed with Ed25519; *body* is what is signed."""

    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    body = models.BinaryField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"
