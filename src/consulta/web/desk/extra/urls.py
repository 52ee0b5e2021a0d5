"""Addresses of extra open meetings at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.extra import views

urlpatterns: list[URLPattern] = [
    path("extra-meetings/", views.listed, name="extra_meetings"),
    path("extra-meetings/new/", views.new, name="extra_meeting_new"),
]
