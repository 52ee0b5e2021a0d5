"""Which language a page speaks: the first part of its address says so, as `/ar/…` or `/zh/…`."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLResolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

#: Public codes that are spelled otherwise inside Django.
DJANGO_CODES = {"zh": "zh-hans"}
RIGHT_TO_LEFT = frozenset({"ar"})

View = Callable[[HttpRequest], HttpResponse]


def django_code(public: str) -> str:
    """Return Django's spelling of a public language code: `zh` is `zh-hans`."""
    return DJANGO_CODES.get(public, public)


def public_code(code: str | None) -> str:
    """Return the code that addresses, JSON and rows use: `zh-hans` is `zh`; none is the default."""
    return (code or settings.LANGUAGE_CODE).split("-")[0]


def current() -> str:
    """Return the public code of the language being spoken now."""
    return public_code(translation.get_language())


def direction(code: str) -> str:
    """Return `rtl` or `ltr`, the direction in which *code* is written."""
    return "rtl" if public_code(code) in RIGHT_TO_LEFT else "ltr"


def names() -> dict[str, str]:
    """Return the languages of this installation by public code, each named in itself."""
    return {public_code(code): str(name) for code, name in settings.LANGUAGES}


def prefix(path: str) -> str | None:
    """Return the language at the start of *path*, or None where the address carries none."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in names() else None


def switch(request_path: str, code: str) -> str:
    """Return the address of the same page in the language *code* (query string kept)."""
    old = prefix(request_path.split("?", 1)[0])
    rest = request_path[len(old) + 1 :] if old else "/"
    return f"/{code}{rest or '/'}"


def preferred(request: HttpRequest) -> str:
    """Return the public code of the first language the reader's browser asks for and we speak."""
    for wanted, _ in _accepted(request.headers.get("Accept-Language", "")):
        code = wanted.split("-")[0]
        if code in names():
            return code
    return public_code(settings.LANGUAGE_CODE)


def _accepted(header: str) -> list[tuple[str, float]]:
    """Read Accept-Language (RFC 9110, 12.5.4) into codes by weight, best first."""
    return list(parse_accept_lang_header(header.lower()))


class PublicLanguagePattern(LocalePrefixPattern):
    """The `/zh/` at the start of an address, where Django would write `/zh-hans/`."""

    @property
    def language_prefix(self) -> str:
        """The current language's public code and a slash."""
        return f"{current()}/"


def language_patterns(*patterns: Any) -> list[URLResolver]:
    """Put *patterns* under `/{lang}/`; `reverse()` then answers in the current language."""
    return [URLResolver(PublicLanguagePattern(), list(patterns))]


class LanguageMiddleware:
    """Speak the language of the address; send `/` to the reader's own language."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/":
            return self._home(request)
        spoken = prefix(request.path_info) or public_code(settings.LANGUAGE_CODE)
        with translation.override(django_code(spoken)):
            request.LANGUAGE_CODE = django_code(spoken)
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", spoken)
        return response

    def _home(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponseRedirect(f"/{preferred(request)}/")
        patch_vary_headers(response, ["Accept-Language"])
        return response
