"""Contributions at the desk: those that wait to be posted, a document of its own, the rule of a group."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from consulta.core import deadlines
from consulta.core.multilingual import choose
from consulta.flow import contributing as flow
from consulta.groups import queries as groups
from consulta.groups.permissions import Act, require
from consulta.meetings import contribution_queries, documents, posting_rules, uploads, wording
from consulta.meetings.models import Contribution, Document, Meeting, PostingRule
from consulta.responses.attachments import safe_name
from consulta.web.desk import page
from consulta.web.desk.access import anywhere, found, person, sent
from consulta.web.desk.documents import forms as document_forms
from consulta.web.desk.documents import refused
from consulta.web.desk.meetings.doors import at_meeting, tabs, trail
from consulta.web.desk.plan.setting import named
from consulta.web.ui import downloads
from consulta.web.ui.languages import current
from consulta.web.ui.parts import Link

METHODS = ["GET", "HEAD", "POST"]
#: A member's own paper comes from its delegation alone.
SORTS = [choice for choice in Document.Sort.choices if choice[0] != Document.Sort.CONTRIBUTION]


class NewDocument(document_forms.Version):
    """A document of the secretariat, with a sort and a classification that somebody chooses."""

    sort = django_forms.ChoiceField(label=gettext_lazy("Sort of document"), choices=SORTS,
                                    widget=django_forms.RadioSelect)  # fmt: skip
    title = django_forms.CharField(label=gettext_lazy("Title"), max_length=300)
    source = django_forms.CharField(label=gettext_lazy("Source"), max_length=200)
    audience = django_forms.ChoiceField(
        label=gettext_lazy("Who may read it"), widget=django_forms.RadioSelect
    )
    field_order = ("sort", "title", "source", "audience", "language", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(a.value, f"{a.label}: {wording.who_sees(a.value)}") for a in Document.Audience]
        self.fields["audience"].choices = shown  # type: ignore[attr-defined]


class Rule(django_forms.Form):
    """By which deadlines documents are taken, and who posts contributions."""

    deadlines = django_forms.ChoiceField(
        label=gettext_lazy("Deadlines of documents"), required=False
    )
    posts_at_once = django_forms.BooleanField(
        label=gettext_lazy("Contributions are posted as soon as they are submitted"), required=False
    )
    shows_discussed = django_forms.BooleanField(
        label=gettext_lazy("Everyone sees what the group discussed of the responses"),
        required=False,
        help_text=gettext_lazy("What is proposed for each mark; it can be chosen otherwise."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(rule.slug, choose(rule.names, current()).text) for rule in deadlines.every()]
        self.fields["deadlines"].choices = [("", _("None")), *named]  # type: ignore[attr-defined]


@require_http_methods(METHODS)
@at_meeting
def waiting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What delegations submitted and the secretariat posts after a look."""
    pressed = request.POST.get("post", "")
    if request.method == "POST" and pressed.isdecimal():
        one = found(lambda: contribution_queries.submitted(meeting, int(pressed)))
        said = refused.refusal(lambda: flow.post(one, by=person(request)))
        if said:
            messages.error(request, said)
        else:
            messages.success(request, _("Posted as %(number)s.") % {"number": one.document.number})
        return redirect("desk:meeting_contributions", meeting.slug)
    context = _about(request, meeting) | {
        "rows": [
            (one, one.titles.get(one.language, "")) for one in contribution_queries.waiting(meeting)
        ],
        "due": posting_rules.due(meeting),
    }
    steps = trail(Link(label=_("Contributions")))
    return page.show(request, "meetings/contributions.html", context, trail=steps)


@require_safe
@at_meeting
def file(_request: HttpRequest, meeting: Meeting, pk: int, name: str) -> FileResponse:
    """Hand out a file of a contribution that was submitted, before it is posted too; never of a draft."""
    one: Contribution = found(lambda: contribution_queries.submitted(meeting, pk))
    for kept in one.files:
        if kept["name"] == name and one.document and one.document.withdrawn_at is None:
            return downloads.download(kept["path"], name=name, media_type=kept["media_type"])
    raise Http404


@require_http_methods(METHODS)
@at_meeting
def new_document(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Post a document of the secretariat under the next number of its series."""
    data: Any = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewDocument(*data)
    if request.method == "POST" and form.is_valid():
        made: list[Document] = []
        said = refused.refusal(lambda: made.append(_post(meeting, form.cleaned_data, request)))
        if not said:
            messages.success(request, _("Posted as %(number)s.") % {"number": made[0].number})
            return redirect("desk:meeting_documents", meeting.slug)
        form.add_error(None, said)
    context = _about(request, meeting) | {"form": form, "refused": bool(form.errors)}
    steps = trail(Link(label=_("New document")))
    return page.show(request, "meetings/new_document.html", context, trail=steps)


@require_http_methods(METHODS)
@anywhere(Act.MOVE_MEETING)
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """How the documents of a group are taken: deadlines with their source, and who posts."""
    group = found(lambda: groups.by_slug(slug))
    require(person(request), Act.MOVE_MEETING, group)
    standing = posting_rules.of(group)
    names = ("deadlines", "posts_at_once", "shows_discussed")
    initial = {name: getattr(standing, name) for name in names}
    form = Rule(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        posting_rules.lay_down(PostingRule(group=group, **form.cleaned_data), by=person(request))
        messages.success(request, _("Documents are taken by this rule from now on."))
        return redirect("desk:posting_rule", slug)
    context = {
        "form": form,
        "group": group,
        "rules": deadlines.every(),
        "refused": bool(form.errors),
    }
    return page.show(request, "meetings/rule.html", context, trail=trail(Link(label=_("Rule"))))


def _about(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "name": named(meeting), "tabs": tabs(meeting, request.path)}


def _post(meeting: Meeting, data: dict[str, Any], request: HttpRequest) -> Document:
    file: UploadedFile[Any] = data["file"]
    name, language = safe_name(file.name or ""), data["language"]
    kept = uploads.take(file.chunks(), name=name, language=language)
    made = Document(meeting=meeting, titles={language: data["title"]}, files=[kept])
    made.sort, made.source, made.audience = data["sort"], data["source"], data["audience"]
    return documents.post(made, language=language, by=person(request))
