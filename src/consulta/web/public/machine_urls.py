"""Addresses without a language, read by machines: feeds, calendars, harvesting, health."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
