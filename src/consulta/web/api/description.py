"""What the API is, for machines: its addresses, and its description as OpenAPI."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from consulta.web.api.door import api, open_to_all, written
from consulta.web.ui.finished import finished

PREFIX = "/api/v1/"


@finished(shows="pages", query=())
def openapi(_request: HttpRequest) -> HttpResponseBase:
    """Give out the description of the API (OpenAPI 3.1)."""
    described = api.get_openapi_schema(path_prefix=PREFIX)
    for operations in described["paths"].values():
        operations.pop("head", None)  # every address that can be read can be asked for its headers
    described["servers"] = [{"url": settings.BASE_URL}]
    return _json(described)


@finished(shows="pages", query=())
def addresses(_request: HttpRequest) -> HttpResponseBase:
    """List the addresses of the API; the description has the shapes."""
    paths = sorted(api.get_openapi_schema(path_prefix=PREFIX)["paths"])
    return _json(
        {
            "title": api.title,
            "version": api.version,
            "description": f"{settings.BASE_URL}{PREFIX}openapi.json",
            "addresses": [f"{settings.BASE_URL}{path}" for path in paths],
        }
    )


def _json(data: object) -> HttpResponse:
    return open_to_all(HttpResponse(written(data), content_type="application/json"))
