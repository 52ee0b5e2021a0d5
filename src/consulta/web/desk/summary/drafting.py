"""Drafting the brief summary: the places of one language, a paragraph, sentences carried over."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import summarising, summary_queries
from consulta.reports.errors import EditedMeanwhileError, ReportError, UnknownNumbersError
from consulta.reports.models import Paragraph
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.reporting import lines, merging, pressed, sentences
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
    context = {
        "language": language,
        "sections": shown.sections(consultation, language),
        "extra_meetings": shown.extra_meetings(consultation),
        **_agreed(consultation, language),
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
    if "theirs" in request.POST:
        rows = pressed.rows(request, paragraph, rows)
        seen, base = pressed.revision(request), pressed.base(request, paragraph)
        return _form(request, paragraph, rows, revision=seen, base=base)
    return _save(request, paragraph, rows)


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
    """Take a paragraph out of the draft, as the person saw it."""
    paragraph = found(lambda: summary_queries.paragraph(consultation, pk))
    language, seen = paragraph.language, pressed.revision(request)
    refused.attempt(
        request,
        lambda: summarising.remove(paragraph, revision=seen, by=person(request)),
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


def _save(request: HttpRequest, paragraph: Paragraph, rows: list[Row]) -> HttpResponse:
    """Save, or show again all that was typed; what another saved meanwhile is brought together."""
    seen, base = pressed.revision(request), pressed.base(request, paragraph)
    if long := sentences.too_long(rows):
        said = refused.too_long(long)
        return _form(request, paragraph, rows, refused=said, base=base, revision=seen)
    try:
        summarising.save(paragraph, sentences.typed(rows), revision=seen, by=person(request))
    except UnknownNumbersError as error:
        marked = sentences.marked(rows, error.numbers)
        said = refused.sentence(error)
        return _form(request, paragraph, marked, refused=said, base=base, revision=seen)
    except EditedMeanwhileError as error:
        both = merging.merge(rows, base, sentences.of(paragraph.sentences.all()))
        said = refused.sentence(error)
        return _form(request, paragraph, both.rows, refused=said, base=both.base)
    except ReportError as error:
        said = refused.sentence(error)
        return _form(request, paragraph, rows, refused=said, base=base, revision=seen)
    position = paragraph.question.position if paragraph.question else 0
    return _to_place(paragraph.consultation, paragraph.language, paragraph.part, position)


def _form(
    request: HttpRequest, paragraph: Paragraph, rows: Sequence[Row], **said: Any
) -> HttpResponse:
    consultation, language = paragraph.consultation, paragraph.language
    known = said.pop("base", None)
    if known is None:
        known = merging.base(sentences.of(paragraph.sentences.all()))
    shown_rows = sentences.with_empty(rows)
    context = {
        "paragraph": paragraph,
        "language": language,
        "rows": shown_rows,
        "lines": lines.of(paragraph, shown_rows, known),
        "base": merging.told(known),
        "revision": paragraph.revision,
        **_agreed(consultation, language),
    } | said
    trail = [
        shown.home(consultation),
        Link(label=language_name(language), href="../../in/" + language + "/"),
        Link(label=_("Paragraph")),
    ]
    return page.show(
        request, "summary/paragraph.html", context, consultation=consultation, trail=trail
    )


def _agreed(consultation: Consultation, language: str) -> dict[str, Any]:
    """Whether the text lies before the group, and what was said to it as it stands."""
    standing = summary_queries.standing(consultation)
    return {
        "settled": summary_queries.is_settled(summary_queries.of(consultation), language),
        "begun": summary_queries.may_begin(consultation, timezone.now()),
        "standing": standing if standing and standing.edition.language == language else None,
    }


def _to_place(consultation: Consultation, language: str, part: str, position: int) -> HttpResponse:
    """Back to the draft, at the place that was worked on."""
    page_of_draft = reverse("desk:summary_draft", args=[consultation.slug, language])
    return redirect(f"{page_of_draft}#{shown.anchor(part, position)}")


def _part(request: HttpRequest) -> str:
    sent = request.POST.get("part", "")
    return sent if sent in summary_queries.PARTS else Paragraph.Part.WRITTEN


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0
