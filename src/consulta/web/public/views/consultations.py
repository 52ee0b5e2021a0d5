"""The consultations, and the page of each one: topic, clock, questions, what became of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consulta.consultations import applied, evidence, norm_wording, norms, queries, wording
from consulta.consultations.clock import Clock
from consulta.consultations.models import Consultation, Corrigendum, Question
from consulta.consultations.norms import Standing
from consulta.core.conflicts import Code
from consulta.core.multilingual import Text, choose
from consulta.groups import queries as groups
from consulta.meetings import queries as meetings
from consulta.meetings import wording as meeting_words
from consulta.reports import queries as reports
from consulta.reports import summary_queries
from consulta.responses import balance
from consulta.web.public.moment import began
from consulta.web.public.shown import consultations as shown
from consulta.web.public.shown import contest_dates, editions, lists, times, timetables
from consulta.web.public.shown import extra as extra_shown
from consulta.web.ui import options, timeline_entries
from consulta.web.ui.evidence import Proofs, by_milestone
from consulta.web.ui.finished import finished
from consulta.web.ui.languages import current

PAGE = 40
RUNNING = (Consultation.State.OPEN, Consultation.State.ANNOUNCED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question in the reader's language, or else in another one, with its corrections.

    *options*: what it offers to choose from.
    """

    question: Question
    text: Text
    corrigenda: list[Corrigendum]
    options: list[Text]


@finished(shows="pages")
def consultations(request: HttpRequest) -> HttpResponse:
    """List all consultations with their state and verdicts, those that run first."""
    now = began(request)
    listed = sorted(queries.overview(now), key=lambda found: found.state(now) not in RUNNING)
    page = Paginator(listed, PAGE).get_page(request.GET.get("page"))
    lines = shown.lines(page.object_list, now, current())
    return render(request, "public/consultations.html", {"lines": lines, "page": page})


@finished(shows="register", query=("country",))
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one consultation whole; `?country=CL` shows its deadlines by the clocks there too."""
    now, language, country = began(request), current(), times.chosen(request)
    found = by_slug(request, slug)
    line = shown.line(found, now, language, country=country)
    context = {
        "line": line,
        "consultation": found,
        "country": country,
        "countries": times.countries(),
        "trail": shown.trail(found, line.topic),
        "tabs": shown.tabs(found, "consultation"),
        "timeline": timeline_entries.of_consultation(found, line.clock, title=line.topic.text),
        "background": queries.background(found, language),
        **_asked(found, language),
        "corrigenda": [c for c in found.corrigenda.all() if c.question_id is None],
        "milestones": _milestones(found, line.clock, country),
        "contest_rows": contest_dates.rows(found, line.clock, now, language),
        "out_of_order": _out_of_order(found, line.clock),
        "later_note": choose(line.clock.later_note, language),
        "judged_by": _judged_by(found, line.clock),
        "procedure": choose(applied.present(found.procedure).title, language),
        "counts": asdict(balance.of(found)),
        "response_address": queries.response_address(found),
        **lists.of_consultation(found),
        "editions": editions.released(reports.released(found)),
        "said": summary_queries.shown(found),
        "extra_meetings": extra_shown.of_consultation(found, language),
    }
    return render(request, "public/consultation.html", context | _origin(found, language))


def _asked(found: Consultation, language: str) -> dict[str, Any]:
    """The questions, and what their texts are worth where that is the same for all."""
    questions = asked(found, language)
    return {"questions": questions, "questions_worth": _shared_worth(questions)}


def _milestones(found: Consultation, clock: Clock, country: str) -> list[timetables.Milestone]:
    proofs = _proofs(found, current())
    return timetables.milestones(clock, current(), proofs, country=country)


def _out_of_order(found: Consultation, clock: Clock) -> list[str]:
    """Say which announced dates come in another order than the procedure's, a sentence each."""
    if found.is_record or found.cancelled_at:
        return []
    broken = (c for c in clock.timetable.conflicts if c.code is Code.OUT_OF_ORDER)
    return [wording.finding(conflict, clock.timetable.procedure) for conflict in broken]


def _judged_by(found: Consultation, clock: Clock) -> dict[str, object]:
    """Say by which edition of which norm it is judged, and whether that was the one in force."""
    norm, rules = norms.of(clock.timetable), clock.timetable.procedure
    return {
        "norm": norm,
        "standing": norm_wording.standing(norm) if norm else "",
        "another": norm is not None and norm.standing is Standing.ANOTHER,
        "procedure": rules.slug,
        "edition": found.procedure_edition,
        "group": found.group,
    }


def _proofs(found: Consultation, language: str) -> dict[str, Proofs]:
    """What shows each date, by the milestone's name: two queries."""
    released = reports.released_reports([found])[found.pk]
    return by_milestone(evidence.of(found, editions=released), found, language)


def by_slug(request: HttpRequest, slug: str) -> Consultation:
    """Return the consultation that everyone may see at this moment. Raises Http404."""
    try:
        return queries.by_slug(slug, began(request))
    except Consultation.DoesNotExist as error:
        raise Http404 from error


def asked(consultation: Consultation, language: str) -> list[Asked]:
    """Return the questions for a reader of *language*, each with the corrections to it."""
    corrections = list(consultation.corrigenda.all())
    return [
        Asked(
            question,
            queries.question_text(question, language),
            [c for c in corrections if c.question_id == question.pk],
            options.offered(question),
        )
        for question in queries.questions(consultation)
    ]


def _shared_worth(questions: Sequence[Asked]) -> Text | None:
    """Return one of the questions' texts where all are worth the same, to say it once."""
    worth = {(asked.text.language, asked.text.status) for asked in questions}
    return questions[0].text if len(worth) == 1 else None


def _origin(found: Consultation, language: str) -> dict[str, object]:
    """Say where the consultation comes from: group, issue, decision and the meetings it hangs on."""
    hangs_on = [found.deciding_meeting, found.open_meeting, found.group_meeting]
    decision = found.decision if found.decision and found.decision.audience == "public" else None
    return {
        "group": groups.name(found.group, language) if found.group else None,
        "issue": groups.name(found.issue, language) if found.issue else None,
        "decision": meetings.decision_text(decision, language) if decision else None,
        "meetings": [(m, meeting_words.name(m, language)) for m in hangs_on if m],
        "follows": queries.topic(found.follows, language) if found.follows else None,
    }
