"""A paragraph: its sentences with what each rests on, written beside the answers to the question."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consulta.consultations import queries as consultations
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.reports import desk, keeping, locking, places, writing
from consulta.reports.errors import (
    EditedMeanwhileError,
    LockedError,
    UnknownNumbersError,
    WordsNotFoundError,
)
from consulta.reports.models import Paragraph
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, person
from consulta.web.desk.reporting import (
    held,
    lines,
    merging,
    pressed,
    refused,
    sentences,
    shown,
)
from consulta.web.desk.reporting.doors import language_of
from consulta.web.desk.reporting.merging import Base
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
        return _open(request, paragraph)
    rows = sentences.read(request.POST)
    if "save" in request.POST or "done" in request.POST:
        return _save(request, paragraph, rows)
    try:
        changed = pressed.rows(request, paragraph, rows)
    except WordsNotFoundError as error:
        return _form(request, paragraph, rows, refused=refused.sentence(error))
    _keep(request, paragraph, changed)
    said = {"base": pressed.base(request, paragraph), "revision": pressed.revision(request)}
    return _form(request, paragraph, changed, **said)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def keep(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """A sign of life from the form: keep what is typed, renew the lock, say how things stand."""
    try:
        paragraph = desk.paragraph(consultation, pk)
    except Paragraph.DoesNotExist:
        return render(request, "desk/reporting/kept.html", {"removed": True})
    _keep(request, paragraph, sentences.read(request.POST))
    lost = ""
    try:
        locking.take(places.of(paragraph), by=person(request))
    except LockedError as error:
        lost = refused.sentence(error)
    context = {
        "paragraph": paragraph,
        "consultation": consultation,
        "lost": lost,
        "changed": paragraph.revision != pressed.revision(request),
        "held": held.of(request, places.of(paragraph), timezone.now()),
    }
    return render(request, "desk/reporting/kept.html", context)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def discard(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Throw away what was typed and not saved."""
    paragraph = found(lambda: desk.paragraph(consultation, pk))
    keeping.discard(paragraph, by=person(request))
    messages.success(request, _("What you had typed and not saved is gone."))
    return redirect("desk:paragraph", consultation.slug, pk)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def add(
    request: HttpRequest, consultation: Consultation, language: str, position: int
) -> HttpResponse:
    """Begin a paragraph under a question and go to its form; a cited number comes along."""
    language = language_of(consultation, language)
    asked = found(lambda: shown.asked(consultation, position))
    made: list[Paragraph] = []
    if not refused.attempt(
        request,
        lambda: made.append(
            writing.add_paragraph(consultation, asked, language=language, by=person(request))
        ),
    ):
        return redirect("desk:report_question", consultation.slug, language, position)
    paragraph = desk.paragraph(consultation, made[0].pk)
    try:
        _keep(request, paragraph, pressed.first(request, paragraph))
    except WordsNotFoundError as error:  # the answers stand beside the form, to choose words there
        messages.error(request, refused.sentence(error))
    return redirect("desk:paragraph", consultation.slug, paragraph.pk)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def move(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Move a paragraph one place up or down under its question."""
    paragraph = found(lambda: desk.paragraph(consultation, pk))
    places_ = -1 if request.POST.get("to") == "up" else 1
    refused.attempt(request, lambda: writing.move(paragraph, places=places_, by=person(request)))
    return _to_question(paragraph)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def remove(request: HttpRequest, consultation: Consultation, pk: int) -> HttpResponse:
    """Take a paragraph out of the draft."""
    paragraph = found(lambda: desk.paragraph(consultation, pk))
    back = _to_question(paragraph)
    refused.attempt(
        request,
        lambda: writing.remove(paragraph, by=person(request)),
        done=_("The paragraph is out of the draft. Frozen editions keep it."),
    )
    return back


def _open(request: HttpRequest, paragraph: Paragraph) -> HttpResponse:
    """The form with what stands, or with what was typed and not saved; while another edits, no form."""
    kept = keeping.kept(paragraph, by=person(request))
    holder = held.of(request, places.of(paragraph), timezone.now())
    rows = sentences.again(kept.rows) if kept else sentences.of(paragraph.sentences.all())
    if holder is not None and not holder.is_mine:
        return _held(request, paragraph, rows if kept else [], holder)
    if kept is None:
        return _form(request, paragraph, rows)
    known = tuple((pk, mark) for pk, mark in kept.base)
    return _merged(request, paragraph, rows, known, kept=kept)


def _save(request: HttpRequest, paragraph: Paragraph, rows: list[Row]) -> HttpResponse:
    """Save, or show again all that was typed with what stands in the way."""
    seen = pressed.revision(request)
    base = pressed.base(request, paragraph)
    if long := sentences.too_long(rows):
        _keep(request, paragraph, rows)
        return _form(
            request, paragraph, rows, refused=refused.too_long(long), base=base, revision=seen
        )
    try:
        writing.save(paragraph, sentences.typed(rows), revision=seen, by=person(request))
    except UnknownNumbersError as error:
        marked = sentences.marked(rows, error.numbers)
        _keep(request, paragraph, rows)
        return _form(
            request, paragraph, marked, refused=refused.sentence(error), base=base, revision=seen
        )
    except (EditedMeanwhileError, LockedError) as error:
        _keep(request, paragraph, rows)
        return _merged(request, paragraph, rows, base, refused=refused.in_the_form(error))
    except WordsNotFoundError as error:
        return _form(
            request, paragraph, rows, refused=refused.sentence(error), base=base, revision=seen
        )
    messages.success(request, _("The paragraph is saved."))
    if "done" in request.POST:
        return _to_question(paragraph)
    return redirect("desk:paragraph", paragraph.consultation.slug, paragraph.pk)


def _merged(
    request: HttpRequest, paragraph: Paragraph, rows: Sequence[Row], known: Base, **said: Any
) -> HttpResponse:
    """The form with what was typed and what stands now, brought together sentence by sentence."""
    both = merging.merge(rows, known, sentences.of(paragraph.sentences.all()))
    return _form(request, paragraph, both.rows, base=both.base, **said)


def _keep(request: HttpRequest, paragraph: Paragraph, rows: list[Row]) -> None:
    """Keep what differs from what this person saw; what does not is not worth keeping."""
    known = pressed.base(request, paragraph)
    standing = sentences.of(paragraph.sentences.all())
    if merging.is_untouched(rows, known) or merging.is_saved(rows, standing):
        keeping.discard(paragraph, by=person(request))
        return
    seen = pressed.revision(request) or paragraph.revision
    kept = sentences.keepable(rows)
    keeping.keep(paragraph, kept, revision=seen, base=known, by=person(request))


def _form(
    request: HttpRequest, paragraph: Paragraph, rows: Sequence[Row], **said: Any
) -> HttpResponse:
    consultation, known = paragraph.consultation, said.pop("base", None)
    if known is None:
        known = merging.base(sentences.of(paragraph.sentences.all()))
    context = {
        "paragraph": paragraph,
        "language": paragraph.language,
        "title": _title(paragraph),
        "lines": lines.of(paragraph, sentences.with_empty(rows), known),
        "base": merging.told(known),
        "rows": sentences.with_empty(rows),
        "filled": len(rows),
        "hand": pressed.hand(request, rows),
        "focus": request.method == "POST",
        "revision": paragraph.revision,
        **_beside(request, paragraph),
        "cited": {number for row in rows for number in row.listed},
        "held": held.of(request, places.of(paragraph), timezone.now()),
        "question_address": _to_question(paragraph)["Location"],
    } | said
    trail = [shown.home(consultation), Link(label=_("Paragraph"))]
    return page.show(
        request, "reporting/paragraph.html", context, consultation=consultation, trail=trail
    )


def _beside(request: HttpRequest, paragraph: Paragraph) -> dict[str, Any]:
    """The answers beside the form, as they are looked for, with the words typed of passages."""
    position = paragraph.question.position if paragraph.question else None
    look, names, typed = pressed.look(request), shown.groups(), pressed.words(request)
    there = desk.answers(paragraph.consultation, position, look)
    return {
        "beside": [shown.beside(a, names, typed.get(a.pk, "")) for a in there.answers],
        "found": there,
        "look": look,
        "groups": list(names.items())[:-1],
    }


def _held(
    request: HttpRequest, paragraph: Paragraph, rows: list[Row], holder: held.Held
) -> HttpResponse:
    """Somebody else edits the question: what stands, what this person typed, who it is."""
    context = {
        "paragraph": paragraph,
        "language": paragraph.language,
        "position": paragraph.question.position if paragraph.question else 0,
        "title": _title(paragraph),
        "rows": rows,
        "held": holder,
        "question_address": _to_question(paragraph)["Location"],
    }
    consultation = paragraph.consultation
    trail = [shown.home(consultation), Link(label=_("Paragraph"))]
    return page.show(
        request, "reporting/held.html", context, consultation=consultation, trail=trail
    )


def _title(paragraph: Paragraph) -> Any:
    if paragraph.question is None:
        return {"text": _("Introduction"), "language": ""}
    return consultations.question_text(paragraph.question, paragraph.language)


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
