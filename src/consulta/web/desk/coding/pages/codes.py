"""A code: written, reworded, moved, retired, merged; what it was before stays to be read."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from consulta.analysis.coding import frames, merging, queries
from consulta.analysis.models import Code
from consulta.consultations.models import Consultation
from consulta.groups.permissions import Act
from consulta.web.desk import page
from consulta.web.desk.access import found, in_consultation, person, sent
from consulta.web.desk.coding import refused, shown
from consulta.web.desk.coding.forms import CodeForm, MergeForm
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@in_consultation(Act.EDIT_REPORT)
def new(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Write a new code."""
    frame = queries.frame(consultation)
    form = CodeForm(sent(request), frame=frame)
    why = ""
    if form.is_bound and form.is_valid():
        if refused.attempt(
            request,
            lambda: frames.add(consultation, form.wording(), by=person(request)),
            done=_("The code is in the frame."),
        ):
            again = "desk:code_new" if "another" in request.POST else "desk:coding"
            return redirect(again, consultation.slug)
    elif form.is_bound:
        why = _("The code is not written yet: see below.")
    context = {"form": form, "coding_frame": frame, "refused": why}
    trail = [shown.home(consultation), Link(label=_("New code"))]
    return page.show(request, "coding/code.html", context, consultation=consultation, trail=trail)


@require_http_methods(METHODS)
@in_consultation(Act.EDIT_REPORT)
def code(request: HttpRequest, consultation: Consultation, ordinal: int) -> HttpResponse:
    """One code with its form, what else can be done with it, and what became of it."""
    one: Code = found(lambda: queries.code(consultation, ordinal))
    frame = queries.frame(consultation)
    form = CodeForm(sent(request), frame=frame, code=one)
    why = ""
    if form.is_bound and form.is_valid():
        if refused.attempt(
            request,
            lambda: frames.reword(one, form.wording(), by=person(request)),
            done=_("The code is saved. What it said before is kept below."),
        ):
            return redirect("desk:code", consultation.slug, ordinal)
        one = queries.code(consultation, ordinal)
    elif form.is_bound:
        why = _("The code is not saved yet: see below.")
    context = {
        "form": form,
        "code": one,
        "coding_frame": frame,
        "changes": queries.changes(one),
        "merge_form": MergeForm(None, frame=frame, code=one),
        "refused": why,
    }
    trail = [shown.home(consultation), Link(label=one.name)]
    return page.show(request, "coding/code.html", context, consultation=consultation, trail=trail)


@require_POST
@in_consultation(Act.EDIT_REPORT)
def act(request: HttpRequest, consultation: Consultation, ordinal: int, act: str) -> HttpResponse:
    """Do one act on a code; it is shown again, or the frame where it is no more or was only moved."""
    one: Code = found(lambda: queries.code(consultation, ordinal))
    acts = _acts(request, one)
    if act not in acts:
        raise Http404
    do, done = acts[act]
    ok = refused.attempt(request, do, done=done)
    if act in ("up", "down") or (ok and act == "delete"):
        back = redirect("desk:coding", consultation.slug)
        back["Location"] += "" if act == "delete" else f"#code-{ordinal}"
        return back
    return redirect("desk:code", consultation.slug, ordinal)


def _acts(request: HttpRequest, one: Code) -> dict[str, tuple[Callable[[], object], str]]:
    """What can be done with a code, by its name in the address, each with what is said afterwards."""
    by = person(request)
    return {
        "up": (lambda: frames.move(one, -1, by=by), ""),
        "down": (lambda: frames.move(one, 1, by=by), ""),
        "retire": (
            lambda: frames.retire(one, by=by),
            _("The code is retired: it is given no more, and counts as before."),
        ),
        "restore": (lambda: frames.restore(one, by=by), _("The code is in use again.")),
        "delete": (lambda: frames.delete(one, by=by), _("The code is struck out.")),
        "merge": (
            lambda: _merge(request, one),
            _("Merged. Everything stands under the other code, and can be separated again."),
        ),
        "separate": (
            lambda: merging.separate(one, by=by),
            _("Separated: what was given under this code stands under it again."),
        ),
    }


def _merge(request: HttpRequest, one: Code) -> Code:
    """Merge *one* into the code chosen. Raises CodingError."""
    typed = request.POST.get("into", "")
    into = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0
    made: Code = merging.merge(one, into, by=person(request))
    return made
