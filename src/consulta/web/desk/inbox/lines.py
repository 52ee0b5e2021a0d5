"""One line of the inbox as the page shows it, and the choices of its filters with their counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import shorten
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.consultations.models import Consultation
from consulta.core.submission import Channel
from consulta.flow.inbox import listing, sources
from consulta.flow.inbox.listing import Line, Pile, Wanted
from consulta.reflector import copies
from consulta.web.desk import page
from consulta.web.desk.inbox import wording
from consulta.web.desk.listing import named
from consulta.web.ui import words
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import written


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A line in words. *facts*: why it waits; *said*: what a mail server said, where one did."""

    key: str
    kind: str
    title: str
    href: str
    number: str
    topic: str
    channel: str
    since: datetime
    facts: tuple[str, ...]
    said: str


def shown(line: Line, consultations: Mapping[int, Consultation]) -> Shown:
    """Put one line into words."""
    consultation = consultations.get(line.place or 0)
    response = listing.response_of(line)
    facts = [wording.reason(code) for code in line.reasons]
    if line.kind == sources.CONTESTS:
        facts.append(_("Answer due by %(day)s") % {"day": written(line.row.answer_due_on)})
    if response is not None and response.late and "late" not in line.reasons:
        facts.append(wording.reason("late"))
    return Shown(
        key=line.key,
        kind=str(wording.ONE[line.kind]),
        title=_TITLES[line.kind](line.row),
        href=_href(line),
        number=_number(line),
        topic=page.topic(consultation) if consultation else "",
        channel=line.channel,
        since=line.since,
        facts=tuple(facts),
        said=line.row.last_error if line.kind == sources.FAILED else "",
    )


def tabs(piles: Iterable[Pile], wanted: Wanted, numbers: Mapping[int, int]) -> list[Link]:
    """The kinds of which something waits under the other filters, with how many."""
    counts: Counter[str] = Counter()
    for pile in _under(piles, replace(wanted, kind=""), numbers):
        counts[pile.kind] += pile.count
    kinds = [kind for kind in wording.KINDS if counts[kind] or kind == wanted.kind]
    first = Link(label=_("All"), href=_query(wanted, kind=""), current=not wanted.kind,
                 count=counts.total())  # fmt: skip
    others = [
        Link(label=str(wording.KINDS[kind]), href=_query(wanted, kind=kind),
             current=kind == wanted.kind, count=counts[kind])
        for kind in kinds
    ]  # fmt: skip
    return [first, *others]


class Filter(forms.Form):
    """Which lines: by consultation, channel and reason, each with how many there are."""

    kind = forms.CharField(widget=forms.HiddenInput, required=False)
    consultation = forms.ChoiceField(required=False)
    channel = forms.ChoiceField(required=False)
    reason = forms.ChoiceField(required=False)

    def __init__(
        self, asked: Mapping[str, Any], piles: list[Pile], consultations: Mapping[int, Consultation]
    ) -> None:
        chosen = any(asked.get(name) for name in ("consultation", "channel", "reason"))
        super().__init__(asked if chosen else None, initial={"kind": asked.get("kind", "")})
        self._values: dict[str, set[str]] = {}
        places, ways, reasons = _counts(piles)
        topics = {
            str(c.number): f"{c.number}: {page.topic(c)}"
            for pk, c in consultations.items()
            if pk in places
        }
        numbered = {str(c.number): places[pk] for pk, c in consultations.items()}
        self._offer("consultation", _("Consultation"), numbered, topics.__getitem__)
        asked_for = {c: 0 for c in Channel if c == asked.get("channel")}  # even if none is left
        self._offer("channel", _("Channel"), asked_for | ways, words.channel)
        self._offer("reason", _("Reason"), reasons, wording.reason)
        self._keep_offered()

    def wanted(self) -> Wanted:
        """What was chosen; a value that is none of the choices chooses nothing."""
        data = self.data if self.is_bound else self.initial
        found = {name: str(data.get(name) or "") for name in self.fields}
        known = {
            name: value if value in self._values.get(name, ()) else ""
            for name, value in found.items()
            if name != "kind"
        }
        kind = found["kind"] if found["kind"] in sources.SOURCES else ""
        return Wanted(kind=kind, **known)

    def _keep_offered(self) -> None:
        """Drop what nothing waits for any more, e.g. after an act on all lines: it is no mistake."""
        if self.is_bound:
            offered = {
                n: v for n, v in self.data.items() if n == "kind" or v in self._values.get(n, ())
            }
            self.data = offered

    def _offer(
        self, name: str, label: str, counts: Mapping[str, int], word: Callable[[str], str]
    ) -> None:
        choices = [
            (value, _("%(name)s (%(count)s)") % {"name": word(value), "count": count})
            for value, count in counts.items()
        ]
        self._values[name] = set(counts)
        self.fields[name].label = label
        self.fields[name].choices = [("", _("All")), *sorted(choices, key=lambda c: c[1])]  # type: ignore[attr-defined]


def following(wanted: Wanted, cursor: str) -> str:
    """The address of the next page; empty where there is none."""
    return _query(wanted, after=cursor) if cursor else ""


def numbers(consultations: Mapping[int, Consultation]) -> dict[int, int]:
    """The numbers of consultations by their ids."""
    return {pk: consultation.number for pk, consultation in consultations.items()}


def _counts(piles: Iterable[Pile]) -> tuple[Counter[int], Counter[str], Counter[str]]:
    places: Counter[int] = Counter()
    ways: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for pile in piles:
        places[pile.place or 0] += pile.count
        ways[pile.channel] += pile.count
        for code in set(pile.reasons):
            reasons[code] += pile.count
    return places, ways, reasons


def _under(piles: Iterable[Pile], wanted: Wanted, numbers: Mapping[int, int]) -> Iterable[Pile]:
    for pile in piles:
        number = str(numbers.get(pile.place or 0, ""))
        if (
            wanted.channel in ("", pile.channel)
            and wanted.consultation in ("", number)
            and (not wanted.reason or wanted.reason in pile.reasons)
        ):
            yield pile


def _query(wanted: Wanted, **changes: str) -> str:
    fields = {
        "kind": wanted.kind,
        "consultation": wanted.consultation,
        "channel": wanted.channel,
        "reason": wanted.reason,
    }
    return "?" + urlencode({name: value for name, value in (fields | changes).items() if value})


def _href(line: Line) -> str:
    if listing.response_of(line) is not None:
        return reverse("desk:response", args=[line.row.number])
    if line.kind == sources.CONTESTS:
        return reverse("desk:contest", args=[line.row.consultation.slug, line.row.pk])
    views = {sources.LETTERS: "letter", sources.POSTS: "list_post", sources.FAILED: "mail"}
    return reverse(f"desk:{views.get(line.kind, 'practice')}", args=[line.row.pk])


def _number(line: Line) -> str:
    """The number of a response or a contest; other lines have none."""
    has_one = listing.response_of(line) is not None or line.kind == sources.CONTESTS
    return str(line.row.number) if has_one else ""


def _of_response(row: Any) -> str:
    return named(row.respondent)


def _of_mail(row: Any) -> str:
    return row.subject or _("No subject")


_TITLES: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(sources.OF_RESPONSES, _of_response),
    sources.LETTERS: _of_mail,
    sources.FAILED: _of_mail,
    sources.POSTS: copies.subject,
    sources.PRACTICES: lambda row: row.title,
    sources.CONTESTS: lambda row: shorten(row.text, 120, placeholder="…"),
}
