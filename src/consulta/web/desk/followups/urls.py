"""Addresses of follow-ups, offices and advice at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.followups import reports, standing, views

urlpatterns: list[URLPattern] = [
    path("follow-ups/", views.listed, name="follow_ups"),
    path("follow-ups.csv", views.as_csv, name="follow_ups_csv"),
    path("follow-ups/<row:pk>/", views.one, name="follow_up"),
    path("follow-ups/report/", reports.checklist, name="report_points"),
    path("decisions/<row:pk>/follow-ups/new/", views.new, name="follow_up_new"),
    path("follow-ups/standing/", standing.enter, name="standing_duty_new"),
    path("offices/", reports.offices, name="offices"),
    path("advice/", reports.advice, name="advice"),
    path("advice/<row:pk>/carry/", reports.carry, name="advice_carry"),
]
