"""Addresses of the API, under /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from consulta.web.api import (
    afterwards,
    campaigns,
    clock,
    consultations,
    description,
    followups,
    gatherings,
    ledger,
    planning,
    submitting,
    verdicts,
)
from consulta.web.api.door import api, read_only, unknown_address

SENDING = submitting.submit  # stands beside the list that it adds to, at the same address

for room in (consultations, afterwards, campaigns, clock, gatherings, ledger, planning, verdicts):
    api.add_router("", room.router)
api.add_router("", followups.router)

_ROOT = "api-root"  # the library's own page about the root; ours stands before it


def _readable(found: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The library's addresses of ours, each for reading alone."""
    ours = [each for each in found if isinstance(each, URLPattern) and each.name != _ROOT]
    return [URLPattern(each.pattern, read_only(each.callback), name=each.name) for each in ours]


urlpatterns: list[URLPattern | URLResolver] = [
    path("", read_only(description.addresses), name="api"),
    path("openapi.json", read_only(description.openapi), name="api_description"),
    *_readable(api.urls[0]),
    path("<path:rest>", read_only(unknown_address), name="api_unknown"),
]
