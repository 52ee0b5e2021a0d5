"""Give committed entries their place in the tree. The only writer of Leaf."""

from collections.abc import Sequence

from django.db import connection, transaction

from consulta.ledger import tree
from consulta.ledger.models import Leaf, Unsequenced

BATCH = 500
_LOCK = 0x434F4E53  # any fixed number: PostgreSQL's advisory lock of the sequencer


def sequence() -> int:
    """Append every committed entry without a place to the tree; how many there were.

    Safe when several run at once: they take turns. Short transactions of 500 entries.
    """
    done = 0
    while Unsequenced.objects.exists():
        done += _place()
    return done


@transaction.atomic
def _place() -> int:
    _take_turn()
    waiting = list(Unsequenced.objects.select_related("entry").order_by("entry_id")[:BATCH])
    if waiting:
        Leaf.objects.bulk_create(_leaves(waiting))
        Unsequenced.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    return len(waiting)


def _take_turn() -> None:
    """On SQLite the transaction itself is the turn: it began IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _leaves(waiting: Sequence[Unsequenced]) -> list[Leaf]:
    last = Leaf.objects.order_by("-index").first()
    index, pages = (last.index + 1, last.pages) if last else (0, 0)
    edge = tree.Frontier.stored(index)
    leaves = []
    for place, row in enumerate(waiting, start=index):
        pages += row.pages
        nodes = b"".join(edge.append(place, bytes.fromhex(row.entry.leaf_hash)))
        leaves.append(Leaf(index=place, entry=row.entry, pages=pages, nodes=nodes))
    return leaves
