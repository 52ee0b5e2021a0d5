"""The page /{lang}/ui/: every component with sample values, in both directions side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from consulta.web.ui import languages, samples

#: Colours shown, by the name of their token.
COLOURS = ("ink", "ink-soft", "line-strong", "line", "accent", "accent-wash", "good", "warn", "bad")
STEPS = ("step-4", "step-3", "step-2", "step-1", "step-0", "step--1", "step--2")
GROUPS = ("words", "record", "lists", "forms", "desk")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the design language: tokens, type and every component."""
    page = languages.current()
    other = "en" if languages.direction(page) == "rtl" else "ar"
    groups = [(name, [side(request, name, code) for code in (page, other)]) for name in GROUPS]
    return render(
        request, "ui/gallery.html", {"groups": groups, "colours": COLOURS, "steps": STEPS}
    )


def side(request: HttpRequest, group: str, code: str) -> tuple[str, str, SafeString]:
    """Return one group of components as a reader of the language *code* sees it."""
    with translation.override(languages.django_code(code)):
        context = samples.context(code) | {"side": code}
        drawn = render_to_string(f"ui/gallery/{group}.html", context, request)
    return code, languages.direction(code), drawn
