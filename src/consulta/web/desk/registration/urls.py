"""Addresses of registration at the desk, under /{lang}/desk/meetings/{slug}/registration/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.desk.registration import door, papers, views

_OF_MEETING: list[URLPattern] = [
    path("", views.listed, name="registrations"),
    path("terms/", views.terms, name="registration_terms"),
    path("new/", views.enter, name="registration_enter"),
    path("door/", door.door, name="registration_door"),
    path("needs/", papers.needed, name="registration_needs"),
    path("presenting/", papers.presenting, name="registration_presenting"),
    path("figures/", papers.figures, name="registration_figures"),
    path("badges/", papers.badges, name="registration_badges"),
    path("list.<slug:form>", papers.as_file, name="registration_file"),
    path("<row:ordinal>/", views.one, name="registration_one"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("meetings/<slug:slug>/registration/", include(_OF_MEETING)),
]
