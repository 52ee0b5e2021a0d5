"""Lists of addressees and outputs that tests send."""

from consulta.accounts.models import User
from consulta.groups.models import Group
from consulta.mailroom import spool
from consulta.meetings import documents
from consulta.meetings.models import Decision, Document, Meeting
from consulta.notices import addressing
from consulta.notices.addressing import Entered
from consulta.notices.models import AddresseeList
from tests import settled


def a_list(group: Group, by: User, sort: str = "stakeholders", **more) -> AddresseeList:
    """A list called by its sort."""
    made = AddresseeList(group=group, sort=sort, names={"en": f"List of {sort}"}, **more)
    return addressing.make(made, by=by)


def entered(kept: AddresseeList, email: str, by: User, **more):
    """An institutional address on the list."""
    return addressing.enter(kept, Entered(email=email, **more), by=by)


def decided(meeting: Meeting, audience: str = "public", words: str = "It is so.") -> Decision:
    """A decision of *meeting* for readers of *audience*."""
    position = Decision.objects.filter(meeting=meeting).count() + 60
    return Decision.objects.create(
        meeting=meeting, kind="consensus", position=position, audience=audience,
        texts=settled.words(words),
    )  # fmt: skip


def posted(meeting: Meeting, audience: str = "members", title: str = "A title") -> Document:
    """A document posted now."""
    kept = spool.keep([b"words"], folder="editions")
    file = {"name": "a.txt", "path": kept.path, "sha256": kept.sha256, "size": kept.size}
    made = Document(meeting=meeting, titles={"en": title}, source="Secretariat", audience=audience,
                    sort="liaison", files=[file | {"media_type": "text/plain", "language": "en"}])  # fmt: skip
    return documents.post(made, language="en", by=None)
