"""The ledger for machines: how far it is signed, and any public act with its proof."""

import json
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from consulta.ledger import proofs, reading
from consulta.ledger.models import Entry
from consulta.web.api import judged_shapes, telling
from consulta.web.api.door import READ, RefusedError

router = Router()
Json = dict[str, object]


@router.api_operation(READ, "/ledger", response=judged_shapes.Ledger)
def ledger(request: HttpRequest) -> Json:  # noqa: ARG001
    """Show how many entries there are and the last signed checkpoint, for outsiders to keep."""
    standing, last = reading.standing(), reading.last_checkpoint()
    signed = {
        "size": last.size,
        "root": last.root,
        "at": telling.instant(last.at),
        "checkpoint": bytes(last.body).decode(),
        "signature": last.signature,
        "key": last.key,
    } if last else None  # fmt: skip
    return {"size": standing.size, "waiting": standing.waiting, "checkpoint": signed}


@router.api_operation(READ, "/ledger/{uid}", response=judged_shapes.LedgerEntry)
def ledger_entry(request: HttpRequest, uid: UUID) -> Json:  # noqa: ARG001
    """Show the entry of an act that shows on public pages, with its proof once it is signed."""
    try:
        found = reading.public_entry(uid)
    except Entry.DoesNotExist as error:
        sentence = _("The ledger has no public entry with this id; the pages of acts name theirs.")
        raise RefusedError("entry_unknown", sentence, status=404) from error
    proof = proofs.inclusion(found)
    return {
        **json.loads(bytes(found.body)),
        "url": telling.page("public:ledger_entry", found.uid),
        "leaf_hash": found.leaf_hash,
        "index": proof["index"] if proof else None,
        "proof": proof,
    }
