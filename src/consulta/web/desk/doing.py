"""Doing an act for a page: it is done, or the page says in a sentence how to mend it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from consulta.web.desk import refusals


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Do *act* and say *done*; say what stands in the way where the procedure refuses it."""
    refused = refusal(act)
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, done)
    return not refused


def refusal(act: Callable[[], object]) -> str:
    """Do *act*; return empty, or the sentence that says why it was refused and how to mend it."""
    try:
        act()
    except refusals.REFUSED as error:
        return refusals.sentence(error)
    return ""
