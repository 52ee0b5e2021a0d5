"""Addresses of members, offices and the mandate at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.members import mandate, offices, views

urlpatterns: list[URLPattern] = [
    path("members/", views.groups, name="members"),
    path("groups/<slug:slug>/members/", views.members_of, name="group_members"),
    path("groups/<slug:slug>/members/<row:membership>/", views.member, name="group_member"),
    path(
        "groups/<slug:slug>/members/<row:membership>/<row:pk>/",
        views.delegate,
        name="group_delegate",
    ),
    path(
        "groups/<slug:slug>/members/<row:membership>/<row:pk>/factor/",
        views.take_off_factor,
        name="delegate_factor",
    ),
    path("groups/<slug:slug>/offices/", offices.offices, name="group_offices"),
    path("groups/<slug:slug>/offices/<row:pk>/end/", offices.end, name="group_office_end"),
    path("groups/<slug:slug>/mandate/", mandate.mandate, name="group_mandate"),
]
