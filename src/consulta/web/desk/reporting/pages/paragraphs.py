"""A paragraph: its sentences with what each rests on, written beside the answers to the question."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import desk, writing
from consulta.reports.errors import EditedMeanwhileError, UnknownNumbersError
from consulta.reports.models import Paragraph
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.reporting import refused, sentences, shown
from consulta.web.desk.reporting.doors import language_of
from consulta.web.desk.reporting.sentences import Row
from consulta.web.ui.parts import Link


@require_http_methods(["GET", "HEAD", "POST"])
@in_consultation(Act.EDIT_REPORT)
def write(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Show the paragraph's form; change its rows as a button asks, or save it."""
    try:
        paragraph = desk.paragraph(consultation, pk)
    except Paragraph.DoesNotExist:
        return _gone(request, consultation)
    if request.method != "POST":
        rows = sentences.of(paragraph.sentences.all())
        return _form(request, paragraph, rows)
    rows = sentences.read(request.POST)
    if "save" not in request.POST and "done" not in request.POST:
        return _form(request, paragraph, _pressed(request, rows))
    return _save(request, paragraph, rows)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def add(
    request: HttpRequest, consultation: Consultation, language: str, position: int
) -> HttpResponse:
    """Begin a paragraph under a question and go to its form; a cited number comes along."""
    language = language_of(consultation, language)
    asked = found(lambda: shown.asked(consultation, position))
    paragraph = writing.add_paragraph(consultation, asked, language=language, by=person(request))
    number = request.POST.get("cite", "")[:40]
    if number:
        return _form(request, desk.paragraph(consultation, paragraph.pk), [Row(numbers=number)])
    return redirect("desk:paragraph", consultation.slug, paragraph.pk)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def move(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Move a paragraph one place up or down under its question."""
    paragraph = found(lambda: desk.paragraph(consultation, pk))
    places = -1 if request.POST.get("to") == "up" else 1
    writing.move(paragraph, places=places, by=person(request))
    return _to_question(paragraph)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def remove(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Take a paragraph out of the draft."""
    paragraph = found(lambda: desk.paragraph(consultation, pk))
    back = _to_question(paragraph)
    writing.remove(paragraph, by=person(request))
    messages.success(request, _("The paragraph is out of the draft. Frozen editions keep it."))
    return back


def _save(request: HttpRequest, paragraph: Paragraph, rows: list[Row]) -> HttpResponse:
    """Save, or show again all that was typed with what stands in the way."""
    revision = request.POST.get("revision", "")
    seen = int(revision) if revision.isascii() and revision.isdecimal() else 0
    try:
        writing.save(paragraph, sentences.typed(rows), revision=seen, by=person(request))
    except UnknownNumbersError as error:
        marked = sentences.marked(rows, error.numbers)
        return _form(request, paragraph, marked, refused=refused.sentence(error), revision=seen)
    except EditedMeanwhileError as error:
        theirs = list(paragraph.sentences.all())
        return _form(request, paragraph, rows, refused=refused.sentence(error), theirs=theirs)
    messages.success(request, _("The paragraph is saved."))
    if "done" in request.POST:
        return _to_question(paragraph)
    return redirect("desk:paragraph", paragraph.consultation.slug, paragraph.pk)


def _pressed(request: HttpRequest, rows: list[Row]) -> list[Row]:
    """*rows* as a button changes them; nothing is saved by it."""
    pressed = request.POST
    hand = _place(pressed.get("hand"))
    if "cite" in pressed:
        return sentences.citing(rows, pressed["cite"][:40], hand=hand)
    if "up" in pressed:
        return sentences.moved(rows, _place(pressed["up"]), -1)
    if "down" in pressed:
        return sentences.moved(rows, _place(pressed["down"]), 1)
    if "out" in pressed:
        return sentences.without(rows, _place(pressed["out"]))
    return rows


def _form(
    request: HttpRequest, paragraph: Paragraph, rows: Sequence[Row], **said: Any
) -> HttpResponse:
    consultation = paragraph.consultation
    position = paragraph.question.position if paragraph.question else None
    look = _look(request)
    names = shown.groups()
    beside = desk.answers(consultation, position, look)
    cited = {number for row in rows for number in row.listed}
    context = {
        "paragraph": paragraph,
        "language": paragraph.language,
        "title": _title(paragraph),
        "rows": sentences.with_empty(rows),
        "filled": len(rows),
        "hand": min(_place(request.POST.get("hand")), len(rows)) if request.POST else len(rows),
        "revision": paragraph.revision,
        "beside": [shown.beside(answer, names) for answer in beside.answers],
        "found": beside,
        "look": look,
        "groups": list(names.items())[:-1],
        "cited": cited,
        "question_address": _question_address(paragraph),
    } | said
    trail = [shown.home(consultation), Link(label=_("Paragraph"))]
    return page.show(
        request, "reporting/paragraph.html", context, consultation=consultation, trail=trail
    )


def _look(request: HttpRequest) -> desk.Look:
    """What is looked for beside: the form carries it, so that looking loses nothing typed."""
    typed = request.POST or request.GET
    here = _place(typed.get("beside_page")) if "look" not in typed else 1
    return desk.Look(
        words=typed.get("words", "")[:200],
        group=typed.get("group", "")[:50],
        page=min(max(1, _place(typed.get("turn")) or here), 10_000),
    )


def _place(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0


def _title(paragraph: Paragraph) -> Any:
    if paragraph.question is None:
        return {"text": _("Introduction"), "language": ""}
    return consultations.question_text(paragraph.question, paragraph.language)


def _question_address(paragraph: Paragraph) -> str:
    return _to_question(paragraph)["Location"]


def _to_question(paragraph: Paragraph) -> HttpResponse:
    position = paragraph.question.position if paragraph.question else 0
    slug = paragraph.consultation.slug
    return redirect("desk:report_question", slug, paragraph.language, position)


def _gone(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Somebody removed the paragraph meanwhile: what was typed is shown, to be used elsewhere."""
    context = {"rows": sentences.read(request.POST), "home": shown.home(consultation)}
    shown_page = page.show(
        request, "reporting/gone.html", context, consultation=consultation, trail=[]
    )
    shown_page.status_code = 410 if request.method == "POST" else 404
    return shown_page
