"""What pages of a shared draft show: who leads, who reads, who saved last, and what was in whose way."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.accounts.ratelimit import TooOftenError
from consulta.responses import sharing, sharing_letters
from consulta.responses import sharing_together as together
from consulta.responses.models import Colleague, Draft, DraftSave
from consulta.web.public.respond import limits

Told = tuple[DraftSave, list[str], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Panel:
    """A shared draft as one of its writers sees it. *in_two*: a warning, or empty."""

    writes: Colleague
    lead: Colleague | None
    people: int
    last: DraftSave | None
    href: str
    in_two: str

    @property
    def leads(self) -> bool:
        """Whether this writer sends the draft."""
        return self.writes.is_lead


def panel(draft: Draft, token: str) -> Panel | None:
    """What the draft's page says of its writers; None while nobody else writes."""
    writes = sharing.colleague(draft, token)
    if writes is None:
        return None
    here = [person for person in sharing.people(draft) if person.ended_at is None]
    lead = here[0] if here and here[0].is_lead else None
    saves = sharing.history(draft)
    return Panel(
        writes,
        lead,
        len(here),
        saves[0] if saves else None,
        reverse("public:draft_people", args=[token]),
        in_two() if together.in_two(draft.content) else "",
    )


def may_send(draft: Draft, token: str) -> bool:
    """Whether this link sends the draft: it is not shared, or its holder leads."""
    writes = sharing.colleague(draft, token)
    return writes is None or writes.is_lead


def in_two() -> str:
    """Say that an answer holds two texts, and what to do."""
    return _(
        "Two people wrote in the same answer at the same time. Both texts are kept, divided by a line"
        " of three stars (⁂ ⁂ ⁂). Open the page again to see both, choose the right words, and delete"
        " that line before the draft is sent."
    )


def told(draft: Draft) -> list[Told]:
    """Who saved when, with the fields in words and the values that gave way."""
    names = _labels()
    return [
        (
            save,
            list(dict.fromkeys(_label(name, names) for name in save.fields)),
            [(_label(name, names), value) for name, value in save.replaced.items() if value],
        )
        for save in sharing.history(draft)
    ]


def mail_own(request: HttpRequest, writes: Colleague, token: str) -> list[str]:
    """Mail a writer the link that they use, to their own address; what did not work, in a sentence."""
    try:
        limits.mailing(request, "draft-link", email=writes.email)
    except TooOftenError as error:
        return [limits.when(error)]
    sharing_letters.own_link(writes, token)
    return []


def _label(name: str, names: dict[str, str]) -> str:
    number = name.removeprefix("answer-").removeprefix("choice-")
    if number != name and number != "0":
        return _("Question %(number)s") % {"number": number}
    return names.get(name, name)


def _labels() -> dict[str, str]:
    return {
        "answer-0": _("To the whole consultation"),
        "language": _("Language in which you write"),
        "kind": _("I respond"),
        "name": _("Your name"),
        "organisation": _("Organisation"),
        "stakeholder_group": _("Stakeholder group"),
        "country": _("Country"),
        "email": _("E-mail address"),
        "withhold_name": _("Do not publish my name"),
        "withhold_country": _("Do not publish my country"),
    }
