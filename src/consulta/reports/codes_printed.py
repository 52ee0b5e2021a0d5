"""Codes in the consolidated report, where the officer chose it: the frame, the method, the respondents."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext, ngettext, pgettext

from consulta.accounts.models import User
from consulta.analysis.coding import counting
from consulta.analysis.coding import queries as coding
from consulta.analysis.coding.counting import Counted
from consulta.analysis.coding.queries import Frame, Level
from consulta.consultations.models import Consultation, Question
from consulta.core.paper import Block, Heading, Paragraph, Span, Table, Words
from consulta.core.regions import NOT_SHOWN
from consulta.reports import figure_blocks, queries, words
from consulta.reports.figures import largest_first

Names = Mapping[str, Words]


def chapter(consultation: Consultation, names: Names) -> list[Block]:
    """What was coded, with how it was done; nothing where it was not chosen, or nothing is coded."""
    frame = coding.frame(consultation)
    if not frame.row.printed:
        return []
    counted = counting.by_question(consultation, frame)
    if not any(one.lines for one in counted.values()):
        return []
    blocks: list[Block] = [Heading(1, Words(gettext("Codes")), anchor="codes")]
    blocks += [_line(said) for said in (_method(), _read(counted), *_coders(consultation, frame))]
    blocks.append(_frame(frame))
    asked: list[Question | None] = [*queries.questions(consultation), None]
    for question in asked:
        at = question.position if question else None
        if at in counted and counted[at].lines:
            blocks.append(_table(frame, counted[at], names, at))
    return blocks


def _method() -> str:
    return gettext(
        "Officers of the secretariat read the answers and gave them, or passages of them, the codes "
        "listed below; no code was given by a machine. A respondent counts once under a code, however "
        "often it was given, when any coder gave it, and counts under the code above it too. Several "
        "codes can stand on one answer, so the numbers are not added up. Responses are views, never "
        "votes."
    )


def _read(counted: Mapping[int | None, Counted]) -> str:
    count = sum(one.read for one in counted.values())
    said = ngettext(
        "%(count)s answer was read by a coder.", "%(count)s answers were read by coders.", count
    )
    return said % {"count": words.number(count)}


def _coders(consultation: Consultation, frame: Frame) -> list[str]:
    """Who coded, by name where that was chosen, else how many."""
    found = counting.coders(consultation)
    if not frame.row.names_coders:
        said = ngettext("%(count)s person coded.", "%(count)s persons coded.", len(found))
        return [said % {"count": words.number(len(found))}]
    people = User.objects.in_bulk([pk for pk, _answers, _codes in found])
    named = [
        gettext("%(name)s (%(count)s)") % {"name": str(people[pk]), "count": words.number(answers)}
        for pk, answers, _codes in found
    ]
    return [
        gettext("Who coded, and how many answers: %(listed)s.") % {"listed": words.listed(named)}
    ]


def _frame(frame: Frame) -> Table:
    """The codes with their definitions, in the working language."""
    head = (pgettext("coding frame", "Code"), gettext("Definition"), gettext("Question"))
    rows = [
        (
            _name(level, frame),
            Words(level.code.definition or "–", frame.language if level.code.definition else ""),
            Words(
                words.number(level.code.question.position)
                if level.code.question
                else gettext("All questions")
            ),
        )
        for level in frame.tree
    ]
    return Table(
        Words(gettext("Coding frame")), tuple(map(Words, head)), tuple(rows), widths=(3, 5, 2)
    )


def _table(frame: Frame, counted: Counted, names: Names, position: int | None) -> Table:
    groups = largest_first(counted.groups, last=(NOT_SHOWN,))
    heads = [figure_blocks.group_name(group, names) for group in groups]
    found = [level for level in frame.tree if level.code.pk in counted.lines]
    lines = [counted.lines[level.code.pk] for level in found]
    counts = [(one.respondents, *(one.by_group[group] for group in groups)) for one in lines]
    return Table(
        Words(_caption(position)),
        (Words(pgettext("coding frame", "Code")), Words(gettext("Respondents")), *heads),
        _rows(frame, found, counts),
        figures=tuple(counts),
    )


def _rows(
    frame: Frame, found: Sequence[Level], counts: Sequence[Sequence[int]]
) -> tuple[tuple[Words, ...], ...]:
    return tuple(
        (_name(level, frame), *(Words(words.number(count)) for count in line))
        for level, line in zip(found, counts, strict=True)
    )


def _caption(position: int | None) -> str:
    if position is None:
        return gettext("Respondents to the whole consultation, by code and stakeholder group")
    said = gettext("Respondents to question %(number)s, by code and stakeholder group")
    return said % {"number": words.number(position)}


def _name(level: Level, frame: Frame) -> Words:
    """What a code is called, behind a dash for each code above it."""
    return Words("– " * level.depth + level.code.name, frame.language)


def _line(said: str) -> Paragraph:
    return Paragraph((Span(said),))
