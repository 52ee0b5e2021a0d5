"""Signed checkpoints: the size and root of the tree at an instant, for outsiders to keep."""

from django.db import transaction
from django.utils import timezone

from consulta.core import merkle
from consulta.core.fingerprint import canonical
from consulta.ledger import keys, tree
from consulta.ledger.ledger import instant
from consulta.ledger.models import Checkpoint

FORM = "consulta/checkpoint/1"


@transaction.atomic
def sign() -> Checkpoint:
    """Sign the tree as it stands; the last checkpoint again when nothing was added.

    Sequence first. Raises keys.LedgerKeyMissingError.
    """
    key = keys.load()
    size = tree.size()
    public = key.public_key().public_bytes_raw().hex()
    last = Checkpoint.objects.order_by("-id").first()
    if last and (last.size, last.key) == (size, public):
        return last
    checkpoint = Checkpoint(size=size, at=timezone.now(), key=public)
    checkpoint.root = merkle.root(size, tree.stored_node).hex()
    checkpoint.body = body(checkpoint)
    checkpoint.signature = key.sign(checkpoint.body).hex()
    checkpoint.save(force_insert=True)
    return checkpoint


def body(checkpoint: Checkpoint) -> bytes:
    """The exact bytes that are signed: RFC 8785 JSON of form, instant, root and size."""
    return canonical(
        {
            "at": instant(checkpoint.at),
            "form": FORM,
            "root": checkpoint.root,
            "size": checkpoint.size,
        }
    )
