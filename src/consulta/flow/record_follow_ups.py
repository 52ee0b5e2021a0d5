"""The follow-ups of a record: whom each outcome asks, how strongly, by which paragraph, and for what."""

from collections.abc import Mapping

from consulta.flow import sample_texts as files
from consulta.flow.sample_texts import Table
from consulta.groups.models import Body
from consulta.meetings.models import Decision, Document, FollowUp, Meeting, Office

FILE = "offices.toml"


def load_offices(body: Body) -> None:
    """Put the offices that the group asks on record; those that are there stay."""
    for position, told in enumerate(files.read(FILE)["offices"], start=1):
        Office.objects.get_or_create(
            body=body,
            slug=told["slug"],
            defaults={"names": told["name"], "position": position},
        )


def put(
    decision: Decision, told: Table, record: Table, *, key: str, standing: bool = False
) -> FollowUp:
    """Put on record whom *decision* asks, as *told*; its offices are those of its addressee.

    *key*: of the outcome or duty in the record. What is asked of a report is due with the next one.
    """
    known = files.read(FILE)
    more = known["outcomes"].get(key, {})
    made = FollowUp(decision=decision, force=told["force"], is_standing=standing)
    made.addressee = record["addressees"][told["addressee"]]["name"]
    made.audience = Document.Audience.PUBLIC
    made.paragraph = more.get("paragraph", "") or known["standing"].get(key, "")
    made.asks = more.get("asks", FollowUp.Asks.ACT)
    made.is_due_with_report = made.asks == FollowUp.Asks.REPORT
    made.full_clean()
    made.save()
    made.offices.set(_offices(decision, told["addressee"], made.addressee))
    return made


def tell_more(decisions: Mapping[str, Decision], meetings: Mapping[int, Meeting]) -> None:
    """Add to the record's decisions where a matter goes, and after which meeting one opens."""
    for key, more in files.read(FILE)["outcomes"].items():
        decision = decisions[key]
        decision.goes_to = more.get("goes_to", "")
        decision.goes_to_note = more.get("goes_to_note", "")
        if "opens_after" in more:
            decision.opens_after = meetings[more["opens_after"]]
        decision.full_clean()
        decision.save()


def _offices(decision: Decision, name: str, names: Table) -> list[Office]:
    """The offices that an addressee of the record means; one that is not listed is an office itself."""
    slugs = files.read(FILE)["addressees"].get(name)
    meeting = decision.meeting
    if slugs is not None:
        return list(Office.objects.filter(slug__in=slugs))
    if meeting is None or meeting.group is None:
        return []
    made, _is_new = Office.objects.get_or_create(
        body=meeting.group.body, slug=name, defaults={"names": names}
    )
    return [made]
