"""Drafting the brief summary: the places of one language, a paragraph, sentences carried over."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import summarising, summary_queries
from consulta.reports.errors import ReportError, UnknownNumbersError
from consulta.reports.models import Paragraph
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.reporting import sentences
from consulta.web.desk.reporting.doors import language_of
from consulta.web.desk.reporting.sentences import Row
from consulta.web.desk.summary import refused, shown
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import language_name


@require_safe
@in_consultation(Act.EDIT_REPORT)
def draft(request: HttpRequest, consultation: Consultation, language: str) -> HttpResponse:
    """Every place of the draft, beside it what the consolidated report says there."""
    language = language_of(consultation, language)
    standing = summary_queries.standing(consultation)
    context = {
        "language": language,
        "sections": shown.sections(consultation, language),
        "standing": standing if standing and standing.edition.language == language else None,
        "settled": summary_queries.is_settled(summary_queries.of(consultation), language),
    }
    trail = [shown.home(consultation), Link(label=language_name(language))]
    return page.show(request, "summary/draft.html", context, consultation=consultation, trail=trail)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def add(request: HttpRequest, consultation: Consultation, language: str) -> HttpResponse:
    """Begin a paragraph in a place and go to its form."""
    language = language_of(consultation, language)
    part = Paragraph.Part(_part(request))
    position = _number(request.POST.get("position"))
    question = found(lambda: shown.asked(consultation, part, position))
    made: list[Paragraph] = []
    refusal = refused.attempt(
        request,
        lambda: made.append(
            summarising.add_paragraph(
                consultation, part, question, language=language, by=person(request)
            )
        ),
        done=_("Write the paragraph, then save it."),
    )
    if not refusal:
        return redirect("desk:summary_draft", consultation.slug, language)
    return redirect("desk:summary_paragraph", consultation.slug, made[0].pk)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def carry_over(request: HttpRequest, consultation: Consultation, language: str) -> HttpResponse:
    """Take a sentence of the report, with its citations, over into the draft."""
    language = language_of(consultation, language)
    wanted = _number(request.POST.get("sentence"))
    sentence = found(lambda: summary_queries.report_sentence(consultation, wanted))
    refused.attempt(
        request,
        lambda: summarising.carry_over(sentence, by=person(request)),
        done=_("The sentence is carried over, with its citations."),
    )
    question = sentence.paragraph.question
    return _to_place(consultation, language, "written", question.position if question else 0)


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.EDIT_REPORT)
def write(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Show the paragraph's form, or save it; what was typed is kept where it cannot be saved."""
    try:
        paragraph = summary_queries.paragraph(consultation, pk)
    except Paragraph.DoesNotExist as error:
        return _removed(request, consultation, error)
    if request.method != "POST":
        return _form(request, paragraph, sentences.of(paragraph.sentences.all()))
    rows = sentences.read(request.POST)
    seen = _number(request.POST.get("revision"))
    typed = sentences.typed(rows)
    try:
        summarising.save(paragraph, typed, revision=seen, by=person(request))
    except UnknownNumbersError as error:
        marked = sentences.marked(rows, error.numbers)
        return _form(request, paragraph, marked, refused=refused.sentence(error), revision=seen)
    except ReportError as error:
        theirs = list(paragraph.sentences.all())
        return _form(request, paragraph, rows, refused=refused.sentence(error), theirs=theirs)
    question = paragraph.question
    position = question.position if question else 0
    return _to_place(consultation, paragraph.language, paragraph.part, position)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def move(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Move a paragraph one place up or down."""
    paragraph = found(lambda: summary_queries.paragraph(consultation, pk))
    places = -1 if request.POST.get("to") == "up" else 1
    refused.attempt(
        request,
        lambda: summarising.move(paragraph, places=places, by=person(request)),
        done=_("The paragraph is moved."),
    )
    return redirect("desk:summary_draft", consultation.slug, paragraph.language)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def remove(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Take a paragraph out of the draft."""
    paragraph = found(lambda: summary_queries.paragraph(consultation, pk))
    language = paragraph.language
    refused.attempt(
        request,
        lambda: summarising.remove(paragraph, by=person(request)),
        done=_("The paragraph is out of the draft. Fixed editions keep it."),
    )
    return redirect("desk:summary_draft", consultation.slug, language)


def _removed(
    request: HttpRequest, consultation: Consultation, error: Paragraph.DoesNotExist
) -> HttpResponse:
    """Somebody took the paragraph out meanwhile: what was typed is shown, so that nothing is lost."""
    typed = [row for row in sentences.read(request.POST) if row.text.strip()]
    if not typed:
        raise Http404 from error
    context = {"rows": typed, "refused": True}
    trail = [shown.home(consultation), Link(label=_("Paragraph"))]
    return page.show(
        request, "summary/removed.html", context, consultation=consultation, trail=trail
    )


def _form(
    request: HttpRequest, paragraph: Paragraph, rows: Sequence[Row], **said: Any
) -> HttpResponse:
    consultation, language = paragraph.consultation, paragraph.language
    standing = summary_queries.standing(consultation)
    context = {
        "paragraph": paragraph,
        "language": language,
        "rows": sentences.with_empty(rows),
        "revision": paragraph.revision,
        "settled": summary_queries.is_settled(summary_queries.of(consultation), language),
        "standing": standing if standing and standing.edition.language == language else None,
    } | said
    trail = [
        shown.home(consultation),
        Link(label=language_name(language), href="../../in/" + language + "/"),
        Link(label=_("Paragraph")),
    ]
    return page.show(
        request, "summary/paragraph.html", context, consultation=consultation, trail=trail
    )


def _to_place(consultation: Consultation, language: str, part: str, position: int) -> HttpResponse:
    """Back to the draft, at the place that was worked on."""
    page_of_draft = reverse("desk:summary_draft", args=[consultation.slug, language])
    return redirect(f"{page_of_draft}#{shown.anchor(part, position)}")


def _part(request: HttpRequest) -> str:
    sent = request.POST.get("part", "")
    return sent if sent in summary_queries.PARTS else Paragraph.Part.WRITTEN


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0
