"""Addresses of the inbox, under /{lang}/desk/inbox/."""

from django.urls import URLPattern, path

from consulta.web.desk.inbox import views

urlpatterns: list[URLPattern] = [
    path("", views.inbox, name="inbox"),
    path("act/", views.act, name="inbox_act"),
]
