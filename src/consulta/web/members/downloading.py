"""The documents of a meeting in one file: chosen by language, sort and audience, with an index."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from consulta.meetings import packing, queries, reading, wording
from consulta.meetings.models import Document, Meeting
from consulta.meetings.packing import Choice, File, Packed
from consulta.web.members.documents import headings
from consulta.web.members.doors import at_meeting
from consulta.web.members.meetings import crumbs, meeting_link, show
from consulta.web.members.package import INDEX, STYLE, Entry, entries, packed
from consulta.web.ui.languages import current, direction
from consulta.web.ui.parts import Link
from consulta.web.ui.templatetags.ui import language_name

_STYLE = Path(__file__).parent / "static" / "members" / STYLE
#: In the form, where nobody said the sort of a document.
OTHER = "other"
_AUDIENCES = [choice for choice in Document.Audience.choices if choice[0] != Document.Audience.DESK]


class Choosing(forms.Form):
    """What goes into the file; nothing ticked means everything."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        help_text=gettext_lazy("A document that is not there in it comes in its first language."),
    )
    sorts = forms.MultipleChoiceField(
        label=gettext_lazy("Sorts of documents"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: every sort."),
    )
    audiences = forms.MultipleChoiceField(
        label=gettext_lazy("Who can see it"),
        required=False,
        choices=_AUDIENCES,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: all that you may see."),
    )

    def __init__(self, *args: Any, documents: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = {one.sort or OTHER for one in documents}
        named = [(key or OTHER, name) for key, name in headings().items()]
        spoken = [(code, language_name(code)) for code in packing.spoken(documents)]
        self.fields["sorts"].choices = [  # type: ignore[attr-defined]
            (key, name) for key, name in named if key in held
        ]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("Every language")), *spoken
        ]  # fmt: skip

    def choice(self) -> Choice:
        """What was chosen; what is no choice of the form's is left out."""
        self.is_valid()
        said = self.cleaned_data
        sorts = frozenset("" if sort == OTHER else sort for sort in said.get("sorts", ()))
        return Choice(said.get("language", ""), sorts, frozenset(said.get("audiences", ())))


@require_safe
@at_meeting
def download(request: HttpRequest, found: Meeting) -> HttpResponse:
    """What can be chosen, and how much it is."""
    form, chosen = _chosen(request, found)
    count, size = packing.size(chosen)
    context = {
        "meeting": found,
        "form": form,
        "documents": len(chosen),
        "files": count,
        "size": size,
        "asked": request.GET.urlencode(),
        "crumbs": crumbs(meeting_link(found), Link(label=_("Download"))),
    }
    return show(request, "members/download.html", context)


@require_safe
@at_meeting
def package(request: HttpRequest, found: Meeting) -> HttpResponseBase:
    """The chosen documents as one archive with an index, written while it is sent."""
    _form, chosen = _chosen(request, found)
    if not chosen:
        messages.error(
            request, _("No document of the meeting is of that choice. Choose otherwise.")
        )
        return redirect("members:download", found.slug)
    named = entries(chosen)
    held = [Entry(name, one.document.posted_at or timezone.now(), path=str(file["path"]))
            for one, files in named for file, name in files]  # fmt: skip
    index = Entry(INDEX, timezone.now(), data=_index(found, named).encode())
    style = Entry(STYLE, timezone.now(), data=_STYLE.read_bytes())
    given = [Packed(one.document, tuple(file for file, _name in files)) for one, files in named]
    reading.note_packed(given, request.user)
    response = StreamingHttpResponse(packed([index, style, *held]), content_type="application/zip")
    name = f"{found.slug}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _chosen(request: HttpRequest, found: Meeting) -> tuple[Choosing, list[Packed]]:
    documents = queries.for_members(found)
    form = Choosing(request.GET, documents=documents)
    return form, packing.chosen(documents, form.choice())


def _index(found: Meeting, named: Sequence[tuple[Packed, list[tuple[File, str]]]]) -> str:
    """The page inside the archive: every document with its number, title and files."""
    language = current()
    lines: dict[str, list[dict[str, object]]] = {key: [] for key in headings()}
    for one, files in named:
        document = one.document
        lines[document.sort].append({
            "document": document,
            "title": queries.title(document, language),
            "files": [(file, quote(name)) for file, name in files],
            "lacks": len(one.files) - len(files),
        })  # fmt: skip
    context = {
        "meeting": found,
        "language": language,
        "direction": direction(language),
        "name": wording.name(found, language),
        "made_at": timezone.now(),
        "groups": [(headings()[key], rows) for key, rows in lines.items() if rows],
    }
    return render_to_string("members/package/index.html", context)
