"""Addresses of positions at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.positions import views

urlpatterns: list[URLPattern] = [
    path("positions/", views.listed, name="positions"),
    path("positions/ask/", views.ask, name="position_ask"),
    path("positions/<row:pk>/", views.one, name="position_request"),
]
