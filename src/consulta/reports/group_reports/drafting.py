"""Drafting: the record of a group as the outline of a report, in one language."""

from consulta.core import group_report_drafts
from consulta.core.group_report import Outline
from consulta.reports.group_reports import facts, phrases
from consulta.reports.group_reports.facts import Asked


def draft(asked: Asked, language: str) -> Outline:
    """Return the report that is *asked* for as the record stands now. Raises NoPeriodError."""
    return group_report_drafts.draft(facts.of(asked), phrases.of(language))
