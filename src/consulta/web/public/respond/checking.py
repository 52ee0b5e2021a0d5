"""Check and send: what will be sent, what of it is public, under which terms; then one button."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from consulta.flow import sending
from consulta.flow.sending import Posting
from consulta.responses import confidentiality
from consulta.responses import sharing_together as together
from consulta.responses.errors import (
    CancelledError,
    ClosedError,
    DraftUnknownError,
    NotYetOpenError,
)
from consulta.responses.models import Draft, DraftFile
from consulta.web.public.moment import began
from consulta.web.public.respond import (
    drafting,
    gate,
    limits,
    pages,
    people,
    sharing_shown,
    wording,
)
from consulta.web.public.respond.asked import AskedQuestion
from consulta.web.public.respond.forms import ResponseForm
from consulta.web.public.respond.limits import limited
from consulta.web.public.respond.private import private, see_other


@drafting.READ_OR_POST
@private
@limited
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Show the whole response once more; send it at the press of the button."""
    try:
        draft = drafting.find(request, token)
    except DraftUnknownError:
        return pages.unknown_link(request)
    if draft.sent_at is not None:
        return drafting.sent(request, draft, token)
    form = drafting.checked(draft)
    if not form.is_valid():
        return drafting.show(request, draft, token, form=form, status=422)
    terms = wording.terms()
    agreed = request.method == "POST" and request.POST.get("terms") == terms.version
    if agreed and sharing_shown.may_send(draft, token):
        return _send(request, draft, token, form=form)
    return _show(request, draft, token, form=form)


def _send(request: HttpRequest, draft: Draft, token: str, *, form: ResponseForm) -> HttpResponse:
    sender = people.sender(request, draft.content)
    quiet = bool(sender.address) and not limits.may_mail(request, "send", email=sender.address)
    posting = Posting(began(request), sender, wording.terms().version, by_mail=not quiet)
    try:
        given = sending.send(draft, posting)
    except (ClosedError, CancelledError, NotYetOpenError):
        return _show(request, draft, token, form=form, status=409)
    address = reverse("public:mine", args=[given.mine])
    return see_other(f"{address}?sent={'quiet' if quiet else '1'}")


def _show(
    request: HttpRequest, draft: Draft, token: str, *, form: ResponseForm, status: int = 200
) -> HttpResponse:
    now = began(request)
    context = pages.about(draft.consultation, _("Check and send")) | _values(draft, form)
    context |= {
        "draft": draft,
        "draft_href": reverse("public:draft", args=[token]),
        "form": form,
        "files": _files(draft),
        "gate": gate.at(draft.consultation, now, draft=draft),
        "terms": wording.terms(),
        "terms_changed": status == 200 and _is_changed(request),
        "report_due": wording.report_due(draft.consultation, now),
        "sender": people.sender(request, draft.content),
        "shared": sharing_shown.panel(draft, token),
        "in_two": sharing_shown.in_two() if together.in_two(draft.content) else "",
    }
    return render(request, "public/respond/check.html", context, status=status)


def _is_changed(request: HttpRequest) -> bool:
    """Whether other terms were accepted than those that hold now."""
    return request.method == "POST" and request.POST.get("terms") != wording.terms().version


def _values(draft: Draft, form: ResponseForm) -> dict[str, Any]:
    """What was typed, as it is shown for a last look."""
    answers = draft.content.get("answers", {})
    chosen = draft.content.get("choices", {})
    twin = partial(confidentiality.public_twin, draft.consultation)
    found = [
        (
            q,
            said := answers.get(str(q.number), ""),
            _words(q, chosen.get(str(q.number), ())),
            twin(said),
        )
        for q in form.asked.questions
    ]
    names = dict(form.asked.groups)
    return {
        "answers": found,
        "whole": answers.get("0", ""),
        "whole_twin": twin(answers.get("0", "")),
        "written_in": draft.language,
        "given": form.cleaned_data,
        "group": names.get(form.cleaned_data.get("stakeholder_group", ""), ""),
    }


def _files(draft: Draft) -> list[tuple[DraftFile, bool]]:
    """The files of *draft*, each with whether readers will not get it."""
    kept = partial(confidentiality.is_kept, draft.consultation)
    return [(file, kept(file.name)) for file in draft.files.all()]


def _words(question: AskedQuestion, slugs: Sequence[str]) -> list[str]:
    """The words of the options that were chosen, in their order."""
    return [words for slug, words in question.options if slug in slugs]
