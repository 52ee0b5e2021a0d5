"""Atom feeds: what was told to everyone, of all consultations, of a group's or of one (RFC 4287)."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.translation import gettext as _

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.core import addresses
from consulta.groups import queries as groups
from consulta.groups.models import Group
from consulta.notices import queries, wording
from consulta.notices.models import Notice
from consulta.web.public.views.consultations import by_slug
from consulta.web.ui import languages
from consulta.web.ui.finished import finished
from consulta.web.ui.templatetags.ui import speech


class _Everything(Feed[Notice, None]):
    """The latest notices about all consultations, in the language that is active."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Name the feed after the body."""
        return _("%(body)s: open consultations") % {"body": self.author_name()}

    def author_name(self) -> str:
        """Name the body as the author of all entries."""
        body = groups.body()
        return groups.name(body, languages.current()).text if body else "Consulta"

    def link(self) -> str:
        """Lead to the list of consultations."""
        return f"{settings.BASE_URL}/{languages.current()}/consultations/"

    def feed_url(self) -> str:
        """Say where the feed itself is."""
        return f"{settings.BASE_URL}{reverse('feed')}?lang={languages.current()}"

    def items(self) -> list[Notice]:
        """Return the notices, the newest first."""
        return list(queries.latest(language=languages.current()))

    def item_title(self, item: Notice) -> str:
        """Say what happened to which consultation."""
        topic = consultations.topic(item.consultation, languages.current())
        return wording.title(item, topic.text)

    def item_description(self, item: Notice) -> str:
        """Say it in a sentence, with the institution's reason: HTML, as the feed declares it."""
        reason, in_utc = wording.reason(item), wording.in_utc(item)
        told = format_html("<p>{}</p>", wording.sentence(item))
        if in_utc:
            told += format_html("<p>{}</p>", in_utc)
        if not reason.text:
            return told
        words = format_html("<p{}>{}</p>", speech(reason.language), reason.text)
        return told + words

    def item_link(self, item: Notice) -> str:
        """Lead to the consultation."""
        path = addresses.consultation(item.consultation.slug, language=languages.current())
        return f"{settings.BASE_URL}{path}"

    def item_guid(self, item: Notice) -> str:
        """Identify the notice for ever, in whatever language it is read (RFC 4151)."""
        return f"tag:{settings.HOST},2026:notice-{item.pk}"

    def item_pubdate(self, item: Notice) -> datetime:
        """Say when it was told."""
        return item.at

    def item_updateddate(self, item: Notice) -> datetime:
        """Say when it was told: a notice is never changed."""
        return item.at


class _OfGroup(_Everything):
    """The notices about the consultations of one group."""

    def __init__(self, group: Group) -> None:
        self.group = group

    def title(self) -> str:
        """Name the feed after the group."""
        return groups.name(self.group, languages.current()).text

    def link(self) -> str:
        """Lead to the group."""
        return f"{settings.BASE_URL}{reverse('public:group', args=[self.group.slug])}"

    def feed_url(self) -> str:
        """Say where the feed itself is."""
        path = reverse("group_feed", args=[self.group.slug])
        return f"{settings.BASE_URL}{path}?lang={languages.current()}"

    def items(self) -> list[Notice]:
        """Return what was told about them, the newest first."""
        return list(queries.latest(group=self.group, language=languages.current()))


class _OfConsultation(_Everything):
    """The notices about one consultation."""

    def __init__(self, consultation: Consultation) -> None:
        self.consultation = consultation

    def title(self) -> str:
        """Name the feed after the topic."""
        return consultations.topic(self.consultation, languages.current()).text

    def link(self) -> str:
        """Lead to the consultation."""
        path = addresses.consultation(self.consultation.slug, language=languages.current())
        return f"{settings.BASE_URL}{path}"

    def feed_url(self) -> str:
        """Say where the feed itself is."""
        path = reverse("consultation_feed", args=[self.consultation.slug])
        return f"{settings.BASE_URL}{path}?lang={languages.current()}"

    def items(self) -> list[Notice]:
        """Return what was told about it, the newest first."""
        notices = list(queries.of_consultation(self.consultation, language=languages.current()))
        for notice in notices:
            notice.consultation = self.consultation
        return notices


@finished(shows="pages", query=("lang",))
def everything(request: HttpRequest) -> HttpResponse:
    """Give out the feed of all consultations; `?lang=fr` for another language."""
    with speaking(request):
        return _Everything()(request)


@finished(shows="pages", query=("lang",))
def of_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Give out the feed of one group's consultations."""
    found = group_by_slug(slug)
    with speaking(request):
        return _OfGroup(found)(request)


@finished(shows="pages", query=("lang",))
def of_consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Give out the feed of one consultation."""
    found = by_slug(request, slug)
    with speaking(request):
        return _OfConsultation(found)(request)


def group_by_slug(slug: str) -> Group:
    """Return the group called *slug*. Raises Http404."""
    try:
        return groups.by_slug(slug)
    except Group.DoesNotExist as error:
        raise Http404 from error


def speaking(request: HttpRequest) -> translation.override:
    """Speak the language that `?lang=` asks for. Raises Http404 for one that is not spoken here."""
    asked = request.GET.get("lang") or languages.current()
    if asked not in languages.names():
        raise Http404
    return translation.override(languages.django_code(asked))
