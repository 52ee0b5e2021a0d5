"""What pages show of contests: beside a passage, in the register, alone; and why none is taken."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consulta.consultations.models import Consultation
from consulta.core import passages
from consulta.core.languages import direction
from consulta.core.multilingual import Text
from consulta.core.passages import Passage
from consulta.core.verdicts import Verdict
from consulta.reports import contest_clock, contest_marks, contest_queries, frozen
from consulta.reports.contest_clock import Stand, Window
from consulta.reports.models import Contest, Edition
from consulta.responses import naming
from consulta.web.public.shown import grounds
from consulta.web.ui.templatetags.ui import digits, written

#: How many contests stand beside a passage, and how many characters and lines of each.
BESIDE, SHORT, LINES = 3, 280, 4


@dataclass(frozen=True, slots=True)
class Line:
    """One contest as readers see it; words only of one that is published.

    *name* is empty where none may be shown; *quote* is empty for the report as a whole. *text* and
    *answer* may be cut (*is_cut*): the contest's own page has them whole.
    """

    contest: Contest
    href: str
    is_public: bool
    text: str
    answer: str
    is_cut: bool
    name: str
    quote: str
    quote_language: str
    verdict: Verdict | None
    ground: Text | None


@dataclass(frozen=True, slots=True)
class Section:
    """Passages under one heading of the report, each with the address of its form."""

    heading: str
    language: str
    rows: Sequence[tuple[Passage, str]]


def line(contest: Contest, now: datetime, *, words: Mapping[str, Text]) -> Line:
    """One contest; *words* are the published grounds by their slugs."""
    said = naming.public(contest.contester)
    return Line(
        contest=contest,
        href=reverse("public:contest", args=[contest.number]),
        is_public=contest.state == Contest.State.PUBLISHED,
        text=contest_marks.public(contest),
        answer=contest.answer,
        is_cut=False,
        name=said.name,
        quote="" if contest.edition.restricted_at else contest.quote,
        quote_language=contest.edition.language,
        verdict=contest_clock.verdict(contest, now),
        ground=words.get(contest.ground),
    )


def lines(
    contests: Iterable[Contest], now: datetime, consultation: Consultation, language: str
) -> list[Line]:
    """Several contests of one consultation, in their order."""
    words = grounds.words(consultation, language)
    return [line(contest, now, words=words) for contest in contests]


def cut(line: Line, longest: int) -> Line:
    """*line* with a few lines of what was contested and answered."""
    text, answer = (_opening(words, longest) for words in (line.text, line.answer))
    return replace(
        line, text=text, answer=answer, is_cut=(text, answer) != (line.text, line.answer)
    )


def beside(reading: Edition | None, now: datetime, language: str) -> dict[int, str]:
    """Published contests of an edition as HTML, by the block of the report that each is about.

    Of each passage the first :data:`BESIDE`, cut to a few lines; the register has the others.
    """
    if reading is None:
        return {}
    first, counts = contest_queries.of_edition(reading, most=BESIDE)
    if not first:
        return {}
    consultation = reading.consultation
    page = {"consultation": consultation, "language": language, "direction": direction(language)}
    found: dict[int, str] = {}
    for passage in passages.passages(frozen.readable(reading)):
        if passage.key in first:
            there = lines(first[passage.key], now, consultation, language)
            more = {
                "lines": [cut(one, SHORT) for one in there],
                "more": counts[passage.key] - len(there),
            }
            said = render_to_string("public/contesting/beside.html", page | more)
            found[passage.block] = found.get(passage.block, "") + said
    return found


def sections(edition: Edition, slug: str) -> list[Section]:
    """Every passage of *edition*, by the heading above it."""
    found: list[Section] = []
    rows: list[tuple[Passage, str]] = []
    above: tuple[str, int] | None = None
    for passage in passages.passages(frozen.readable(edition)):
        if above is None or above[0] != passage.heading:
            above, rows = (passage.heading, passage.block), []
            found.append(Section(passage.heading, passage.heading_language, rows))
        href = reverse("public:contest_passage", args=[slug, edition.pk, passage.key])
        rows.append((passage, href))
    return found


def of_report(
    consultation: Consultation, reading: Edition | None, now: datetime
) -> dict[str, object]:
    """The right to contest as the report's page says it, with the sums of the register."""
    window = contest_clock.window(consultation, reading, now)
    return {
        "window": window,
        "why": why(window, consultation.timezone),
        "contests": contest_queries.counts(consultation),
    }


def why(window: Window, zone: str) -> str:
    """Say in a sentence why a contest is taken now, until when, or why none is."""
    days = window.right.days if window.right else 0
    until = _instant(window.closes_at, zone) if window.closes_at else ""
    said = {
        Stand.NO_RIGHT: _(
            "The procedure of this consultation gives no right to contest the report."
        ),
        Stand.NOT_YET: ngettext(
            "Nothing can be contested yet: no report is released. From its release on, anyone may"
            " contest a passage for %(days)s day.",
            "Nothing can be contested yet: no report is released. From its release on, anyone may"
            " contest a passage for %(days)s days.",
            days,
        ),
        Stand.SUPERSEDED: _(
            "A later edition took the place of this one. Contest a passage of the later edition."
        ),
        Stand.OPEN: _("Anyone may contest a passage of this report until %(until)s."),
        Stand.OVER: ngettext(
            "The report could be contested for %(days)s day after its release, until %(until)s. That"
            " time is over.",
            "The report could be contested for %(days)s days after its release, until %(until)s. That"
            " time is over.",
            days,
        ),
    }[window.stand]
    return said % {"days": digits(days), "until": until}


def _opening(words: str, longest: int) -> str:
    """The beginning of *words* in so many characters, whole words where there are spaces."""
    if len(words) <= longest and words.count("\n") < LINES:
        return words
    kept = "\n".join(words.split("\n")[:LINES])[:longest]
    return (kept.rpartition(" ")[0] or kept).rstrip() + "…"


def _instant(at: datetime, zone: str) -> str:
    there = timezone.localtime(at, ZoneInfo(zone))
    said = {"date": written(there), "time": f"{there:%H:%M}", "zone": zone}
    return _("%(date)s, %(time)s (%(zone)s)") % said
