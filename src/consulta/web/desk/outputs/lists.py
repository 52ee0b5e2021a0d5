"""Lists of addressees at the desk: made, filled by hand or from a table, closed."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from consulta.adapters.sheets.problems import SheetError
from consulta.groups import member_queries, members, permissions
from consulta.groups.permissions import Act
from consulta.notices import addressing, importing, output_queries
from consulta.notices.importing import ImportRefusedError
from consulta.notices.models import Addressee, AddresseeList
from consulta.responses import import_wording
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person, sent
from consulta.web.desk.followups import shown
from consulta.web.desk.outputs import forms, refused
from consulta.web.desk.outputs.views import trail
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@anywhere(Act.CONVENE)
def new(request: HttpRequest) -> HttpResponse:
    """Make a list."""
    group = shown.group(request)
    if group is None:
        return redirect("desk:outputs")
    form = forms.NewList(sent(request), group=group)
    if request.method == "POST" and form.is_valid():
        made, by = form.made(group), person(request)
        if not (why := refused.refusal(lambda: addressing.make(made, by=by))):
            messages.success(request, _("The list is made. Now enter who is on it."))
            return redirect("desk:addressee_list", made.pk)
        form.add_error(None, why)
    context = {"form": form, "group": group, "refused": bool(form.errors)}
    here = trail(group, Link(label=_("New list")))
    return page.show(request, "outputs/new_list.html", context, trail=here)


@require_http_methods(METHODS)
@anywhere(Act.CONVENE)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A list with its addresses; one more, or a table of them."""
    kept, act = _allowed(request, pk), request.POST.get("act", "")
    running = member_queries.running(kept.group, on=members.today(kept.group.body))
    address = forms.NewAddress(
        request.POST if act == "enter" else None, group=kept.group, running=running
    )
    files: Any = (request.POST, request.FILES) if act == "table" else ()
    table, slips = forms.Table(*files, group=kept.group), list[str]()
    if act == "enter" and address.is_valid():
        _enter(request, kept, address)
    if act == "table" and table.is_valid():
        slips = _bring_in(request, kept, table)
    wrong = bool(address.errors or table.errors or slips)
    if request.method == "POST" and not wrong:
        return redirect("desk:addressee_list", kept.pk)
    context = {
        "kept": kept,
        "name": addressing.name(kept, current()),
        "entries": output_queries.entries(kept),
        "delegates": len(members.people_of(kept.group)) if kept.has_delegates else 0,
        "address": address,
        "table": table,
        "slips": slips,
        "refused": wrong,
    }
    here = trail(kept.group, Link(label=forms.list_name(kept)))
    return page.show(request, "outputs/list.html", context, trail=here)


@require_POST
@anywhere(Act.CONVENE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a list."""
    kept = _allowed(request, pk)
    addressing.close(kept, by=person(request))
    messages.success(request, _("The list is closed. What went to it stays on record."))
    return redirect("desk:addressee_list", pk)


@require_POST
@anywhere(Act.CONVENE)
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an address off its list."""
    entry = _entry(request, pk)
    addressing.strike(entry, by=person(request))
    return redirect("desk:addressee_list", entry.list_id)


@require_POST
@anywhere(Act.CONVENE)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail the button that confirms once more."""
    entry = _entry(request, pk)
    addressing.ask_again(entry, by=person(request))
    messages.success(request, _("The link is mailed once more."))
    return redirect("desk:addressee_list", entry.list_id)


def _allowed(request: HttpRequest, pk: int) -> AddresseeList:
    kept: AddresseeList = found(lambda: output_queries.one_list(pk))
    permissions.require(person(request), Act.CONVENE, kept.group)
    return kept


def _entry(request: HttpRequest, pk: int) -> Addressee:
    entry: Addressee = found(lambda: output_queries.entry(pk))
    permissions.require(person(request), Act.CONVENE, entry.list.group)
    return entry


def _enter(request: HttpRequest, kept: AddresseeList, form: forms.NewAddress) -> None:
    told, by = form.told(), person(request)
    if why := refused.refusal(lambda: addressing.enter(kept, told, by=by)):
        form.add_error(None, why)
        return
    asked = told.basis == Addressee.Basis.CONFIRMED
    said = (
        _("A link is mailed. Nothing else goes to the address until it is confirmed.")
        if asked
        else _("The address is on the list.")
    )
    messages.success(request, said)


def _bring_in(request: HttpRequest, kept: AddresseeList, form: forms.Table) -> list[str]:
    """Enter every row of the table; return what is wrong with those that cannot be taken."""
    data, made = form.cleaned_data, list[Addressee]()
    told = {"basis": data["basis"], "language": data["language"], "by": person(request)}
    try:
        rows = _read(data["file"])
        why = refused.refusal(lambda: made.extend(importing.enter(kept, rows, **told)))
    except ImportRefusedError as error:
        return refused.rows(error)
    except SheetError as error:
        why = import_wording.problem(error.problem)
    except (importing.NoAddressColumnError, importing.TooManyRowsError) as error:
        why = refused.sentence(error)
    if why:
        form.add_error("file", why)
        return []
    words = ngettext(
        "%(count)s address was entered.", "%(count)s addresses were entered.", len(made)
    )
    messages.success(request, words % {"count": len(made)})
    return []


def _read(file: UploadedFile[Any]) -> list[importing.Row]:
    """The rows of an uploaded table, opened in a process of its own."""
    suffix = Path(file.name or "").suffix[:8]
    with tempfile.NamedTemporaryFile(prefix="consulta-addresses-", suffix=suffix) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        return importing.read(Path(kept.name))
