"""Addresses of decisions and follow-ups for members, under /{lang}/members/."""

from django.urls import URLPattern, path

from consulta.web.members.decisions import views

urlpatterns: list[URLPattern] = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<row:pk>/", views.decision, name="decision"),
    path("follow-ups/", views.follow_ups, name="follow_ups"),
    path("follow-ups.csv", views.follow_ups_csv, name="follow_ups_csv"),
    path("follow-ups/<row:pk>/", views.follow_up, name="follow_up"),
]
