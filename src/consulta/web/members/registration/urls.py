"""Addresses of delegates' registration, under /{lang}/members/."""

from django.urls import URLPattern, path

from consulta.web.members.registration import views

urlpatterns: list[URLPattern] = [
    path("meetings/<slug:slug>/registration/", views.listed, name="registration"),
    path(
        "meetings/<slug:slug>/registration/<row:membership>/<row:pk>/",
        views.delegate,
        name="registration_delegate",
    ),
]
