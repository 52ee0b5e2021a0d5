"""The page /{lang}/ui/: every component with sample values, in both directions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show(request: HttpRequest) -> HttpResponse:
    """Show the design language: tokens, type and every component."""
    return render(request, "ui/gallery.html", {})
