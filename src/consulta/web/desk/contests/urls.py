"""Addresses of contests at the desk, under /{lang}/desk/consultations/{slug}/contests/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.desk.contests import leaving, views

_contests: list[URLPattern] = [
    path("", views.contests, name="contests"),
    path("<row:pk>/", views.contest, name="contest"),
    path("<row:pk>/decide/<slug:act>/", views.decide, name="contest_decide"),
    path("<row:pk>/answer/", views.answer, name="contest_answer"),
    path("<row:pk>/marks/", leaving.marks, name="contest_marks"),
    path("<row:pk>/redact/", leaving.redact, name="contest_redact"),
    path("<row:pk>/erase/", leaving.erase, name="contest_erase"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/<slug:slug>/contests/", include(_contests)),
]
