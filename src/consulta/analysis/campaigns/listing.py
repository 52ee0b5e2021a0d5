"""Listing: members of a campaign as pages show them, each with what it says besides the shared text."""

from collections.abc import Sequence
from dataclasses import dataclass

from consulta.analysis.campaigns import shown
from consulta.analysis.campaigns.shown import Own, Shared
from consulta.analysis.models import Campaign, CampaignMember
from consulta.core.differences import Run
from consulta.core.lifecycle import State
from consulta.responses.models import Response

#: Characters of own words in a list; the page of the response shows them whole.
LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Row:
    """A member: its *own* words (*is_cut*: only their beginning), and how many sentences it leaves out.

    *is_shown*: readers see the response; of one that they do not see, no words are here.
    """

    member: CampaignMember
    own: tuple[Own, ...]
    left_out: int
    is_cut: bool
    is_shown: bool
    is_changed: bool

    @property
    def response(self) -> Response:
        """The response itself."""
        return self.member.response

    @property
    def hundredths(self) -> int:
        """How much it has in common with the shared text; 100 is all of it."""
        return min(int(self.member.similarity * 100), 100)

    @property
    def is_same(self) -> bool:
        """Whether it says the shared text and nothing else."""
        return self.is_shown and not self.own and not self.left_out


def rows(campaign: Campaign, text: Shared | None, members: Sequence[CampaignMember]) -> list[Row]:
    """*members*, loaded with their responses, beside the shared *text*. Two queries."""
    said = shown.said_by(members, campaign) if text else {}
    found = []
    for member in members:
        told = said.get(member.response_id)
        own = shown.own(text, told) if text and told else ()
        gone = shown.left_out(text, shown.told(text, told)) if text and told else 0
        cut, is_cut = _cut(own)
        version = member.response.published_version
        is_shown = member.response.state == State.PUBLISHED
        changed = version is not None and member.version_id != version.pk
        found.append(Row(member, cut, gone, is_cut, is_shown, is_changed=changed))
    return found


def _cut(own: tuple[Own, ...]) -> tuple[tuple[Own, ...], bool]:
    """The first :data:`LONGEST` characters of own words."""
    left = LONGEST
    kept: list[Own] = []
    for passage in own:
        if left <= 0:
            return tuple(kept), True
        if len(passage.text) > left:
            kept.append(Own(passage.question, (Run(passage.text[:left].rstrip() + "…", own=True),)))
            return tuple(kept), True
        kept.append(passage)
        left -= len(passage.text)
    return tuple(kept), False
