"""Erasing by law what stands on no page of its own: an address that is told, an organisation's name."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from consulta.flow import erasing
from consulta.groups.permissions import Act
from consulta.web.desk import page, refusals
from consulta.web.desk.access import everywhere, person
from consulta.web.ui.parts import Link


class Address(forms.Form):
    """Which address is forgotten, wherever it only asked to be told."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("As it was given; small and large letters are the same."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class Name(forms.Form):
    """Which organisation is forgotten."""

    name = forms.CharField(
        label=gettext_lazy("Name of the organisation"),
        help_text=gettext_lazy("The whole name, as it is on record."),
        max_length=300,
    )


#: By what the page's forms send: the form, and the act on what was typed.
FORMS: dict[str, type[forms.Form]] = {"address": Address, "organisation": Name}


@require_http_methods(["GET", "HEAD", "POST"])
@everywhere(Act.ERASE)
def erase_known(request: HttpRequest) -> HttpResponse:
    """Two forms: an address, and an organisation's name; each is forgotten for good."""
    do = request.POST.get("do", "")
    asked = {what: form(_sent(request, what == do)) for what, form in FORMS.items()}
    chosen = asked.get(do)
    if chosen is not None and chosen.is_valid() and _erased(request, do, chosen):
        return redirect("desk:erase_known")
    context = {**asked, "refused": bool(chosen and chosen.errors)}
    return page.show(request, "forget.html", context, trail=[Link(label=_("Erase by law"))])


def _sent(request: HttpRequest, is_this: bool) -> Any:
    return request.POST if is_this else None


def _erased(request: HttpRequest, do: str, form: forms.Form) -> bool:
    """Do it and say so; else say at the field what stands in the way, with what was typed."""
    by, ((field, typed),) = person(request), form.cleaned_data.items()
    act = erasing.erase_address if do == "address" else erasing.erase_organisation
    try:
        gone = act(typed, by=by)
    except refusals.REFUSED as error:
        form.add_error(field, refusals.sentence(error))
        return False
    if not gone:
        form.add_error(field, _NOTHING[do]())
        return False
    messages.success(request, _DONE[do](gone))
    return True


_NOTHING: dict[str, Callable[[], str]] = {
    "address": lambda: _(
        "Nothing here is told to this address. A response or a post under it is erased on its own page."
    ),
    "organisation": lambda: _(
        "No organisation is on record under this name. In a response it is erased with the response."
    ),
}
_DONE: dict[str, Callable[[int], str]] = {
    "address": lambda gone: (
        ngettext(
            "Done: the address is forgotten in %(count)s place, and nothing more goes to it.",
            "Done: the address is forgotten in %(count)s places, and nothing more goes to it.",
            gone,
        )
        % {"count": gone}
    ),
    "organisation": lambda _gone: _("Done: its name and its focal point are forgotten."),
}
