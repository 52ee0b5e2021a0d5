"""Addresses of the respond flow, under /{lang}/."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
