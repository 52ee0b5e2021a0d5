"""Addresses of a member's delegation, under /{lang}/members/."""

from django.urls import URLPattern, path

from consulta.web.members.people import views

urlpatterns: list[URLPattern] = [
    path("second-factor/", views.second_factor, name="second_factor"),
    path("delegation/", views.delegations, name="delegations"),
    path("delegation/<row:membership>/", views.delegation, name="delegation"),
    path("delegation/<row:membership>/<row:pk>/", views.delegate, name="delegate"),
]
