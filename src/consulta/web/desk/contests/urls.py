"""Addresses of contests at the desk, under /{lang}/desk/consultations/{slug}/contests/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.desk.contests import views

_contests: list[URLPattern] = [
    path("", views.contests, name="contests"),
    path("<row:pk>/", views.contest, name="contest"),
    path("<row:pk>/decide/<slug:act>/", views.decide, name="contest_decide"),
    path("<row:pk>/answer/", views.answer, name="contest_answer"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/<slug:slug>/contests/", include(_contests)),
]
