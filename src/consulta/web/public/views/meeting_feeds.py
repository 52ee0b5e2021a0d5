"""What happens to one meeting, as an Atom feed, and its days and times, as a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _

from consulta.groups import queries as groups
from consulta.meetings import agenda_lines, agenda_queries, queries, wording
from consulta.meetings.models import Meeting
from consulta.web.public.shown import calendars as shown
from consulta.web.public.views.calendars import answer
from consulta.web.public.views.feeds import speaking
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a meeting: an identity that stays, when, in words."""

    key: str
    at: datetime
    title: str
    text: str = ""


class _OfMeeting(Feed[Happened, None]):
    """What everyone may know of one meeting, in the language that is active."""

    feed_type = Atom1Feed

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.address = f"{settings.BASE_URL}{reverse('public:meeting', args=[meeting.slug])}"

    def title(self) -> str:
        """Name the feed after the meeting."""
        return wording.name(self.meeting, current()).text

    def author_name(self) -> str:
        """Name the body as the author of all entries."""
        body = groups.body()
        return groups.name(body, current()).text if body else "Consulta"

    def link(self) -> str:
        """Lead to the meeting's page."""
        return self.address

    def feed_url(self) -> str:
        """Say where the feed itself is."""
        path = reverse("meeting_feed", args=[self.meeting.slug])
        return f"{settings.BASE_URL}{path}?lang={current()}"

    def items(self) -> list[Happened]:
        """Return what happened, the latest first."""
        return sorted(_happened(self.meeting), key=lambda one: one.at, reverse=True)

    def item_title(self, item: Happened) -> str:
        """Say what happened."""
        return item.title

    def item_description(self, item: Happened) -> str:
        """Say it in the institution's words, where it gave any."""
        return format_html("<p>{}</p>", item.text) if item.text else ""

    def item_link(self, _item: Happened) -> str:
        """Lead to the meeting's page."""
        return self.address

    def item_guid(self, item: Happened) -> str:
        """Identify it for ever, in whatever language it is read (RFC 4151)."""
        return f"tag:{settings.HOST},2026:{item.key}"

    def item_pubdate(self, item: Happened) -> datetime:
        """Say when it happened."""
        return item.at

    def item_updateddate(self, item: Happened) -> datetime:
        """Say when it happened: what was told is never changed."""
        return item.at


@finished(shows="pages", query=("lang",))
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Give out the feed of one meeting; `?lang=fr` for another language."""
    found = _by_slug(slug)
    with speaking(request):
        return _OfMeeting(found)(request)


@finished(shows="pages", query=("lang",))
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Give out the days of one meeting, and the times of the items that everyone has."""
    found = _by_slug(slug)
    with speaking(request):
        events = list(shown.of_meeting(found, _listed(found)))
        return answer(events, name=wording.name(found, current()).text)


def _by_slug(slug: str) -> Meeting:
    try:
        return queries.by_slug(slug)
    except Meeting.DoesNotExist as error:
        raise Http404 from error


def _listed(meeting: Meeting) -> list[agenda_queries.Listed]:
    if not agenda_queries.may_see(meeting, AnonymousUser()):
        return []
    return agenda_queries.shown(meeting, [], member=False)


def _happened(meeting: Meeting) -> Iterator[Happened]:
    """What everyone may know: the agenda and its changes, moved dates, documents that are listed."""
    if agenda_queries.may_see(meeting, AnonymousUser()) and meeting.agenda_published_at:
        key = f"agenda-{meeting.pk}"
        yield Happened(key, meeting.agenda_published_at, _("The agenda is published"))
        changes = agenda_queries.changes(meeting, member=False)
        told = agenda_lines.changed(changes, current(), minutes=False)
        for change, words in zip(changes, told, strict=True):
            said = {"number": words.number, "what": words.what}
            title = _("Agenda, item %(number)s: %(what)s") % said
            key = f"agenda-change-{change.pk}"
            yield Happened(key, change.changed_at, title, change.reason)
    for move in queries.moves(meeting):
        yield Happened(f"move-{move.pk}", move.decided_at, _("The dates changed"), move.reason)
    if meeting.cancelled_at is not None:
        key = f"cancelled-{meeting.pk}"
        why = meeting.cancellation_reason
        yield Happened(key, meeting.cancelled_at, _("The meeting is cancelled"), why)
    for document in queries.documents(meeting, AnonymousUser()):
        if document.posted_at is not None and document.withdrawn_at is None:
            title = queries.title(document, current()).text or document.number
            said = {"number": document.number, "title": title}
            named = _("Document %(number)s: %(title)s") % said
            yield Happened(f"document-{document.pk}", document.posted_at, named)
