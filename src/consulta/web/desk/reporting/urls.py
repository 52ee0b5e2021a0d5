"""Addresses of the report's pages at the desk, under /{lang}/desk/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
