"""Atom feeds of the archive: the posts shown last (RFC 4287)."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from consulta.reflector import links, names, queries, words
from consulta.reflector.headed import Headed
from consulta.reflector.models import List, Post, Space
from consulta.web.public.reflector import finding, shown
from consulta.web.public.views.feeds import speaking
from consulta.web.ui import languages
from consulta.web.ui.finished import finished
from consulta.web.ui.templatetags.ui import speech


class _Posts(Feed[Post, None]):
    """The latest posts of a list or a space, in the language that is active."""

    feed_type = Atom1Feed

    def __init__(self, place: List | Space, path: str) -> None:
        self.place, self.path = place, path
        self.headed = Headed(languages.current())

    def title(self) -> str:
        """Name the feed after the list."""
        named = names.name(self.place, languages.current()).text
        return _("%(name)s: discussion list") % {"name": named}

    def link(self) -> str:
        """Lead to the archive."""
        return links.whole(links.archive(self.place, language=languages.current()))

    def feed_url(self) -> str:
        """Say where the feed itself is."""
        return f"{settings.BASE_URL}{self.path}?lang={languages.current()}"

    def items(self) -> list[Post]:
        """Return the posts, the one shown last first."""
        return list(queries.latest(self.place))

    def item_title(self, item: Post) -> str:
        """Return the title, with the name under which it is shown."""
        author, title = words.author(item), shown.title(item)
        return f"{title} – {author}" if author else title

    def item_description(self, item: Post) -> SafeString:
        """Return the words as HTML, as the feed declares it."""
        said = self.headed.whole(item)
        body = mark_safe(linebreaks(said, autoescape=True))  # noqa: S308  (escaped)
        return format_html("<div{}>{}</div>{}", speech(item.language), body, _attached(item))

    def item_link(self, item: Post) -> str:
        """Lead to the post."""
        return links.whole(links.post(item, language=languages.current()))

    def item_guid(self, item: Post) -> str:
        """Identify the post for ever, in whatever language it is read (RFC 4151)."""
        return f"tag:{settings.HOST},2026:post-{item.pk}"

    def item_author_name(self, item: Post) -> str:
        """Return the author's name; never an address."""
        return words.author(item) or _("A participant")

    def item_pubdate(self, item: Post) -> datetime:
        """Say when it was shown."""
        return item.shown_at or item.arrived_at

    def item_updateddate(self, item: Post) -> datetime:
        """Say when it was shown."""
        return item.shown_at or item.arrived_at


def _attached(post: Post) -> SafeString:
    """The files of discussion, each with its address."""
    found = [each for each in shown.attached(post) if each.href] if words.is_shown(post) else []
    listed = ((links.whole(each.href), each.name) for each in found)
    lines = format_html_join("", '<li><a href="{}">{}</a></li>', listed)
    return format_html("<ul>{}</ul>", lines) if found else mark_safe("")


@finished(shows="pages", query=("lang",))
def of_place(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """Give out the feed of a list or a space; `?lang=fr` for another language."""
    place = finding.place(slug, number)
    with speaking(request):
        return _Posts(place, request.path)(request)
