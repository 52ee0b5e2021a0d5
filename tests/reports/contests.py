"""What tests of contests start from: a report released under a procedure that gives the right."""

from datetime import timedelta

from django.utils import timezone

from consulta.consultations.models import Question
from consulta.core import paper, passages
from consulta.reports import assembly, contesting, writing
from consulta.reports.contesting import Filed
from consulta.reports.models import Edition
from consulta.reports.writing import Typed
from consulta.stakeholders.models import Respondent

SENTENCE = "Everybody agrees with the proposal."


def under_icann(consultation):
    """Let the consultation run by the rule of ICANN, closed since yesterday."""
    consultation.procedure = "icann-public-comment"
    consultation.timezone = "UTC"
    consultation.opens_at = timezone.now() - timedelta(days=60)
    consultation.closes_at = timezone.now() - timedelta(days=1)
    consultation.save()
    return consultation


def released(consultation, *, by, days_ago=0, with_files=False):
    """A consolidated report of one sentence, released so many days ago."""
    language, text = "en", SENTENCE
    question = Question.objects.get(consultation=consultation, position=1)
    paragraph = writing.add_paragraph(consultation, question, language=language, by=by)
    writing.save(paragraph, [Typed(None, text)], revision=1, by=by)
    edition = assembly.freeze(consultation, Edition.Kind.CONSOLIDATED, language=language, by=by)
    return show(edition, by=by, days_ago=days_ago, with_files=with_files)


def show(edition, *, by, days_ago=0, with_files=False):
    """Release a frozen edition; its files take seconds, so they are made where they are wanted."""
    if with_files:
        assembly.render_edition(edition)
    edition.rendered_at = edition.rendered_at or timezone.now()
    edition.released_at = timezone.now() - timedelta(days=days_ago)
    edition.released_by = by
    edition.save()
    return edition


def passage_of(edition, text=SENTENCE):
    """The name of the passage that says *text*."""
    content = paper.from_json(edition.content)
    return next(p.key for p in passages.passages(content) if p.text == text)


def contester(**changes):
    """An individual who is not confirmed."""
    values = {
        "kind": "individual",
        "name": "Sample Person",
        "email": "contester@example.org",
        "language": "en",
    }
    return Respondent(**(values | changes))


def filed(edition, **changes):
    """A contest of the one sentence."""
    values = {
        "edition": edition,
        "passage": passage_of(edition),
        "text": "Not everybody: response 1 disagrees.",
        "language": "en",
        "contester": contester(),
        "idempotency_key": f"test:{timezone.now().timestamp()}",
    }
    return Filed(**(values | changes))


def arrived(edition, **changes):
    """A contest that was taken in."""
    return contesting.contest(filed(edition, **changes))[0]
