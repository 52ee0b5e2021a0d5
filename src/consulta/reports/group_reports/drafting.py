"""Drafting: the record of a group as the outline of a report, in one language or several."""

from collections.abc import Sequence

from consulta.core import group_report_drafts
from consulta.core.group_report import Kind, Outline
from consulta.reports.group_reports import facts, phrases
from consulta.reports.group_reports.facts import Asked

__all__ = ["Kind", "draft", "drafts"]


def draft(asked: Asked, language: str) -> Outline:
    """Return the report that is *asked* for as the record stands now. Raises NoPeriodError."""
    return drafts(asked, [language])[language]


def drafts(asked: Asked, languages: Sequence[str]) -> dict[str, Outline]:
    """Return it in each of *languages*; the record is read once. Raises NoPeriodError."""
    known = facts.of(asked)
    return {code: group_report_drafts.draft(known, phrases.of(code)) for code in languages}
