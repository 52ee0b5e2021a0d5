"""Addresses of captioning at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.captioning import views

urlpatterns: list[URLPattern] = [
    path("meetings/<slug:slug>/sittings/", views.sittings, name="sittings"),
    path("meetings/<slug:slug>/sittings/<row:ordinal>/", views.sitting, name="sitting"),
]
