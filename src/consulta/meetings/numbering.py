"""How the documents of a meeting are numbered: by the grammar of its group, else of the body."""

from dataclasses import replace

from django.db import transaction
from django.db.models import Q, QuerySet

from consulta.accounts.models import User
from consulta.core.document_numbers import (
    DEFAULT_PATTERN,
    LETTERS,
    DocumentNumber,
    DocumentNumberMistypedError,
    Grammar,
)
from consulta.groups import permissions
from consulta.groups.models import Group
from consulta.groups.permissions import Act
from consulta.ledger import ledger
from consulta.meetings.models import Document, Meeting, NumberSeries

_BY = NumberSeries.MeetingBy


class SamePatternError(ValueError):
    """Another series of the group writes the same numbers: give this one text of its own."""


def series_of(group: Group | None, sort: str = "") -> NumberSeries:
    """Return how documents of *group* are numbered: its own rule, that of all groups, or the usual one.

    *sort*: of the series of that sort of documents, where they have one (:func:`own_series`).
    """
    rules = {rule.group_id: rule for rule in _rules(group).filter(sort=sort)}
    own = rules.get(group.pk) if group is not None else None
    if sort and not rules:
        return series_of(group)
    return own or rules.get(None) or NumberSeries(pattern=DEFAULT_PATTERN, letters=dict(LETTERS))


def own_series(group: Group | None, sort: str) -> str:
    """Return *sort* where documents of that sort are counted apart in *group*; empty where not."""
    return sort if sort and _rules(group).filter(sort=sort).exists() else ""


def apart(group: Group | None) -> list[NumberSeries]:
    """Return the series that sorts of documents have of their own in *group*; its own rule goes first."""
    rules = sorted(_rules(group).exclude(sort=""), key=lambda rule: rule.group_id is not None)
    return list({rule.sort: rule for rule in rules}.values())


def grammar(meeting: Meeting, series: str = "") -> Grammar:
    """Return the grammar by which the documents of *meeting* in this *series* are numbered."""
    rule = series_of(meeting.group, series)
    return Grammar(_symbol(meeting, rule), rule.pattern, rule.letters or dict(LETTERS))


def token(meeting: Meeting) -> str:
    """Return what stands for *meeting* in a number: its number or year, else its address."""
    by = series_of(meeting.group).meeting_by
    if by != _BY.NUMBER and meeting.starts_on is not None:
        return f"{meeting.starts_on:%Y}" if by == _BY.YEAR else f"{meeting.starts_on:%y}"
    return str(meeting.number) if _is_numbered(meeting) else meeting.slug


def said(document: Document, *, language: str = "") -> DocumentNumber:
    """Return what the number of *document* says; *language*: of which version."""
    return DocumentNumber(
        token(document.meeting),
        document.sequence,
        document.revision,
        document.addendum,
        document.corrigendum,
        language,
    )


def number_in(document: Document, language: str) -> str:
    """Return the number of the version of *document* in *language*, e.g. `CWG-Internet-11/7-F`.

    It is made of the number that was given, so that a meeting that moves to another year changes none.
    """
    if language == document.language:
        return document.number
    rule = grammar(document.meeting, document.series)
    try:
        given = rule.read(document.number)
    except DocumentNumberMistypedError:  # given by another rule
        given = said(document)
    return rule.write(replace(given, language=language))


def same_series(meeting: Meeting) -> Q:
    """Which meetings number their documents in one series: itself, or all of the group in its year."""
    if series_of(meeting.group).meeting_by == _BY.NUMBER or meeting.starts_on is None:
        return Q(pk=meeting.pk)
    year = meeting.starts_on.year
    return Q(group=meeting.group, kind=meeting.kind, starts_on__year=year)


@transaction.atomic
def set_series(series: NumberSeries, *, by: User) -> NumberSeries:
    """Lay down how documents are numbered from now on; numbers that were given stay.

    Raises NotAllowedError; InvalidGrammarError for a pattern that could be read in two ways;
    ValidationError naming the field to mend; SamePatternError for a series of its own whose numbers
    would be those of another.
    """
    permissions.require(by, Act.MOVE_MEETING, series.group)
    Grammar(series.symbol or "X", series.pattern, series.letters or dict(LETTERS))
    standing = NumberSeries.objects.filter(group=series.group, sort=series.sort).first()
    _check_apart(series)
    series.pk = standing.pk if standing else None
    series.full_clean()
    series.save()
    ledger.record("number_series_set", series, by=by)
    return series


def _rules(group: Group | None) -> QuerySet[NumberSeries]:
    where = Q(group__isnull=True) if group is None else Q(group__isnull=True) | Q(group=group)
    return NumberSeries.objects.filter(where)


def _check_apart(series: NumberSeries) -> None:
    """Two series that write the same numbers would give one number twice."""
    others = [rule for rule in apart(series.group) if rule.sort != series.sort]
    if series.sort:
        others.append(series_of(series.group))
    for other in others:
        if (other.pattern, other.symbol) == (series.pattern, series.symbol):
            raise SamePatternError(other.sort)


def symbol(name: str, rule: NumberSeries, *, is_open: bool = False) -> str:
    """Return what stands for a group called *name*; a name stands close to a number only as an acronym."""
    given = rule.open_symbol if is_open else rule.symbol
    if given:
        return given
    written = "-".join(name.split())
    written = f"OP-{written}" if is_open else written
    return written if written.isalpha() and written.isupper() else f"{written}-"


def _symbol(meeting: Meeting, rule: NumberSeries) -> str:
    """The group's symbol; none where nobody gave one and the meeting has no number."""
    is_open = meeting.kind == Meeting.Kind.OPEN
    if meeting.group is None or not _is_numbered(meeting):
        return rule.open_symbol if is_open else rule.symbol
    return symbol(meeting.group.short_name, rule, is_open=is_open)


def _is_numbered(meeting: Meeting) -> bool:
    return meeting.group is not None and meeting.number is not None
