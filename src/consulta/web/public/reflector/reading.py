"""The archive: lists, spaces, threads, posts, words in them. Nothing is shown that was not let be shown."""

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from consulta.consultations.models import Consultation
from consulta.reflector import addresses, files, names, queries
from consulta.reflector.addresses import Verb
from consulta.reflector.headed import Headed
from consulta.reflector.models import List, PostFile, Space
from consulta.responses import attachments
from consulta.web.public import stored
from consulta.web.public.moment import began
from consulta.web.public.reflector import finding, shown
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current

PAGE, FOUND = 40, 50
SHORTEST, LONGEST = 2, 100  # characters looked for


@finished(shows="register")
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group's list: its spaces, and the threads outside of them."""
    place = finding.place(slug)
    spaces = queries.spaces(place) if isinstance(place, List) else []
    language = current()
    context = {
        "spaces": [(space, names.name(space, language), shown.archive(space)) for space in spaces]
    }
    return _archive(request, place, "public/reflector/list.html", context)


@finished(shows="register")
def space(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the space of one consultation: responses that came to the list, and discussion."""
    place = finding.place(slug, number)
    state = place.consultation.state(began(request)) if isinstance(place, Space) else ""
    context = {"state": state, "takes": state == Consultation.State.OPEN}
    return _archive(request, place, "public/reflector/space.html", context)


@finished(shows="register", query=())
def thread(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a whole thread: what began it, and what was said beneath."""
    root = finding.post(slug, pk)
    if root.root is not None:
        return redirect("public:list_thread", slug, root.root.pk)
    place, language = root.space or root.list, current()
    title = shown.title(root)
    context = about(place) | {
        "cards": shown.cards(queries.thread(root), language),
        "trail": shown.trail(place, language, title),
        "title": title,
    }
    return render(request, "public/reflector/thread.html", context)


@finished(shows="register", query=())
def post(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show one post at its address, which never changes."""
    found = finding.post(slug, pk)
    place, language = found.space or found.list, current()
    card = shown.card(found, language, headed=Headed(language))
    context = about(place) | {
        "card": card,
        "root": found.root or found,
        "trail": shown.trail(place, language, card.title),
        "title": card.title,
    }
    return render(request, "public/reflector/post.html", context)


def file(_request: HttpRequest, slug: str, pk: int, position: int) -> FileResponse:
    """Stream the clean copy of a file of a post, to be saved; never the file as it came."""
    home = finding.place(slug)
    try:
        found = queries.file(home, pk, position) if isinstance(home, List) else None
    except PostFile.DoesNotExist as error:
        raise Http404 from error
    if found is None:
        raise Http404
    kind = attachments.shown_type(found)
    return stored.download(stored.path(found.clean_path), name=files.name(found), media_type=kind)


def search(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Look for words in what the archive shows."""
    place, language = finding.place(slug, number), current()
    asked = request.GET.get("q", "").strip().replace("\0", "")[:LONGEST]
    found = queries.search(place, asked, limit=FOUND) if len(asked) >= SHORTEST else ()
    context = about(place) | {
        "trail": shown.trail(place, language, _("Search")),
        "asked": asked,
        "too_short": 0 < len(asked) < SHORTEST,
        "searched": len(asked) >= SHORTEST,
        "cards": [shown.card(each, language) for each in found],
        "limit": FOUND,
    }
    return render(request, "public/reflector/search.html", context)


def about(place: List | Space) -> dict[str, Any]:
    """What every page of a list or a space needs."""
    language = current()
    home = place.list if isinstance(place, Space) else place
    return {
        "place": place,
        "home": home,
        "space": place if isinstance(place, Space) else None,
        "name": names.name(place, language),
        "home_name": names.name(home, language),
        "address": addresses.of(place),
        "discuss_address": addresses.of(place, Verb.DISCUSS),
        "archive_href": shown.archive(place),
        "subscribe_href": shown.beside(place, "subscribe"),
        "new_href": shown.beside(place, "new"),
        "search_href": shown.beside(place, "search"),
        "feed": _feed(place),
    }


def _feed(place: List | Space) -> str:
    if isinstance(place, Space):
        return f"/feeds/lists/{place.list.slug}/{place.consultation.number}.atom"
    return f"/feeds/lists/{place.slug}.atom"


def _archive(
    request: HttpRequest, place: List | Space, template: str, context: dict[str, Any]
) -> HttpResponse:
    language = current()
    page = Paginator(queries.threads(place), PAGE).get_page(request.GET.get("page"))
    told = about(place) | {
        "page": page,
        "cards": [shown.card(post, language) for post in page.object_list],
        "trail": shown.trail(place, language),
    }
    return render(request, template, told | context)
