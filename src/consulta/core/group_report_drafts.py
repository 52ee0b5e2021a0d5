"""Drafts a group report from facts, in one language: the same facts and words give the same draft."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from consulta.core.group_report import (
    ConsultationFact,
    DecisionFact,
    Drafted,
    Facts,
    FollowUpFact,
    Kind,
    MeetingFact,
    NormFact,
    Outline,
    Section,
)
from consulta.core.group_report_words import Phrases
from consulta.core.multilingual import NOTHING, Text, Texts

Drafts = Iterator[Drafted]
_COURTESY = ("courtesy", "machine")


def draft(facts: Facts, say: Phrases) -> Outline:
    """Return the draft of the report that *facts* ask for, in the language of *say*."""
    sections = tuple(_SECTIONS[facts.kind](facts, say))
    return Outline(
        language=say.language,
        title=_title(facts, say),
        summary=_summary(facts, say),
        action=_head(facts, say, "action"),
        references=tuple(say.norm(norm) for norm in (*facts.norms, *facts.others)),
        sections=sections,
        note=_note(facts, say, sections),
    )


# ---- the head


def _head(facts: Facts, say: Phrases, name: str, **named: object) -> str:
    return say.say(f"{facts.kind.replace('-', '_')}_{name}", "heads", **named)


def _title(facts: Facts, say: Phrases) -> str:
    if facts.kind == Kind.OUTCOME:
        meeting = say.meeting(facts.meetings[0], facts.short)
        return _head(facts, say, "title", meeting=meeting)
    period = say.years(facts.first_on, facts.last_on)
    return _head(facts, say, "title", group=facts.short, period=period)


def _summary(facts: Facts, say: Phrases) -> str:
    if facts.kind == Kind.OUTCOME:
        name = say.meeting(facts.meetings[0], facts.short)
        return _head(facts, say, "summary", meeting=name, meeting_inside=say.inside(name))
    first, last = _span(facts)
    named = {"group": facts.short, "first": say.month(first), "last": say.month(last)}
    if facts.kind == Kind.ANNUAL:
        return _head(facts, say, "summary", **named)
    if not facts.norms:
        return _head(facts, say, "summary_bare", **named)
    norms = say.joined([say.norm(norm) for norm in facts.norms])
    return _head(facts, say, "summary", norms=norms, **named)


def _span(facts: Facts) -> tuple[date, date]:
    """Return the days of the first and the last meeting that was held, else of the period."""
    held = [m.starts_on for m in facts.meetings if m.starts_on and m.cancelled is None]
    return (held[0], held[-1]) if held else (facts.first_on, facts.last_on)


def _note(facts: Facts, say: Phrases, sections: tuple[Section, ...]) -> str:
    """Say in which language the originals stand, where the draft gives courtesy translations."""
    told = [p for section in sections for p in section.paragraphs]
    if not any(p.status in _COURTESY and not p.language for p in told):
        return ""
    every = [d.texts for m in facts.meetings for d in m.decisions] + [facts.mandate]
    codes = [code for texts in every for code in texts if _status(texts, code) == "original"]
    languages = [c for c in dict.fromkeys(codes) if c != say.language]
    names = [str(say.told["languages"].get(code, code)) for code in languages]
    return say.say("courtesy", language=say.joined(names)) if names else ""


def _status(texts: Texts, code: str) -> str:
    value = texts.get(code)
    return str(value.get("status", "")) if isinstance(value, Mapping) else ""


# ---- which sections


def _four_year(facts: Facts, say: Phrases) -> Iterator[Section]:
    yield _section(say, "introduction", _introduction(facts, say))
    activities = say.say("activities", "sections", group=facts.short)
    yield Section("activities", activities, tuple(_meetings(facts, say)), dotted=False)
    closing = [*_in_figures(facts, say), _by_chair("recommendations", say), _thanks(say)]
    yield _section(say, "recommendations", iter(closing), dotted=False)


def _annual(facts: Facts, say: Phrases) -> Iterator[Section]:
    yield _section(say, "introduction", _introduction(facts, say))
    yield _section(say, "meetings", _meetings(facts, say))
    yield _section(say, "consultations", _consultations(facts, say))
    yield _section(say, "follow_ups", _follow_ups(facts, say))
    yield _section(say, "council", iter([_by_chair("council", say)]))


def _outcome(facts: Facts, say: Phrases) -> Iterator[Section]:
    meeting = facts.meetings[0]
    yield _section(say, "meeting", _held(meeting, facts, say))
    yield _section(say, "documents", _documents(meeting, say))
    yield _section(say, "outcomes", _by_item(meeting, say))
    yield _section(say, "follow_ups", _follow_ups(facts, say))
    yield _section(say, "next", _next(facts, say))


_SECTIONS: Mapping[Kind, Callable[[Facts, Phrases], Iterator[Section]]] = {
    Kind.FOUR_YEAR: _four_year,
    Kind.ANNUAL: _annual,
    Kind.OUTCOME: _outcome,
}


def _section(say: Phrases, key: str, drafts: Drafts, *, dotted: bool = True) -> Section:
    return Section(key, say.say(key, "sections"), tuple(drafts), dotted=dotted)


# ---- introduction: the mandate, and the instruments in the editions that were valid then


def _introduction(facts: Facts, say: Phrases) -> Drafts:
    yield from _mandate(facts, say)
    chair = say.chosen(facts.chairs)
    if chair.text:
        yield Drafted("intro.chair", say.say("chair", chair=chair.text), rows=(facts.row,))
    norms = (*facts.norms, *facts.others)
    if norms:
        yield Drafted("intro.norms", say.say("instruments"))
        for norm in norms:
            text = say.ended(say.titled(norm))
            yield Drafted(f"intro.norm.{norm.row}", text, rows=(norm.row,), depth=1)
    for norm in facts.ended:
        yield _gone(norm, say)
    if facts.modalities is not None:
        text = say.say("procedure", norm=say.norm(facts.modalities))
        yield Drafted("intro.modalities", text, rows=(facts.modalities.row,))


def _mandate(facts: Facts, say: Phrases) -> Drafts:
    """The mandate as the record words it, a paragraph a line; a line that begins with a dash is listed."""
    words = say.chosen(facts.mandate)
    if not words.text:
        name, body = say.chosen(facts.group).text, say.chosen(facts.body).text
        text = say.say("group", name=name, short=facts.short, body=body)
        yield Drafted("intro.group", text, rows=(facts.row,))
        return
    lines = [line.strip() for line in words.text.splitlines() if line.strip()]
    for place, line in enumerate(lines, 1):
        listed = line.startswith("- ")
        said = Text(line.removeprefix("- "), words.language, words.status)
        yield _words(f"intro.mandate.{place}", said, say, rows=(facts.row,), depth=int(listed))


def _gone(norm: NormFact, say: Phrases) -> Drafted:
    """Say which edition took the place of one that ended within the period."""
    name = "abrogated" if norm.abrogated else "superseded"
    by = say.norm(norm.ended_by) if norm.ended_by else ""
    return Drafted(
        f"intro.ended.{norm.row}", say.say(name, norm=say.norm(norm), by=by), rows=(norm.row,)
    )


# ---- meetings


def _meetings(facts: Facts, say: Phrases) -> Drafts:
    if not facts.meetings:
        first, last = say.day(facts.first_on), say.day(facts.last_on)
        yield Drafted("meetings.none", say.say("no_meetings", first=first, last=last))
    for meeting in facts.meetings:
        yield from _one_meeting(meeting, facts, say)


def _one_meeting(meeting: MeetingFact, facts: Facts, say: Phrases) -> Drafts:
    """A meeting and its outcomes, or that it was cancelled, or that it has none on record."""
    key, name = f"meeting.{meeting.row}", say.meeting(meeting, facts.short)
    named = {"meeting": name, "meeting_inside": say.inside(name), "dates": _days(meeting, say)}
    if meeting.cancelled is not None:
        reason = say.ended(meeting.cancelled)
        yield Drafted(key, say.say("cancelled", reason=reason, **named), rows=(meeting.row,))
        return
    said = "outcomes" if meeting.decisions else "no_outcomes"
    yield Drafted(key, say.say(said, **named), rows=(meeting.row,))
    for decision in meeting.decisions:
        yield from _decision(decision, say)


def _days(meeting: MeetingFact, say: Phrases) -> str:
    """Write the days of a meeting, those of its later parts too."""
    own = say.days(meeting.starts_on, meeting.ends_on)
    return say.joined([own, *(say.days(first, last) for first, last in meeting.parts)])


def _decision(decision: DecisionFact, say: Phrases) -> Drafts:
    """What was settled; where a later decision stands instead, that is said right after it."""
    key = f"decision.{decision.row}"
    yield _words(key, say.chosen(decision.texts), say, rows=(decision.row,), depth=1)
    if decision.replaced_by is not None:
        later = say.chosen(decision.replaced_by)
        said = say.say("replaced", later=later.text.rstrip(" .。"))
        text = Text(said, later.language, later.status)
        yield _words(f"{key}.replaced", text, say, rows=(decision.row,), depth=1)


# ---- consultations and what was asked for


def _consultations(facts: Facts, say: Phrases) -> Drafts:
    if not facts.consultations:
        yield Drafted("consultations.none", say.say("no_consultations"))
    for fact in facts.consultations:
        key, topic = f"consultation.{fact.row}", say.chosen(fact.topics)
        text = say.say("consultation", number=fact.number, topic=topic.text)
        yield Drafted(key, text, rows=(fact.row,), status=topic.status)
        for place, line in enumerate(_lines(fact, say), 1):
            yield Drafted(f"{key}.{place}", line, rows=(fact.row,), depth=1)


def _lines(fact: ConsultationFact, say: Phrases) -> Iterator[str]:
    """The dates with their verdicts, the figures, and which summary is annexed."""
    for milestone in fact.milestones:
        name, verdict = say.chosen(milestone.names).text, say.chosen(milestone.verdicts).text
        if milestone.on is None:
            yield say.say("milestone_unknown", name=name)
        else:
            day = say.day(milestone.on)
            yield say.say("milestone", name=name, day=day, verdict=verdict).strip()
    if fact.received is not None:
        yield say.say("figures", received=fact.received, published=fact.published or 0)
    for annex in fact.annexes:
        yield say.say("summary", name=annex.name, sha256=annex.sha256)
    if not fact.annexes:
        yield say.say("no_summary")


def _follow_ups(facts: Facts, say: Phrases) -> Drafts:
    asked = [(f, m) for m in facts.meetings for d in m.decisions for f in d.follow_ups]
    if not asked:
        yield Drafted("follow_ups.none", say.say("no_follow_ups"))
        return
    yield Drafted("follow_ups", say.say("follow_ups"))
    several = len(facts.meetings) > 1
    for follow_up, meeting in asked:
        yield _asked(follow_up, say, at=say.meeting(meeting, facts.short) if several else "")


def _asked(fact: FollowUpFact, say: Phrases, *, at: str) -> Drafted:
    """What was asked, and *at* which meeting; empty where there is one meeting alone."""
    words = say.chosen(fact.texts)
    addressee = say.chosen(fact.addressee).text
    said = [say.say(fact.force, addressee=addressee, text=say.ended(words.text))]
    if fact.due_on is not None:
        said.append(say.say("due", day=say.day(fact.due_on)))
    if fact.states is not None:
        said.append(say.say("state", state=say.chosen(fact.states).text))
    if at:
        said.append(say.say("asked_at", meeting=at, meeting_inside=say.inside(at)))
    text = Text(" ".join(said), words.language, words.status)
    return _words(f"follow_up.{fact.row}", text, say, rows=(fact.row,), depth=1)


# ---- one meeting in full


def _held(meeting: MeetingFact, facts: Facts, say: Phrases) -> Drafts:
    name = say.meeting(meeting, facts.short)
    named = {"meeting": name, "meeting_inside": say.inside(name), "dates": _days(meeting, say)}
    rows = (meeting.row,)
    if meeting.cancelled is not None:
        reason = say.ended(meeting.cancelled)
        yield Drafted("held", say.say("cancelled", reason=reason, **named), rows=rows)
        return
    held = "held_at" if meeting.place else "held"
    yield Drafted("held", say.say(held, place=meeting.place, **named), rows=rows)
    if meeting.mode:
        yield Drafted("mode", say.say(meeting.mode), rows=rows)
    if meeting.participants is None:
        yield Drafted("participation", "", prompt=say.say("participation", "prompts"))
    else:
        text = say.say("participants", count=meeting.participants)
        yield Drafted("participation", text, rows=rows)


def _documents(meeting: MeetingFact, say: Phrases) -> Drafts:
    said = "documents" if meeting.documents else "no_documents"
    yield Drafted("documents", say.say(said))
    for document in meeting.documents:
        title = say.chosen(document.titles)
        text = say.say("document", number=document.number, title=title.text)
        yield Drafted(f"document.{document.row}", text, rows=(document.row,), depth=1)


def _by_item(meeting: MeetingFact, say: Phrases) -> Drafts:
    """Item by item what the minutes say and what was settled; then what was settled under none."""
    if not meeting.items and not meeting.decisions:
        yield Drafted("outcomes", say.say("no_decisions"))
        return
    for item in meeting.items:
        key, title = f"item.{item.row}", say.chosen(item.titles)
        lead = say.say("item", number=item.number, title=title.text)
        yield Drafted(key, say.ended(lead), rows=(item.row,), status=title.status)
        minutes = say.chosen(item.minutes)
        if minutes.text:
            yield _words(f"{key}.minutes", minutes, say, rows=(item.row,), depth=1)
        for decision in meeting.decisions:
            if decision.item == item.row:
                yield from _decision(decision, say)
    known = {item.row for item in meeting.items}
    others = [d for d in meeting.decisions if d.item not in known]
    if others:
        yield Drafted("outcomes", say.say("decisions"))
    for decision in others:
        yield from _decision(decision, say)


def _next(facts: Facts, say: Phrases) -> Drafts:
    meeting = facts.next_meeting
    if meeting is None or meeting.starts_on is None:
        yield Drafted("next", say.say("next_unknown"))
        return
    name = say.meeting(meeting, facts.short)
    named = {"meeting": name, "meeting_inside": say.inside(name), "dates": _days(meeting, say)}
    yield Drafted("next", say.say("next", **named), rows=(meeting.row,))


# ---- what stands at the end of the report on four years


def _in_figures(facts: Facts, say: Phrases) -> Drafts:
    held = [m for m in facts.meetings if m.cancelled is None]
    first, last = _span(facts)
    named = {"first": say.month(first), "last": say.month(last)}
    counted = {"meetings": len(held), "consultations": len(facts.consultations)}
    yield Drafted("figures", say.say("in_figures", **named, **counted))
    if facts.consultations:
        yield Drafted("topics", say.say("topics"))
    for fact in facts.consultations:
        topic = say.chosen(fact.topics)
        text = Text(say.ended(topic.text), topic.language, topic.status)
        yield _words(f"topic.{fact.row}", text, say, rows=(fact.row,), depth=1)


def _by_chair(key: str, say: Phrases) -> Drafted:
    return Drafted(key, "", prompt=say.say(key, "prompts"), is_chairs=True)


def _thanks(say: Phrases) -> Drafted:
    return Drafted("thanks", say.say("thanks"), is_chairs=True)


def _words(key: str, words: Text, say: Phrases, *, rows: tuple[str, ...], depth: int) -> Drafted:
    """A paragraph of the record's own words; those in another language say which."""
    language = "" if words.language in ("", say.language) else words.language
    text = words.text.strip() if language else say.ended(words.text)
    if words == NOTHING or not text:
        text = "—"
    return Drafted(key, text, language, words.status, rows, depth)
