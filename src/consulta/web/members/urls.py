"""Addresses of the members pages, under /{lang}/members/."""

from django.urls import URLPattern, URLResolver, include, path

from consulta.web.members import downloading, home, meetings, views

app_name = "members"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("search/", home.search, name="search"),
    path("", include("consulta.web.members.people.urls")),
    path("", include("consulta.web.members.registration.urls")),
    path("", include("consulta.web.members.decisions.urls")),
    path("", include("consulta.web.members.positions.urls")),
    path("", include("consulta.web.members.topics.urls")),
    path("", include("consulta.web.members.notices.urls")),
    path("", include("consulta.web.members.contributions.urls")),
    path("", include("consulta.web.members.table.urls")),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("meetings/<slug:slug>/download/", downloading.download, name="download"),
    path("meetings/<slug:slug>/documents.zip", downloading.package, name="package"),
    path("documents/<row:pk>/<str:name>", views.document_file, name="document_file"),
]
