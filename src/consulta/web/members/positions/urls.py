"""Addresses of positions, under /{lang}/members/."""

from django.urls import URLPattern, path

from consulta.web.members.positions import views

urlpatterns: list[URLPattern] = [
    path("positions/", views.listed, name="positions"),
    path("positions/<row:pk>/", views.one, name="position"),
    path(
        "delegations/<row:membership>/positions/<slug:issue>/", views.write, name="position_write"
    ),
]
