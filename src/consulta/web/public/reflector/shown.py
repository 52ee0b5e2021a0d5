"""What the archive shows of a post: what everyone may read, never an address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.core.multilingual import Text
from consulta.mailroom import quotes
from consulta.mailroom.quotes import Passage
from consulta.reflector import copies, files, names, withheld, words
from consulta.reflector.headed import Headed, Part
from consulta.reflector.models import List, Post, PostFile, Space
from consulta.responses.models import Attachment
from consulta.stakeholders import queries as stakeholders
from consulta.web.ui.parts import Link

EXCERPT = 200  # characters
DEEPEST = 3  # answers to answers are set in so often
_FILES = (Attachment.Safety.CLEAN, Attachment.Safety.RELEASED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One post. *state* is empty for what is read; *line*: nothing but the state may be shown."""

    pk: int
    href: str
    thread_href: str
    title: str
    title_lang: str
    author: str
    group: str
    country: str
    language: str
    at: datetime
    zone: str
    state: str
    line: bool
    number: str
    response_href: str
    said: Sequence["Said"]
    files: int
    attached: Sequence["Attached"]
    files_left_out: int
    reply_href: str
    depth: int = 0
    answers: int = 0
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of discussion; without *href* it is not shown, and *why* says the reason."""

    name: str
    size: int | None
    href: str
    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: what was asked, which options were chosen, and its words in passages."""

    part: Part
    passages: Sequence[Passage]


def card(post: Post, language: str, *, depth: int = 0, headed: Headed | None = None) -> Card:
    """Show *post*, loaded whole, to a reader of *language*; its words in full where *headed* is given."""
    response, read = post.response, words.is_shown(post)
    text = words.public(post)
    group = response.public_group if response and read else None
    return Card(
        pk=post.pk,
        **_addresses(post, is_read=read),
        title=title(post),
        title_lang=post.language if read and not response and has_subject(post) else "",
        author=words.author(post) if read else "",
        group=stakeholders.name(group, language).text if group else "",
        country=response.public_country if response and read else "",
        language=post.language,
        at=post.arrived_at,
        zone=post.space.consultation.timezone if post.space else "",
        state="" if read else (response.state if response else post.state),
        line=not read,
        number=response.number if response else "",
        said=[Said(each, _passages(each.text)) for each in headed.parts(post)] if headed else (),
        files=_files(post),
        attached=attached(post) if read else (),
        files_left_out=post.files_left_out if read else 0,
        depth=min(depth, DEEPEST),
        answers=getattr(post, "answers", 0),
        excerpt=_beginning(words.own(text)),
    )


def _addresses(post: Post, *, is_read: bool) -> dict[str, str]:
    """Where the parts of a card lead, empty where there is nothing to lead to."""
    where, response = (post.list.slug, post.pk), post.response
    return {
        "href": reverse("public:list_post", args=where),
        "thread_href": reverse(
            "public:list_thread", args=(post.list.slug, post.root_id or post.pk)
        ),
        "response_href": reverse("public:response", args=[response.number]) if response else "",
        "reply_href": reverse("public:list_reply", args=where) if is_read else "",
    }


def cards(posts: Iterable[Post], language: str) -> list[Card]:
    """Show the posts of one thread, each set in below what it answers."""
    headed, depths = Headed(language), dict[int, int]()
    shown = []
    for post in posts:
        depths[post.pk] = depths.get(post.parent_id or 0, -1) + 1 if post.parent_id else 0
        shown.append(card(post, language, depth=depths[post.pk], headed=headed))
    return shown


def attached(post: Post) -> list[Attached]:
    """The files of discussion that is shown, each with its address or why it has none."""
    return [_attached(post, file) for file in post.files.all()]


def title(post: Post) -> str:
    """The title of a post for everyone; that of a post that is not shown says so."""
    if post.response is None and not words.is_shown(post):
        return _("A post that is not shown")
    if post.root is not None and not has_subject(post):
        named = words.author(post)
        return _("Answer by %(name)s") % {"name": named} if named else _("An answer")
    return copies.subject(post)


def has_subject(post: Post) -> bool:
    """Whether a post has a subject of its own, which is not that of its thread."""
    same = post.root is not None and post.subject_key == post.root.subject_key
    return bool(post.subject) and not same


def trail(place: List | Space, language: str, *further: str) -> list[Link]:
    """The crumbs down to a page of the archive."""
    home = place.list if isinstance(place, Space) else place
    crumbs = [Link(label=_("Groups and meetings"), href=reverse("public:groups"))]
    if home.group is not None:
        href = reverse("public:group", args=[home.group.slug])
        crumbs.append(Link(label=home.group.short_name, href=href))
    crumbs.append(Link(label=_("Discussion list"), href=reverse("public:list", args=[home.slug])))
    if isinstance(place, Space):
        crumbs.append(Link(label=names.name(place, language).text, href=archive(place)))
    return crumbs + [Link(label=label) for label in further]


def archive(place: List | Space) -> str:
    """The address of the archive of a list or a space."""
    if isinstance(place, Space):
        return reverse("public:list_space", args=[place.list.slug, place.consultation.number])
    return reverse("public:list", args=[place.slug])


def beside(place: List | Space, name: str) -> str:
    """The address of the page called *name* (subscribe, new, search) of a list or a space."""
    if isinstance(place, Space):
        where = (place.list.slug, place.consultation.number)
        return reverse(f"public:list_space_{name}", args=where)
    return reverse(f"public:list_{name}", args=[place.slug])


def heading(place: List | Space, language: str) -> Text:
    """What the place is called."""
    return names.name(place, language)


def _passages(text: str) -> list[Passage]:
    found = quotes.passages(text)
    return [Passage(p.text.strip("\n"), p.quoted) for p in found if p.text.strip()]


def _attached(post: Post, file: PostFile) -> Attached:
    if not files.is_readable(file):
        return Attached(files.name(file), file.size, "", withheld.why(file))
    href = reverse("public:list_post_file", args=(post.list.slug, post.pk, file.position))
    return Attached(files.name(file), file.clean_size, href, "")


def _files(post: Post) -> int:
    if post.response is None:
        return len(post.files.all()) if words.is_shown(post) else 0
    version = post.response.published_version if post.response and words.is_shown(post) else None
    return sum(1 for f in version.attachments.all() if f.safety in _FILES) if version else 0


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT].rsplit(" ", 1)[0] + " …"
