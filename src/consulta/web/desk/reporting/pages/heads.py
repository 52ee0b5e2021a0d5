"""The first page of documents: what their heads say, the cover page and the logo of the group."""

import base64
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from consulta.adapters.files.scan import ScannerUnreachableError
from consulta.consultations.models import Consultation
from consulta.core.cover import PLACES, CoverError
from consulta.core.languages import django_code
from consulta.groups.permissions import Act
from consulta.reports import covers, heads
from consulta.reports.covers import Brought, CoverRefusedError
from consulta.reports.errors import EditedMeanwhileError
from consulta.reports.models import Edition
from consulta.responses.attachments import safe_name
from consulta.web.desk import page, wording
from consulta.web.desk.access import in_consultation, person, sent
from consulta.web.desk.reporting import shown
from consulta.web.desk.reporting.doors import language_of
from consulta.web.ui.parts import Link
from consulta.web.ui.resending import say_again
from consulta.web.ui.templatetags.ui import language_name

METHODS = ["GET", "HEAD", "POST"]
KINDS = (Edition.Kind.CONSOLIDATED, Edition.Kind.COMPILATION, Edition.Kind.RECEIVED)


class Head(forms.Form):
    """The lines of a head; what is left empty is said by the consultation and its procedure."""

    agenda_item = forms.CharField(label=gettext_lazy("Agenda item"), required=False, max_length=200)
    summary = forms.CharField(
        label=gettext_lazy("Summary"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    action = forms.CharField(
        label=gettext_lazy("Action required"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    references = forms.CharField(
        label=gettext_lazy("References"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    written_at = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, usual: heads.Head, **kwargs: Any) -> None:
        """*usual*: what stands where a line is left empty."""
        super().__init__(*args, **kwargs)
        for name in ("summary", "action", "references"):
            if said := getattr(usual, name):
                told = _("Left empty, it says: %(words)s") % {"words": said.replace("\n", "; ")}
                self.fields[name].help_text = told

    def beside(self, now: heads.Head) -> None:
        """Show what another wrote meanwhile beside what was typed; the next press writes over it."""
        said = _(
            "Somebody else wrote this page meanwhile. What stands now is shown at each line that"
            " differs: bring both together and save again."
        )
        self.add_error(None, said)
        for name in ("agenda_item", "summary", "action", "references"):
            if (there := getattr(now, name)) != self.data.get(name, "").strip():
                self.add_error(name, _("It says now: %(words)s") % {"words": there or "—"})
        say_again(self, written_at=str(now.written_at or ""))

    def clean_written_at(self) -> datetime | None:
        """When that was written from which these lines were typed."""
        try:
            return datetime.fromisoformat(self.cleaned_data["written_at"])
        except ValueError:
            return None


class Page(forms.Form):
    """A cover page."""

    page = forms.FileField(
        label=gettext_lazy("Cover page"), widget=forms.FileInput(attrs={"accept": ".docx"})
    )


class Logo(forms.Form):
    """A logo, and what it says in each language of the consultation."""

    logo = forms.FileField(
        label=gettext_lazy("Logo, PNG or SVG"),
        widget=forms.FileInput(attrs={"accept": ".png,.svg"}),
    )

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in languages:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("What it says, in %(language)s") % {"language": language_name(code)},
                help_text=_("For those who do not see it, such as the name of the institution."),
                max_length=200,
            )

    def names(self) -> dict[str, str]:
        """By language, what the logo says."""
        said = self.cleaned_data.items()
        return {name.removeprefix("name_"): text for name, text in said if name != "logo"}


@require_http_methods(METHODS)
@in_consultation(Act.EDIT_REPORT)
def head(
    request: HttpRequest, consultation: Consultation, language: str, kind: str
) -> HttpResponse:
    """Write the head of one kind of document in one language."""
    language_of(consultation, language)
    kind = next((known for known in KINDS if known == kind), Edition.Kind.CONSOLIDATED)
    said = heads.written(consultation, kind, language)
    with translation.override(django_code(language)):
        usual = heads.usual(consultation, kind, language)
    initial = {name: getattr(said, name) for name in Head.base_fields}
    form = Head(sent(request), usual=usual, initial=initial)
    if _written(request, consultation, form, (kind, language)):
        messages.success(request, _("Editions frozen from now on say this on their first page."))
        return redirect("desk:report_head", consultation.slug, language, kind)
    context = {
        "form": form,
        "language": language,
        "kind": kind,
        "kinds": _tabs(consultation, language, kind),
        "refused": bool(form.errors),
    }
    trail = [shown.home(consultation), Link(label=_("First page"))]
    return page.show(
        request, "reporting/head.html", context, consultation=consultation, trail=trail
    )


def _written(
    request: HttpRequest, consultation: Consultation, form: Head, which: tuple[str, str]
) -> bool:
    """Write what was sent as *which* kind in which language; whether it was. The form says why not."""
    if request.method != "POST" or not form.is_valid():
        return False
    (kind, language), typed = which, heads.Head(**form.cleaned_data)
    try:
        heads.write(consultation, kind, typed, language=language, by=person(request))
    except EditedMeanwhileError:
        form.beside(heads.written(consultation, kind, language))
        return False
    return True


@require_http_methods(METHODS)
@in_consultation(Act.EDIT_REPORT)
def cover(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """The cover page and the logo of the group's documents: what is there, and what takes its place."""
    group, act = consultation.group, request.POST.get("act", "")
    if act == "away":
        covers.take_away(group, by=person(request))
        messages.success(request, _("Documents frozen from now on have neither."))
        return redirect("desk:report_cover", consultation.slug)
    form_page = Page(*_data(request, act == "page"))
    form_logo = Logo(*_data(request, act == "logo"), languages=consultation.languages)
    if _take(request, consultation, act, form_page, form_logo):
        messages.success(request, _("It stands on documents frozen from now on."))
        return redirect("desk:report_cover", consultation.slug)
    found = covers.of(group)
    context = {
        "cover": found,
        "logo": base64.b64encode(bytes(found.logo)).decode() if found and found.logo else "",
        "page_form": form_page,
        "logo_form": form_logo,
        "places": PLACES,
        "refused": bool(form_page.errors or form_logo.errors),
    }
    trail = [shown.home(consultation), Link(label=_("Cover page and logo"))]
    return page.show(
        request, "reporting/cover.html", context, consultation=consultation, trail=trail
    )


def _data(request: HttpRequest, is_sent: bool) -> Any:
    return (request.POST, request.FILES) if is_sent else ()


def _brought(file: Any) -> Brought:
    return Brought(safe_name(file.name or ""), b"".join(file.chunks()))


def _take(
    request: HttpRequest, consultation: Consultation, act: str, page: Page, logo: Logo
) -> bool:
    """Take what was sent; whether it was taken. The forms say why it was not."""
    group, by = consultation.group, person(request)
    if act == "page" and page.is_valid():
        brought = _brought(page.cleaned_data["page"])
        return _taken(page, lambda: covers.set_page(group, brought, by=by))
    if act == "logo" and logo.is_valid():
        brought, names = _brought(logo.cleaned_data["logo"]), logo.names()
        return _taken(logo, lambda: covers.set_logo(group, brought, names=names, by=by))
    return False


def _taken(form: forms.Form, act: Any) -> bool:
    """Do *act*; the form says why the file was refused and how to mend it."""
    try:
        act()
    except CoverRefusedError as error:
        form.add_error(None, wording.finding(error.finding))
    except CoverError as error:
        form.add_error(None, _why(error))
    except ScannerUnreachableError:
        form.add_error(None, _("The virus scanner does not answer. Try again in a few minutes."))
    return not form.errors


def _why(error: CoverError) -> str:
    if error.code == "unknown_place":
        return _(
            "The page names a place that there is not: %(place)s. Use those of the list below, for"
            " example {{number}}."
        ) % {"place": error.part}
    if error.code == "braces_alone":
        return _("Two braces stand without their pair in “%(part)s”. Write {{number}}.") % {
            "part": error.part
        }
    return _("The page names no document. Write {{number}}, {{title}} or {{topic}} on it.")


def _tabs(consultation: Consultation, language: str, here: str) -> list[Link]:
    return [
        Link(
            label=str(kind.label).capitalize(),
            href=reverse("desk:report_head", args=[consultation.slug, language, kind.value]),
            current=kind == here,
        )
        for kind in KINDS
    ]
