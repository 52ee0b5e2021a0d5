"""Sample threads in the discussion list: the responses that came there, and what was said beneath them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from consulta.consultations.models import Consultation
from consulta.core.submission import Channel, Sender
from consulta.flow import sample_texts as files
from consulta.flow.sample_accounts import MODERATOR, user
from consulta.flow.sample_texts import Table
from consulta.reflector import lists, posting
from consulta.reflector.models import Post, Space
from consulta.reflector.posting import Written
from consulta.responses.models import Response

FILE = "sample-posts.toml"


def load(consultation: Consultation) -> None:
    """Make the list of the sample group and post what is missing; nothing is done twice."""
    space = lists.space(consultation, now=timezone.now())
    standing = {key: _begin(space, response) for key, response in _responses(consultation).items()}
    for told in files.read(FILE)["posts"]:
        standing[told["key"]] = _discuss(space, told, standing.get(told.get("answers", "")))


def _responses(consultation: Consultation) -> dict[str, Response]:
    """The sample responses that came through the list, by their names in the files."""
    rows = Response.objects.filter(consultation=consultation, channel=Channel.REFLECTOR)
    return {row.idempotency_key.removeprefix("sample:"): row for row in rows}


def _begin(space: Space, response: Response) -> Post:
    version = response.versions.earliest("ordinal")
    written = Written(
        place=space,
        sender=Sender(),
        subject="",
        text="",
        language=version.language,
        arrived_at=response.received_at,
        key=f"response:{response.pk}",
    )
    return posting.begin_with(response, written)


@transaction.atomic
def _discuss(space: Space, told: Table, parent: Post | None) -> Post:
    """One sample post, by the usual acts."""
    written = Written(
        place=space.list if told.get("general") else space,
        sender=Sender(told["address"], told["name"], authenticated=True),
        subject=told.get("subject", ""),
        text=told["text"],
        language=told["language"],
        arrived_at=_arrived(space.consultation, told),
        key=f"sample:{told['key']}",
        parent=parent,
    )
    post = posting.discuss(written)
    if post.state == Post.State.HELD and not told.get("waits"):
        posting.show(post, now=written.arrived_at, by=user(MODERATOR))
    return post


def _arrived(consultation: Consultation, told: Table) -> datetime:
    begun = consultation.opens_at or consultation.created_at
    return begun + timedelta(hours=float(told["received_offset_hours"]))
