"""What is asked about lists: threads, posts, words in them, what waits, who gets them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from consulta.consultations.models import Consultation, ConsultationText, Question
from consulta.core.lifecycle import State
from consulta.groups.models import Group
from consulta.reflector import words
from consulta.reflector.models import List, Mailing, Post, PostFile, Space, Subscription
from consulta.responses.models import Answer, Attachment, Version

LATEST, LOOKED_THROUGH = 50, 200
Place = List | Space
_ANSWERED = Exists(Post.objects.filter(root=OuterRef("pk"), state=Post.State.SHOWN))
#: What has a line in the archive: what is shown, every response by its number, the trace of a removal,
#: and whatever was answered, so that the answers stand beneath something.
_LISTED = Q(state__in=[Post.State.SHOWN, Post.State.RESPONSE, Post.State.REMOVED]) | Q(_ANSWERED)
_READABLE = Q(state=Post.State.SHOWN) | Q(
    state=Post.State.RESPONSE, response__state=State.PUBLISHED
)


@dataclass(frozen=True, slots=True)
class Served:
    """How many subscriptions a list has, by what becomes of them."""

    each: int
    digest: int
    paused: int
    suspended: int
    unconfirmed: int


def lists() -> Sequence[List]:
    """Every list, with its group."""
    return list(List.objects.select_related("group__body"))


def by_slug(slug: str) -> List:
    """The list called *slug*. Raises List.DoesNotExist."""
    return List.objects.select_related("group__body").get(slug=slug)


def find(slug: str) -> List | None:
    """The list called *slug*, None where there is none."""
    return List.objects.select_related("group__body").filter(slug=slug).first()


def of_group(group: Group) -> List | None:
    """The list of *group*."""
    return List.objects.filter(group=group).first()


def spaces(home: List) -> Sequence[Space]:
    """The spaces of a list, the latest consultation first, with their topics."""
    return list(_spaces().filter(list=home).order_by("-consultation__number"))


def space(home: List, number: int) -> Space:
    """The space of the consultation *number* in a list. Raises Space.DoesNotExist."""
    return _spaces().get(list=home, consultation__number=number)


def space_of(consultation_pk: int) -> Space | None:
    """The space of a consultation; None where it has none."""
    return _spaces().filter(consultation=consultation_pk).first()


def spaces_of(consultations: Iterable[int]) -> dict[int, Space]:
    """The spaces of several consultations by their ids. Two queries."""
    return {s.consultation_id: s for s in _spaces().filter(consultation__in=list(consultations))}


def all_places() -> tuple[Sequence[List], Sequence[Space]]:
    """Every list and space there is: for the addresses that take letters. Two queries."""
    rows = Space.objects.select_related("list", "consultation").only(
        "list__slug", "consultation__number"
    )
    return list(List.objects.only("slug")), list(rows)


def threads(place: Place) -> QuerySet[Post]:
    """The first posts of the threads of a place, the one with the latest post first."""
    rows = _of(place).filter(_LISTED, root__isnull=True)
    if isinstance(place, List):
        rows = rows.filter(space__isnull=True)
    shown = Count("replies", filter=Q(replies__state=Post.State.SHOWN))
    return _whole(rows).annotate(answers=shown).order_by("-active_at", "-pk")


def thread(root: Post) -> Sequence[Post]:
    """All posts of a thread that have a line in the archive, in the order of their arrival."""
    rows = Post.objects.filter(_LISTED, Q(pk=root.pk) | Q(root=root.pk))
    return list(_whole(rows).order_by("arrived_at", "pk"))


def post(home: List, pk: int) -> Post:
    """A post of a list that has a line in the archive. Raises Post.DoesNotExist."""
    return _whole(Post.objects.filter(_LISTED, list=home)).get(pk=pk)


def file(home: List, pk: int, position: int) -> PostFile:
    """A file of a post that everyone can read. Raises PostFile.DoesNotExist."""
    rows = PostFile.objects.select_related("post").filter(post__list=home).exclude(clean_path="")
    shown = {"post__state": Post.State.SHOWN, "safety": Attachment.Safety.CLEAN}
    return rows.get(post=pk, position=position, **shown)


def file_at_desk(pk: int, position: int) -> PostFile:
    """A file of any post. Raises PostFile.DoesNotExist."""
    return PostFile.objects.select_related("post__list__group").get(post=pk, position=position)


def whole(pk: int) -> Post:
    """Any post, with everything that is shown of it. Raises Post.DoesNotExist."""
    return _whole(Post.objects.all()).get(pk=pk)


def latest(place: Place, *, limit: int = LATEST) -> Sequence[Post]:
    """The posts shown last in a place (in a list: in all its spaces too)."""
    rows = _of(place).filter(_READABLE, shown_at__isnull=False)
    return list(_whole(rows).order_by("-shown_at", "-pk")[:limit])


def between(place: Place, since: datetime, until: datetime) -> Sequence[Post]:
    """The posts shown after *since*, up to *until*, by thread."""
    rows = _of(place).filter(_READABLE, shown_at__gt=since, shown_at__lte=until)
    found = list(_whole(rows).order_by("shown_at", "pk"))
    return sorted(found, key=lambda p: (p.root_id or p.pk, p.shown_at, p.pk))


def search(place: Place, asked: str, *, limit: int) -> Sequence[Post]:
    """At most *limit* readable posts with these words in what is shown of them.

    What is masked or redacted is not found: a search must not tell what a page does not show.
    """
    answers = Answer.objects.filter(
        text__icontains=asked, version__screening=Version.Screening.PUBLISHED
    )
    said = Q(subject__icontains=asked) | Q(text__icontains=asked)
    named = Q(author_name__icontains=asked) | Q(response__public_name__icontains=asked)
    inside = Q(response__in=answers.values("version__response"))
    rows = _whole(_of(place).filter(_READABLE).filter(said | named | inside))
    found = rows.order_by("-active_at", "-pk")[:LOOKED_THROUGH]
    wanted = asked.casefold()
    return [p for p in found if wanted in _told(p).casefold()][:limit]


def questions(consultation: Consultation) -> Sequence[Question]:
    """What *consultation* asks, with the texts and the options of each question."""
    rows = Question.objects.filter(consultation=consultation).select_related("consultation")
    return list(rows.prefetch_related("texts", "options__texts"))


def waiting(groups: Iterable[Group], *, body: bool) -> Sequence[Post]:
    """Discussion that waits for a moderator in the lists of *groups* (*body*: in the body's own too)."""
    where = Q(list__group__in=list(groups)) | (
        Q(list__group__isnull=True) if body else Q(pk__in=[])
    )
    rows = Post.objects.filter(where, state__in=[Post.State.HELD, Post.State.UNCONFIRMED])
    return list(_whole(rows).order_by("state", "arrived_at")[:LOOKED_THROUGH])


def held(groups: Iterable[Group], *, body: bool) -> int:
    """How many posts wait for a moderator in the lists of *groups* (and in the body's own)."""
    where = Q(list__group__in=list(groups)) | (
        Q(list__group__isnull=True) if body else Q(pk__in=[])
    )
    return Post.objects.filter(where, state=Post.State.HELD).count()


def beneath(response_pk: int) -> tuple[Post | None, int]:
    """The thread that a response begins, and how many posts are shown beneath it."""
    root = Post.objects.select_related("list").filter(response=response_pk).first()
    if root is None:
        return None, 0
    return root, Post.objects.filter(root=root, state=Post.State.SHOWN).count()


def at_desk(pk: int) -> Post:
    """Any discussion. Raises Post.DoesNotExist."""
    return _whole(Post.objects.filter(response__isnull=True)).get(pk=pk)


def served(home: List) -> Served:
    """Count the subscriptions of a list and of its spaces. One query."""
    rows = Subscription.objects.filter(list=home, ended_at__isnull=True)
    on = Q(confirmed_at__isnull=False, paused_at__isnull=True, suspended_at__isnull=True)
    told = rows.aggregate(
        each=Count("pk", filter=on & Q(mode=Subscription.Mode.EACH)),
        digest=Count("pk", filter=on & Q(mode=Subscription.Mode.DIGEST)),
        paused=Count("pk", filter=Q(paused_at__isnull=False, suspended_at__isnull=True)),
        suspended=Count("pk", filter=Q(suspended_at__isnull=False)),
        unconfirmed=Count("pk", filter=Q(confirmed_at__isnull=True)),
    )
    return Served(**told)


def subscriptions(home: List) -> QuerySet[Subscription]:
    """The subscriptions of a list that did not end, those in trouble first."""
    rows = Subscription.objects.filter(list=home, ended_at__isnull=True)
    return rows.select_related("space__consultation", "list__group").order_by("-points", "email")


def subscription(pk: int) -> Subscription:
    """One subscription. Raises Subscription.DoesNotExist."""
    return Subscription.objects.select_related("list__group", "space").get(pk=pk)


def mailings(home: List, *, limit: int = 20) -> Sequence[Mailing]:
    """How the latest mailings of a list went."""
    rows = Mailing.objects.filter(Q(post__list=home) | Q(digest__list=home))
    return list(
        rows.select_related("post", "digest")
        .annotate(later=Count("deferrals"))
        .order_by("-pk")[:limit]
    )


def _told(found: Post) -> str:
    return "\n".join((words.masked(found.subject), words.author(found), words.public(found)))


def _of(place: Place) -> QuerySet[Post]:
    if isinstance(place, Space):
        return Post.objects.filter(space=place)
    return Post.objects.filter(list=place)


def _spaces() -> QuerySet[Space]:
    texts = Prefetch("consultation__texts", ConsultationText.objects.order_by("language"))
    return Space.objects.select_related("list__group__body", "consultation").prefetch_related(texts)


def _whole(rows: QuerySet[Post]) -> QuerySet[Post]:
    """With everything that :mod:`consulta.reflector.words` asks of a post."""
    answers = Prefetch(
        "response__published_version__answers",
        Answer.objects.order_by("question").prefetch_related("redactions"),
    )
    near = (
        *("list__group__body", "space__consultation", "space__list__group"),
        *("response__published_version", "response__public_group"),
        *("root__response", "parent__response", "parent__root__response"),
    )
    texts = Prefetch("space__consultation__texts", ConsultationText.objects.order_by("language"))
    return rows.select_related(*near).prefetch_related(
        answers, texts, "files", "response__published_version__attachments"
    )
