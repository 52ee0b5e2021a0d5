"""A contribution that a delegation submitted and the secretariat has not posted yet."""

from consulta.groups.models import Delegate
from consulta.meetings import contributing, drafting
from consulta.meetings.models import Contribution, Meeting

FILE = {"name": "annex.txt", "path": "files/annex", "media_type": "text/plain", "language": "en"}


def handed_in(meeting: Meeting, place: Delegate, **more: object) -> Contribution:
    """One with a file called annex.txt; *more*: other words than the usual ones."""
    told = {"titles": {"en": "Handed in"}, "language": "en", "purpose": "action", "text": "Words."}
    told |= {"audience": "members", **more}
    draft = drafting.begin(meeting, place.membership, told, by=place.user)
    drafting.attach(draft, FILE | {"sha256": "0" * 64, "size": 9}, by=place.user)
    contributing.submit(draft, by=place.user)
    return Contribution.objects.get(pk=draft.pk)
