"""Addresses of the API, under /api/v1/."""

from django.urls import URLPattern, URLResolver, path

from consulta.web.api import clock, consultations, description, gatherings
from consulta.web.api.door import api, unknown_address

for room in (consultations, clock, gatherings):
    api.add_router("", room.router)

_ROOT = "api-root"  # the library's own page about the root; ours stands before it

urlpatterns: list[URLPattern | URLResolver] = [
    path("", description.addresses, name="api"),
    path("openapi.json", description.openapi, name="api_description"),
    *[each for each in api.urls[0] if getattr(each, "name", "") != _ROOT],
    path("<path:rest>", unknown_address, name="api_unknown"),
]
