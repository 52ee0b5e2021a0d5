"""Addresses of the documents of a meeting at the desk, under /{lang}/desk/."""

from django.urls import URLPattern, path

from consulta.web.desk.documents import reads, views

urlpatterns: list[URLPattern] = [
    path("meetings/<slug:slug>/documents/", views.listed, name="meeting_documents"),
    path("meetings/<slug:slug>/documents/<row:pk>/", views.document, name="meeting_document"),
    path(
        "meetings/<slug:slug>/documents/<row:pk>/reads/", reads.reads, name="meeting_document_reads"
    ),
    path(
        "meetings/<slug:slug>/documents/<row:pk>/<str:name>",
        views.file,
        name="meeting_document_file",
    ),
    path("groups/<slug:slug>/numbers/", views.series, name="number_series"),
]
