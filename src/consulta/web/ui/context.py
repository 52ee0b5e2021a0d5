"""What every page's frame shows: body, languages, sections. Nothing about the reader unless signed in."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import is_valid_path
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from consulta.core.multilingual import Text
from consulta.groups import members, permissions, queries
from consulta.groups.models import Body
from consulta.groups.permissions import Act
from consulta.web.ui import languages

#: The sections of the site; one is shown as soon as its address exists.
SECTIONS = (
    ("consultations/", _("Consultations")),
    ("groups/", _("Groups and meetings")),
    ("repository/", _("Repository")),
    ("search/", _("Search")),
)


#: The name before `consulta init` has entered a body.
UNNAMED = Text("Consulta", "en")


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language; *name* is in that language."""

    code: str
    name: str
    direction: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One link of the main navigation."""

    href: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts around a page's content."""

    language: str
    direction: str
    languages: tuple[LanguageLink, ...]
    sections: tuple[Section, ...]
    body: Text
    home: str
    sign_in: str
    signed_in: bool
    desk: str
    members: str
    release: str
    demo: bool


def frame(request: HttpRequest) -> dict[str, object]:
    """Give templates `frame`, built when a template first asks for it."""
    return {"frame": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Frame:
    """Build the frame. Asks for the user only if a session cookie came with the request."""
    code = languages.current()
    carried = settings.SESSION_COOKIE_NAME in request.COOKIES
    user = getattr(request, "user", None) if carried else None
    body = queries.body()
    held = permissions.held_anywhere(user) if user else frozenset()
    return Frame(
        language=code,
        direction=languages.direction(code),
        languages=language_links(request, code, body),
        sections=sections(request, code),
        body=queries.name(body, code) if body else UNNAMED,
        home=f"/{code}/",
        sign_in=f"/{code}/account/login/",
        signed_in=bool(user and user.is_authenticated),
        desk=f"/{code}/desk/" if Act.SEE_DESK in held else "",
        members=f"/{code}/members/" if user and members.comes_in(user) else "",
        release=settings.RELEASE,
        demo=settings.DEMO,
    )


def language_links(
    request: HttpRequest, current: str, body: Body | None
) -> tuple[LanguageLink, ...]:
    """Return a link to this page in every language in which the body speaks."""
    spoken = (body.languages if body else []) or list(languages.names())
    path = request.get_full_path()
    return tuple(
        LanguageLink(
            code, name, languages.direction(code), languages.switch(path, code), code == current
        )
        for code, name in languages.names().items()
        if code in spoken
    )


def sections(request: HttpRequest, code: str) -> tuple[Section, ...]:
    """Return the sections whose addresses exist, the one being read marked."""
    found = ((f"/{code}/{path}", label) for path, label in SECTIONS)
    return tuple(
        Section(href, str(label), request.path.startswith(href))
        for href, label in found
        if is_valid_path(href)
    )
