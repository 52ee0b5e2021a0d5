"""Proof that an entry stands in the record, in a form that is verified offline."""

from typing import Any

from consulta.core import merkle
from consulta.ledger import tree
from consulta.ledger.models import Checkpoint, Entry


def inclusion(entry: Entry, *, checkpoint: Checkpoint | None = None) -> dict[str, Any] | None:
    """The proof that *entry* is under *checkpoint* (else the first one that covers it).

    None until it is sequenced and signed. Keys: `entry` (the exact bytes, as text), `index`,
    `size`, `path` (hashes in hexadecimal), `root`, `checkpoint` (the signed text), `signature`,
    `key`. About log2(size) rows are read.
    """
    index = Entry.objects.values_list("leaf__index", flat=True).get(pk=entry.pk)
    if index is None:
        return None
    if checkpoint is None:
        checkpoint = Checkpoint.objects.filter(size__gt=index).order_by("id").first()
    if checkpoint is None or checkpoint.size <= index:
        return None
    path = merkle.inclusion_path(index, checkpoint.size, tree.stored_node)
    return {
        "entry": bytes(entry.body).decode(),
        "index": index,
        "size": checkpoint.size,
        "path": [step.hex() for step in path],
        "root": checkpoint.root,
        "checkpoint": bytes(checkpoint.body).decode(),
        "signature": checkpoint.signature,
        "key": checkpoint.key,
    }
