"""The API itself: its name, how it writes JSON, how it refuses, who may read it from where."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import BaseRenderer

from consulta.web.ui import languages

READ = ["GET", "HEAD"]
_SENDING = re.compile(r"/api/v1/consultations/[-a-z0-9_]+/responses")
#: Any page of the web may read what is public; nothing here depends on who asks (Fetch standard).
FROM_ANYWHERE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag"}


class RefusedError(Exception):
    """The request cannot be answered; *sentence* says how to mend it."""

    def __init__(self, error: str, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.error, self.sentence, self.status = error, sentence, status
        self.headers: dict[str, str] = {}


class Json(BaseRenderer):
    """JSON in UTF-8, every script as it is written."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:  # noqa: ARG002
        """Write *data*; dates as ISO 8601."""
        return written(data)


class Api(NinjaAPI):
    """The API; every answer may be read from any page."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """Answer with *data*, readable from anywhere."""
        return open_to_all(super().create_response(request, data, **options))


def written(data: object) -> str:
    """*data* as JSON text."""
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def open_to_all(response: HttpResponse) -> HttpResponse:
    """*response*, with the headers that let any page read it."""
    for name, value in FROM_ANYWHERE.items():
        response[name] = value
    return response


def refusal(error: str, sentence: str, *, status: int) -> HttpResponse:
    """A refusal as JSON: a code, and a sentence that says how to mend it."""
    told = written({"error": error, "message": sentence})
    return open_to_all(HttpResponse(told, status=status, content_type="application/json"))


def began(request: HttpRequest) -> datetime:
    """The instant at which the request began: what is open or overdue is read from it."""
    seconds = request.META.get("consulta.began_at")
    return timezone.now() if seconds is None else datetime.fromtimestamp(float(seconds), UTC)


def speaking(asked: str) -> translation.override:
    """Speak the language that `?lang=` asks for. Raises RefusedError for one not spoken here."""
    if asked not in languages.names():
        sentence = _("The language “%(asked)s” is not spoken here; choose one of: %(known)s.")
        known = ", ".join(sorted(languages.names()))
        raise RefusedError("unknown_language", sentence % {"asked": asked[:20], "known": known})
    return translation.override(languages.django_code(asked))


def takes(path: str) -> bool:
    """Say whether something can be sent to *path*: a response to a consultation, with a key."""
    return _SENDING.fullmatch(path) is not None


def read_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Answer whoever wants more of *view* than to read it with a sentence (405)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if request.method in READ or (request.method == "POST" and takes(request.path)):
            return view(request, *args, **named)
        sentence = _("This address is for reading: ask with GET or HEAD.")
        refused = refusal("not_allowed", sentence, status=405)
        refused["Allow"] = ", ".join(READ)
        return refused

    return csrf_exempt(answer)


api = Api(
    title="Consulta",
    version="1",
    description=(
        "Open consultations by the rule: what is asked, until when, every response that is shown, "
        "and a line for every response that was received. Reading needs no key; sending a "
        "response does. Keys of objects are always there; what is absent is null. Instants are "
        "ISO 8601 with an offset."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    renderer=Json(),
)


@api.exception_handler(RefusedError)
def _refused(_request: HttpRequest, error: RefusedError) -> HttpResponse:
    told = refusal(error.error, error.sentence, status=error.status)
    for name, value in error.headers.items():
        told[name] = value
    return told


@api.exception_handler(Http404)
def _not_found(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return unknown_address(_request)


@api.exception_handler(ValidationError)
def _mistyped(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    sentence = _("The parameter %(name)s cannot be read: %(why)s. Correct it and ask again.")
    first: Mapping[str, Any] = error.errors[0]
    words = {"name": str(first.get("loc", ("?",))[-1]), "why": str(first.get("msg", ""))}
    return refusal("mistyped", sentence % words, status=400)


def unknown_address(_request: HttpRequest, **_path: str) -> HttpResponse:
    """Answer where nothing has this address."""
    where = f"{settings.BASE_URL}/api/v1/openapi.json"
    sentence = _("Nothing has this address; %(where)s lists every address there is.")
    return refusal("not_found", sentence % {"where": where}, status=404)
