"""Addresses of the desk pages, under /{lang}/."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("consulta.web.desk.reporting.urls")),
]
