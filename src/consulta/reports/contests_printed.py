"""Contests of earlier editions, as they stand in the next one: question and answer, by number."""

from django.utils.translation import gettext

from consulta.consultations.models import Consultation
from consulta.core.paper import Block, Heading, Span, Words
from consulta.core.paper import Paragraph as Printed
from consulta.reports import contest_marks, contest_queries, sections_gone, words
from consulta.reports.models import Contest


def listed(consultation: Consultation) -> list[Block]:
    """Every published contest with its answer, in the language that is active; nothing without one."""
    contests = contest_queries.published(consultation)
    if not contests:
        return []
    heading = gettext("Contests of earlier editions, with their answers")
    blocks: list[Block] = [Heading(1, Words(heading), anchor="contests")]
    for contest in contests:
        blocks += _one(contest)
    return blocks


def _one(contest: Contest) -> list[Block]:
    about = gettext("Edition %(edition)s, %(language)s") % {
        "edition": words.number(contest.edition.ordinal),
        "language": words.language(contest.edition.language),
    }
    blocks: list[Block] = [
        Heading(2, Words(contest.number, "en"), anchor=sections_gone.anchor(contest)),
        _said(gettext("About"), about, ""),
    ]
    if contest.quote and not contest.edition.restricted_at:
        blocks.append(_said(gettext("The passage"), contest.quote, contest.edition.language))
    blocks.append(_said(gettext("Contested"), contest_marks.public(contest), contest.language))
    if contest.answered_at is None:
        due = words.date_in_words(contest.answer_due_on)
        blocks.append(_said(gettext("Answer due by"), due, ""))
        return blocks
    outcome = str(contest.get_outcome_display())
    blocks.append(_said(gettext("Outcome"), outcome, ""))
    blocks.append(_said(gettext("Answer"), contest.answer, contest.answer_language))
    return blocks


def _said(label: str, text: str, language: str) -> Printed:
    said = gettext("%(label)s:") % {"label": label}
    return Printed((Span(f"{said} "), Span(text, language)))
