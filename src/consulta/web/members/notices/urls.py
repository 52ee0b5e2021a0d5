"""Addresses of notices and outputs, under /{lang}/members/."""

from django.urls import URLPattern, path

from consulta.web.members.notices import views

urlpatterns: list[URLPattern] = [
    path("notices/", views.choices, name="notices"),
    path("outputs/", views.outputs, name="outputs"),
]
