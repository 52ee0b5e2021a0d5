"""The ledger in public: how it stands, the acts that show on pages, and the proof of each one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consulta.ledger import keys, proofs, reading, wording
from consulta.ledger.models import Entry
from consulta.web.ui.finished import finished
from consulta.web.ui.parts import Link

LONGEST = 12  # digits of a place where a page begins


@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """Show how far the record is signed, and the newest acts that show on public pages."""
    typed = request.GET.get("before", "")
    known = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST
    entries, following = reading.public(before=int(typed) if known else None)
    context = {
        "standing": reading.standing(),
        "checkpoint": reading.last_checkpoint(),
        "keys": keys.public_keys(),
        "entries": [(entry, wording.act(entry.act)) for entry in entries],
        "next": f"?before={following}" if following else "",
    }
    return render(request, "public/ledger.html", context)


@require_safe
def entry(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """Show one entry with its bytes and its proof. A page is kept once the entry is signed."""
    try:
        found = reading.public_entry(uid)
    except Entry.DoesNotExist as error:
        raise Http404 from error
    proof = proofs.inclusion(found)
    act = wording.act(found.act)
    context = {
        "entry": found,
        "trail": [Link(label=_("Ledger"), href=reverse("public:ledger")), Link(label=act)],
        "place": proof["index"] if proof else None,
        "act": act,
        "body": bytes(found.body).decode(),
        "proof": proof,
    }
    return _kept(request, context) if proof else _shown(request, context)


def _shown(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return render(request, "public/ledger_entry.html", context)


_kept = finished(shows="pages", query=())(_shown)
